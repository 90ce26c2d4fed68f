// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// noticeKind is what kind of notice a text is.
type noticeKind struct {
	status copytaster.Status // how the contract of such a notice stands
	open   bool              // nobody has the contract yet, or any more
	named  bool              // the text says that it is a notice
}

// kindPhrases are what notices call themselves, and what their status says, by
// how the contract stands; the first group that has a phrase in the line tells.
var kindPhrases = []struct {
	noticeKind
	phrases []string
}{
	{noticeKind{status: copytaster.StatusCancelled, named: true}, split1("cancellation of award|award cancelled|award canceled|award rescinded|award withdrawn|rescission of award|contract cancelled|contract canceled")},
	{noticeKind{status: copytaster.StatusTerminated, named: true}, split1("contract termination|termination of contract|contract terminated|notice of termination|uk11|terminated for")},
	{noticeKind{status: copytaster.StatusExtended, named: true}, split1("modification of a contract|modification of contract|contract modification|modification notice|notice of modification|contract change notice|uk10|contract amendment|amendment view|notice amendment|contract variation|notice of variation|contract extension|extension of contract|notice of extension")},
	{noticeKind{status: copytaster.StatusPlanned, named: true}, split1("intention to award|intent to award|intended award|ex ante transparency|ex-ante transparency|transparency notice|uk5|proposed award|recommendation to award|recommendation of award|recommended award|preferred bidder notice|notice of recommendation|planned award")},
	{noticeKind{open: true, named: true}, split1("tender notice|prior information|market engagement|market consultation|pipeline|planning notice|planned procurement|invitation to tender|invitation to bid|invitation for bids|request for tender|request for proposal|request for quot|request for information|current atm|procurement termination|uk1:|uk2|uk3|uk4|uk12|cancellation|cancelled|canceled|discontinued|not awarded|non-award|no award|abandoned|withdrawn|sources sought|presolicitation|pre-solicitation|combined synopsis|notice of competition|open for bids")},
	{noticeKind{status: copytaster.StatusAwarded, named: true}, split1("award notice|notice of award|contract award|awarded|award of|award details|award summary|award announcement|award decision|award view|award record|letter of award|direct award|award under|contract details|contract notice view|contract summary|results|result|uk6|uk7|register of contracts|contracts register|contract register|tender awarded|contract view|contract finder notice|purchase order")},
	{noticeKind{open: true, named: true}, split1("contract notice|solicitation")},
}

func split1(list string) []string { return strings.Split(list, "|") }

// maxKindLine is the longest line that may be the name of a notice's kind.
const maxKindLine = 110

// standings are how a contract stands in the words of the registers' status.
var standings = map[string]copytaster.Status{
	"live": copytaster.StatusInForce, "current": copytaster.StatusInForce, "in force": copytaster.StatusInForce, "ongoing": copytaster.StatusInForce, "in progress": copytaster.StatusInForce,
	"expired": copytaster.StatusTerminated, "terminated": copytaster.StatusTerminated, "ended": copytaster.StatusTerminated,
}

// kindOf is the kind that a line names.
func kindOf(line string) noticeKind {
	if len(line) > maxKindLine {
		return noticeKind{}
	}
	low := strings.ToLower(line)
	for i := range kindPhrases {
		for _, p := range kindPhrases[i].phrases {
			if strings.Contains(low, p) {
				return kindPhrases[i].noticeKind
			}
		}
	}
	return noticeKind{}
}

// kind is what kind of notice a form is: its first lines name it, or a field.
// kinds are the heads that do.
func (a *analysis) kind(f *fieldForm) (k noticeKind, kinds map[int]bool) {
	kinds = map[int]bool{}
	for _, e := range f.fields {
		if e.field == fieldKind {
			if s := standings[strings.ToLower(e.Of(a.text))]; s != "" {
				k = noticeKind{status: s, named: true}
			} else if n := kindOf(e.Of(a.text)); n.named {
				k = n
			}
		}
	}
	if a.amended(f) && (!k.named || k.status == copytaster.StatusAwarded) {
		k = noticeKind{status: copytaster.StatusExtended, named: true}
	}
	for i, h := range f.heads {
		n := kindOf(h.Of(a.text))
		known, words := kindWordsIn(h.Of(a.text))
		if known == words && words > 0 {
			kinds[h.Start] = true
		}
		if !n.named || known*2 < words {
			continue
		}
		kinds[h.Start] = true
		if !k.named || k.status == copytaster.StatusAwarded && !n.open && n.status != "" && i < maxHeads {
			k = n
		}
	}
	return k, kinds
}

// amended reports whether a notice has the number of an amendment: "Amendment
// number: 002".
func (a *analysis) amended(f *fieldForm) bool {
	for _, l := range f.marks {
		low := strings.ToLower(l.Of(a.text))
		if (strings.Contains(low, "amendment") || strings.Contains(low, "modification") || strings.Contains(low, "variation")) && (strings.Contains(low, "number") || strings.HasSuffix(low, " no")) {
			rest, _, _ := strings.Cut(a.text[l.End:min(len(a.text), l.End+maxLabel)], "\n")
			return strings.ContainsAny(rest, "123456789")
		}
	}
	return false
}

// kindWordsIn counts the words of a line, and those that the names of kinds of
// notices have: a line with fewer than half of them is a sentence or a title that
// mentions one.
func kindWordsIn(line string) (known, words int) {
	for w := range strings.FieldsFuncSeq(strings.ToLower(line), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if len(w) < 3 {
			continue
		}
		words++
		if kindWords[w] || labelWords[w] != 0 {
			known++
		}
	}
	return known, words
}

// kindWords are the words of the names of kinds of notices, and of those who
// publish them.
var kindWords = words("profile history entry record notice notices award awards awarded uk1 uk2 uk3 uk4 uk5 uk6 uk7 uk10 uk11 uk12 view details detail summary modification amendment change termination terminated voluntary ante transparency intention intent intended register contracts contract results result " +
	"planned pipeline engagement market preliminary prior information tender tenders etendering etenders austender canadabuys gets merx gem ted sell2wales sell wales finder find scotland current atm cancellation cancelled variation extension tabulation opportunity procurement")
