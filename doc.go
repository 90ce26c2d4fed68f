// SPDX-License-Identifier: Apache-2.0

// Package copytaster holds the nouns of the line: an [Article] comes in, a
// [Document] (an article and what was found in it) is stored, an [Alert] goes
// out. It also holds what every stage must agree on: canonical URLs, the
// analyser, the [Query] and its one meaning, the error classes and the ledger's
// states.
//
// The files: article.go, document.go, money.go and contract.go are the nouns;
// canonical.go gives a URL its one spelling; analyse.go turns text into terms;
// query.go, query_parse.go, query_plan.go and query_match.go are the query and
// its meaning; watch.go holds saved queries and alerts; ledger.go the states in
// which a URL ends; errors.go the classes of failure; wire.go the JSON form.
//
// The package does no I/O and never reads the clock.
package copytaster
