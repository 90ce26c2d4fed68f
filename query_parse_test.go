// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseQueryPrintsBack(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"nothing", "  \n ", ""},
		{"words side by side", "fit  for\twork", "fit for work"},
		{"AND is what side by side means", "a AND b AND c", "a b c"},
		{"and binds before or", "a b OR c d", "a b OR c d"},
		{"parentheses that matter stay", "a (b OR c) d", "a (b OR c) d"},
		{"parentheses that do not matter go", "((a)) OR (b c)", "a OR b c"},
		{"groups of figures stay apart", "(money:>1m currency:gbp) (money:<1k currency:usd)", "(money:>1m currency:gbp) (money:<1k currency:usd)"},
		{"so do single figures and zones", "(money:>1m) ((currency:usd)) (zone:comment) (a)", "(money:>1m) (currency:usd) (zone:comment) a"},
		{"but not where nothing stands beside them", "(money:>1m) OR -(currency:usd) OR contract:((per:hour))", "money:>1m OR -currency:usd OR contract:(per:hour)"},
		{"a field's parentheses do not part", "currency:(usd) money:*", "currency:usd money:*"},
		{"NOT is -", "NOT a -b NOT (c d)", "-a -b -(c d)"},
		{"not binds before and", "-a b", "-a b"},
		{"double negation", "--a NOT NOT b", "-(-a) -(-b)"},
		{"a negated field", "-supplier:atos", "-supplier:atos"},
		{"hyphens inside a word", "fit-for-work", "fit-for-work"},
		{"phrases", `"fit for work" "a b"~5 "x"~0`, `"fit for work" "a b"~5 "x"`},
		{"quotes of word processors", "“fit for work” supplier:„Recruitment Genius“", `"fit for work" supplier:"Recruitment Genius"`},
		{"curly quotes inside straight ones", `"the “fit” note"`, `"the “fit” note"`},
		{"escaped quotes", `"a \"b\" \\ c\d"`, `"a \"b\" \\ c\\d"`},
		{"a phrase right behind a word", `a"b c"d`, `a "b c" d`},
		{"prefixes", "outsourc* title:capit*", "outsourc* title:capit*"},
		{"field names in any case", "Supplier:atos MONEY:*", "supplier:atos money:*"},
		{"values with colons", "supplier:gb:coh:1 source:a:b", "supplier:gb:coh:1 source:a:b"},
		{"a field's parentheses are distributed", `supplier:(atos OR "Capita plc" -serco)`, `supplier:atos OR supplier:"Capita plc" -supplier:serco`},
		{"text fields too", "title:(a b)", "title:a title:b"},
		{"small operators are words", "or and not", "or and not"},
		{"quoted operators are words", `"OR" "NOT"`, `"OR" "NOT"`},
		{"operators as values", "title:OR", "title:OR"},
		{"a contract", "contract:(supplier:atos (money:>10m OR status:disputed)) contract:*", "contract:(supplier:atos (money:>10m OR status:disputed)) contract:*"},
		{"a negated contract", "-contract:(buyer:dwp)", "-contract:(buyer:dwp)"},
		{"fields inside a contract", "contract:(supplier:(a OR b) buyer:c)", "contract:((supplier:a OR supplier:b) buyer:c)"},
		{"the design's example", `supplier:atos buyer:dwp money:>10m currency:gbp status:under_review source:guardian published:2014-02..2014-03 "fit for work" -capita (a OR b)`,
			`supplier:atos buyer:dwp money:>10m currency:gbp status:under_review source:guardian published:2014-02..2014-03 "fit for work" -capita (a OR b)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q, err := ParseQuery(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if got := q.String(); got != tt.want {
				t.Errorf("%s prints as\n  %s, want\n  %s", tt.in, got, tt.want)
			}
			again, err := ParseQuery(q.String())
			if err != nil || !again.Equal(q) {
				t.Errorf("%s does not read back: %v", q, err)
			}
		})
	}
}

func TestParseQueryRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		pos      int
		says     string // part of the message or the hint
	}{
		{"an unclosed quote", `atos "fit for`, 5, "not closed"},
		{"an unclosed parenthesis", "a (b OR c", 2, "not closed"},
		{"a closing parenthesis too many", "a b)", 3, "nothing before this )"},
		{"empty parentheses", "a ()", 2, "empty"},
		{"an operator at the end", "a OR", 4, "breaks off"},
		{"NOT at the end", "a NOT", 5, "breaks off"},
		{"an operator at the start", "OR a", 0, "nothing before it"},
		{"two operators", "a AND OR b", 6, "nothing before it"},
		{"a hyphen alone", "a - b", 2, "nothing behind it"},
		{"a word without letters", "atos …", 5, "no letter or digit"},
		{"a phrase without letters", `atos "!!"`, 5, "no letter or digit"},
		{"a very long phrase", `"` + strings.Repeat("a ", 65) + `"`, 0, "64 is the most"},
		{"a very long word of many", strings.Repeat("a-", 65), 0, "64 is the most"},
		{"an empty phrase", `""`, 0, "no letter or digit"},
		{"an unknown field", "atos wibble:x", 5, "the fields are title, body"},
		{"a mistyped field", "suplier:atos", 0, "did you mean supplier:?"},
		{"a time", "10:30", 0, "put quotes"},
		{"a URL", "https://example.com/a", 0, "quotes around a URL"},
		{"a URL behind a field", "source:https://example.com", 7, "quotes around a URL"},
		{"a field without a value", "supplier: atos", 9, "no value"},
		{"a field at the end", "supplier:", 9, "no value"},
		{"a negated value", "supplier:-atos", 9, "write -supplier:..."},
		{"a field inside a field's parentheses", "supplier:(buyer:x)", 10, "a field inside supplier:( )"},
		{"an unknown status", "status:lost", 7, "bidding, awarded"},
		{"an unknown zone", "zone:footer a", 5, "comment, related"},
		{"an unknown kind", "kind:poem", 5, "news, opinion"},
		{"an unknown period", "per:lunch", 4, "year, month"},
		{"an unknown currency", "currency:pounds", 9, "three letters"},
		{"no language", "language:e", 9, "BCP 47"},
		{"two zones side by side", "zone:comment zone:related a", 18, "two zones"},
		{"two currencies side by side", "currency:gbp currency:usd", 22, "two currencies"},
		{"a currency against the mark", "currency:usd money:>£5m", 19, "two currencies"},
		{"two marks in a range", "money:£1m..$2m", 6, "two currencies"},
		{"a word as money", "money:lots", 6, "no amount"},
		{"money without a number", "money:>£", 6, "no amount"},
		{"negative money", "money:>-5", 6, "no amount"},
		{"money with an exponent", "money:1e9", 6, "no amount"},
		{"money too large", "money:9999999999tn", 6, "too large"},
		{"a wrong comma", "money:5,00", 6, "thousands"},
		{"a backward range", "money:50m..10m", 6, "ends before it begins"},
		{"a range without ends", "money:..", 6, "no end"},
		{"another engine's range", "money:[1 TO 2]", 6, "from..to"},
		{"a month that is none", "published:2014-13", 10, "no day, month or year"},
		{"a year too far", "published:9999", 10, "no day, month or year"},
		{"a year too early", "published:0999", 10, "no day, month or year"},
		{"a day that is none", "published:2014-02-30", 10, "no day, month or year"},
		{"a date in words", "published:yesterday", 10, "2014-02-26"},
		{"a backward range of dates", "fetched:2015..2014", 8, "ends before it begins"},
		{"a word inside a contract", "contract:(atos)", 10, "subject:"},
		{"a source inside a contract", "contract:(source:bbc)", 17, "does not belong"},
		{"a zone inside a contract", "contract:(supplier:a zone:comment)", 26, "does not belong"},
		{"a contract inside a contract", "contract:(contract:(status:awarded))", 10, "contract: inside"},
		{"a contract without parentheses", "contract:atos", 9, "needs parentheses"},
		{"a star in a word", "out*ing", 3, "end of a word only"},
		{"a star alone", "*", 0, "empty query"},
		{"a title's star alone", "title:*", 6, "empty query"},
		{"a prefix of several words", "fit-for-w*", 0, "several words"},
		{"a prefix of a name", "supplier:ato*", 9, "no beginning"},
		{"a prefix of a status", "status:aw*", 7, "cannot be"},
		{"a fuzzy word", "atos~2", 0, "behind a phrase"},
		{"a boost", "atos^2", 0, "behind a phrase"},
		{"a proximity without a number", `"a b"~`, 5, "needs a number"},
		{"a proximity too wide", `"a b"~101`, 5, "needs a number"},
		{"a proximity of a name", `supplier:"a b"~3`, 9, "does not go with"},
		{"a proximity of money", `money:">5m"~3`, 6, "does not go with"},
		{"a C programmer's and", "a && b", 2, "side by side"},
		{"a C programmer's or", "a || b", 2, "write OR"},
		{"a C programmer's not", "a !b", 2, "hyphen"},
		{"a dash for a hyphen", "a –b", 2, "hyphen"},
		{"invalid UTF-8", "a \xff", 2, "UTF-8"},
		{"a zero byte", "a\x00b", 1, "zero byte"},
		{"one bad zone of several", "(zone:comment OR zone:x) a", 22, "comment, related"},
		{"a zone alternative inside a contract", "contract:(supplier:a (zone:comment OR zone:jobs))", 22, "does not belong"},
		{"a supplier without letters", `supplier:"!"`, 9, "no letter or digit"},
		{"an author without letters", "author:…", 7, "no letter or digit"},
		{"a prefix of an author", "author:be*", 7, "no beginning"},
		{"a prefix of an amount", "money:5*", 6, "no beginning"},
		{"a prefix of a date", "published:2014*", 10, "no beginning"},
		{"a proximity of a currency", `currency:"gbp"~2`, 9, "does not go with"},
		{"one bad currency of several", "currency:(gbp OR pounds)", 17, "three letters"},
		{"a bad start of a range", "money:x..5m", 6, "no amount"},
		{"a bad end of a range", "money:5m..x", 6, "no amount"},
		{"too many combinations", "money:* " + strings.Repeat("currency:(gbp OR gbp) ", 7), 150, "too many combinations"},
		{"an error behind OR", `a OR "`, 5, "not closed"},
		{"an error behind AND", `a AND "`, 6, "not closed"},
		{"an error behind NOT", `NOT "`, 4, "not closed"},
		{"an error behind (", `("`, 1, "not closed"},
		{"a long unknown name", strings.Repeat("x", 60) + ":y", 0, "…"},
		{"a value behind an opening quote that is none", `supplier:"`, 9, "not closed"},
		{"a very long query", strings.Repeat("a ", MaxQueryLen), MaxQueryLen, "longer than"},
		{"a very deep query", strings.Repeat("(", 40) + "a" + strings.Repeat(")", 40), 32, "levels"},
		{"very many negations", strings.Repeat("-", 40) + "a", 32, "levels"},
		{"very many terms", strings.Repeat("a ", MaxQueryLeaves+1), 2 * MaxQueryLeaves, "terms"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q, err := ParseQuery(tt.in)
			var bad *QueryError
			if !errors.As(err, &bad) {
				t.Fatalf("ParseQuery = %q, %v, want a *QueryError", q, err)
			}
			if bad.Pos != tt.pos {
				t.Errorf("position %d, want %d: %v", bad.Pos, tt.pos, err)
			}
			if !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%v does not say %q", err, tt.says)
			}
		})
	}
}

