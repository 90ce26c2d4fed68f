// SPDX-License-Identifier: Apache-2.0

package extract

// legalSuffixes are the words that end a registered name without belonging to
// what people call the company. From the legal forms of ISO 20275 (ELF) for the
// countries that the lists cover.
const legalSuffixes = "ltd limited plc llp lp inc incorporated llc corp corporation co company pty cic cio ag gmbh sa sas sarl sl slu spa srl bv nv ab asa oy oyj kg se pvt dac teo clg ulc kk sro zoo pbc pc pllc lc"

// weakSuffixes end a legal name only beside one of the strong ones, because
// they are words of their own.
const weakSuffixes = "group holdings holding uk the and of"

var (
	legalForms = hashSet(legalSuffixes)
	weakForms  = hashSet(weakSuffixes)
)

// suffixLen counts the tokens at the end of a name that are its legal form:
// "Atos IT Services UK Ltd" has one, "DX (Group) plc" one, "Pty Ltd" two.
func suffixLen(text string, toks []token) int {
	n := 0
	for n+1 < len(toks) {
		t := toks[len(toks)-1-n]
		if t.kind == kindPunct && text[t.start:t.end] == "." && n+2 < len(toks) && legalForms.has(toks[len(toks)-2-n].hash) {
			n++
			continue
		}
		if !legalForms.has(t.hash) {
			break
		}
		n++
	}
	return n
}

// suffixAfter counts the tokens from i on that are a legal form in the text:
// "Ltd", "Ltd.", "Pty Ltd", "Group plc", "(UK) Limited".
func suffixAfter(text string, toks []token, i int) int {
	n, last := 0, 0
	if commaForm(text, toks, i) {
		return 2
	}
	for n < 4 && i+n < len(toks) && toks[i+n].gap != sepStop {
		t := toks[i+n]
		switch {
		case legalForms.has(t.hash) && t.kind == kindWord && (t.cap || isLowerForm(text[t.start:t.end])):
			last = n + 1
		case weakForms.has(t.hash) && t.cap, t.kind == kindPunct && (text[t.start] == '(' || text[t.start] == ')'):
		default:
			return last
		}
		n++
	}
	return last
}

// apposedForms stand behind a comma: "Orr, Inc.".
var apposedForms = hashSet("inc llc ltd llp lp pllc plc pc corp")

// commaForm reports whether a comma and a legal form begin at token i: "Orr, Inc.",
// "Orr, LLC".
func commaForm(text string, toks []token, i int) bool {
	return i+1 < len(toks) && text[toks[i].start] == ',' && toks[i+1].cap && apposedForms.has(toks[i+1].hash) && !toks[i+1].para && toks[i].gap != sepStop
}

// formStop is the end of a name with the stop of its legal form, if that does not
// end a sentence: "Orr Inc., of Dayton", "Orr Ltd. has".
func formStop(text string, end int) int {
	if end+1 >= len(text) || text[end] != '.' {
		return end
	}
	if c := text[end+1]; c == ',' || c == ';' || c == ')' || c == ' ' && end+2 < len(text) && (text[end+2] == '(' || text[end+2] >= 'a' && text[end+2] <= 'z') {
		return end + 1
	}
	return end
}

// maxRegistered is how many words may stand between what people call a company
// and the legal form of one of its own.
const maxRegistered = 4

// registered extends listed suppliers to the registered name that goes on behind
// them: "General Dynamics Information Technology Inc.".
func (a *analysis) registered() {
	for i := range a.names {
		n := &a.names[i]
		if e := a.entity(n); e == nil || e.kind == KindBuyer || n.weak || n.flags&(flagContext|flagStripped) != 0 {
			continue
		}
		if !n.suffix && !a.toks[n.to-1].poss {
			for j := n.to; j < min(len(a.toks), n.to+maxRegistered+1); j++ {
				t := &a.toks[j]
				if i+1 < len(a.names) && a.names[i+1].from <= j || t.kind != kindWord || !t.cap || t.gap != sepSpace || t.para || a.wrapped(j) {
					break
				}
				if legalForms.has(t.hash) && j > n.to {
					n.to, n.end, n.suffix = j+1, t.end, true
					break
				}
			}
		}
		if n.suffix {
			n.end = int32(formStop(a.text, int(n.end)))
		}
	}
}

// isLowerForm reports whether a legal form is usual in small letters.
func isLowerForm(s string) bool { return s == "plc" || s == "ltd" || s == "llp" || s == "limited" }
