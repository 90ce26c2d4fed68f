// SPDX-License-Identifier: Apache-2.0

// Package boilerplate splits a page or a plain text into the article's body,
// the asides that are worth keeping with their zone, and what is dropped.
//
// A page is parsed once and read as a list of blocks in a tree of boxes
// (block.go, walk.go). Every block gets the features of features.go, a small
// trained classifier (model.go, its tables in tables.go, its training code in
// the folder train) says how likely it is body, and zones.go says what the rest
// is. Metadata comes from meta.go. Plain text goes the same way by its lines
// (text.go, lines.go). All functions are pure: what a host's earlier pages have
// taught is handed in as a [SiteModel].
package boilerplate