func TestMustParseQueryPanicsOnAnError(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	MustParseQuery("(")
}

func TestQueryEqual(t *testing.T) {
	a := MustParseQuery("a OR b")
	for _, tt := range []struct {
		name string
		q    Query
		want bool
	}{
		{"the same", MustParseQuery("(a) OR b"), true},
		{"another order", MustParseQuery("b OR a"), false},
		{"another operator", MustParseQuery("a b"), false},
		{"more", MustParseQuery("a OR b OR c"), false},
		{"a quoted word", MustParseQuery(`"a" OR b`), false},
		{"nothing", Query{}, false},
	} {
		if got := a.Equal(tt.q); got != tt.want {
			t.Errorf("%s: Equal = %t, want %t", tt.name, got, tt.want)
		}
	}
	if !(Query{}).Equal(MustParseQuery(" ")) || !(Query{}).IsZero() || a.IsZero() {
		t.Error("the empty query is not the zero query")
	}
}

func TestResolveBindsNamesAndSaysWhatNoListKnows(t *testing.T) {
	q := MustParseQuery(`supplier:"Atos UK" (buyer:dwp OR -supplier:nobody) supplier:* or`)
	before := q.String()
	var asked []string
	r, notices := q.Resolve(func(role Role, name string) []string {
		asked = append(asked, string(role)+" "+name)
		return map[string][]string{"Atos UK": {"atos", "atos-it"}, "dwp": {"dwp"}}[name]
	})
	if diff := cmp.Diff([]string{"supplier Atos UK", "buyer dwp", "supplier nobody"}, asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	if r.String() != before || !r.Equal(q) || q.String() != before {
		t.Errorf("resolving changed %s to %s", before, r)
	}
	if len(notices) != 2 || !strings.Contains(notices[0], `"nobody"`) || !strings.Contains(notices[1], `"or"`) {
		t.Errorf("notices %q", notices)
	}
	first := func(q Query) EntityCond { return q.Plan().(And)[0].(EntityCond) }
	if diff := cmp.Diff([]string{"Atos UK", "atos", "atos-it"}, first(r).IDs); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Atos UK"}, first(q).IDs); diff != "" {
		t.Errorf("the query itself has changed (-want +got):\n%s", diff)
	}
	if z, n := (Query{}).Resolve(nil); !z.IsZero() || n != nil {
		t.Error("the zero query has something to resolve")
	}
}

// queryText draws queries, most of them valid.
func queryText() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{"a", "b", "fit-for-work", "AND", "OR", "NOT", "-", "(", ")", `"a b"`, `"a \"b"~3`, `"`, "w*", "*", "or",
		"supplier:", "buyer:", "atos", "money:>10m", "money:", "currency:gbp", "currency:eur", "per:hour", "zone:comment", "zone:body", "contract:(", "status:awarded",
		"published:2014", "title:", "title:(", "subject:(", "kind:*", "“x”", "é:b", "a:b", "£5", "\\", "~3", "x~y"})
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for _, p := range rapid.SliceOfN(piece, 1, 12).Draw(t, "pieces") {
			b.WriteString(p)
			if !strings.HasSuffix(p, ":") && !strings.HasSuffix(p, "(") && p != "-" {
				b.WriteString(rapid.SampledFrom([]string{" ", " ", " ", ""}).Draw(t, "space"))
			}
		}
		return b.String()
	})
}

func TestEveryQueryReadsBack(t *testing.T) {
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		if checkReadsBack(t, queryText().Draw(t, "query")) {
			accepted++
		}
	})
	if accepted == 0 {
		t.Error("no query was accepted")
	}
}

// checkReadsBack holds for every input: either it is refused with a position in
// it, or what it prints reads back as the same, and means the same.
func checkReadsBack(t failer, in string) bool {
	t.Helper()
	q, err := ParseQuery(in)
	var bad *QueryError
	if errors.As(err, &bad) {
		if bad.Pos < 0 || bad.Pos > len(in) || bad.Msg == "" {
			t.Fatalf("%q: the error is %#v", in, bad)
		}
		return false
	}
	if err != nil {
		t.Fatalf("%q: %v is no *QueryError", in, err)
	}
	again, err := ParseQuery(q.String())
	if err != nil {
		t.Fatalf("%q prints as %q, which is refused: %v", in, q, err)
	}
	if !again.Equal(q) {
		t.Fatalf("%q prints as %q, which reads back as %q", in, q, again)
	}
	if !cmp.Equal(q.Plan(), again.Plan()) {
		t.Fatalf("%q and %q mean different things:\n%s", in, q, cmp.Diff(q.Plan(), again.Plan()))
	}
	return true
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{`supplier:atos money:>10m currency:gbp "fit for work"~5 -capita (a OR b*)`, `contract:(supplier:"a \"b\"" -status:disputed)`,
		"zone:comment (x OR -y)", "published:2014-02..2014-03 fetched:>=2014", "money:£1,000.50k..€2bn", "“a” --b NOT c AND d", "title:(a -b OR \"c\")", "\xff", "a:\x00"} {
		f.Add(s)
	}
	d := &Document{Article: Article{Title: "Atos’s review", Text: "Fit for work: £500m.", Asides: []Aside{{Zone: ZoneComment, Text: "x y"}}}}
	f.Fuzz(func(t *testing.T, in string) {
		if checkReadsBack(t, in) {
			q := MustParseQuery(in)
			v := NewView(d)
			q.MatchView(v)
			q.Explain(v)
		}
	})
}
