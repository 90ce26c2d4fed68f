// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func hundredths(n int64) *int64 { return &n }

// article is where bare words are looked for.
func article() []Zone { return []Zone{ZoneTitle, ZoneBody} }

func stemmed(in []Zone, terms ...string) TextCond { return TextCond{In: in, Terms: terms} }

func supplier(id, name string, zone Zone) EntityCond {
	return EntityCond{Role: RoleSupplier, IDs: []string{id}, Name: name, Zone: zone}
}

// planTest is a query and what it means.
type planTest struct {
	name, query string
	want        Cond
}

func runPlanTests(t *testing.T, tests []planTest) {
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, err := ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, q.Plan()); diff != "" {
				t.Errorf("plan of %s (-want +got):\n%s", q, diff)
			}
		})
	}
}

func TestPlanOfText(t *testing.T) {
	comment := []Zone{ZoneComment}
	runPlanTests(t, []planTest{
		{"nothing", "", And{}},
		{"a word is a stem in title and body", "reviewing", stemmed(article(), "review")},
		{"a quoted word is exact", `"reviewing"`, TextCond{In: article(), Terms: []string{"reviewing"}, Exact: true}},
		{"a phrase is exact", `"Fit for Work"`, TextCond{In: article(), Terms: []string{"fit", "for", "work"}, Exact: true}},
		{"a hyphenated word is a phrase of stems", "fit-for-works", stemmed(article(), "fit", "for", "work")},
		{"a proximity", `"work fit"~5`, TextCond{In: article(), Terms: []string{"work", "fit"}, Exact: true, Near: 5}},
		{"a proximity has distinct terms", `"a b a"~5`, TextCond{In: article(), Terms: []string{"a", "b"}, Exact: true, Near: 5}},
		{"a proximity of one word is the word", `"a"~5`, TextCond{In: article(), Terms: []string{"a"}, Exact: true}},
		{"a proximity of one word twice is the word", `"a a"~5`, TextCond{In: article(), Terms: []string{"a"}, Exact: true}},
		{"a prefix is never a stem", "Contracting*", TextCond{In: article(), Terms: []string{"contracting"}, Prefix: true}},
		{"title", "title:reviews", stemmed([]Zone{ZoneTitle}, "review")},
		{"body", "body:reviews", stemmed([]Zone{ZoneBody}, "review")},
		{"a zone moves words", "zone:comment a", stemmed(comment, "a")},
		{"a zone moves phrases and prefixes", `"a b" c* zone:comment`,
			And{TextCond{In: comment, Terms: []string{"a", "b"}, Exact: true}, TextCond{In: comment, Terms: []string{"c"}, Prefix: true}}},
		{"a zone moves what is inside parentheses and negations", "zone:comment (a OR -b)",
			Or{stemmed(comment, "a"), Not{stemmed(comment, "b")}}},
		{"a zone does not move title and body", "zone:comment a title:b body:c",
			And{stemmed(comment, "a"), stemmed([]Zone{ZoneTitle}, "b"), stemmed([]Zone{ZoneBody}, "c")}},
		{"a zone does not reach out of its parentheses", "a (zone:comment b)", And{stemmed(article(), "a"), stemmed(comment, "b")}},
		{"an inner zone holds against an outer one", "zone:comment a (zone:related b)",
			And{stemmed(comment, "a"), stemmed([]Zone{ZoneRelated}, "b")}},
		{"alternative zones", "(zone:comment OR zone:related) a", stemmed([]Zone{ZoneComment, ZoneRelated}, "a")},
		{"the zone body leaves the title out", "zone:body a", stemmed([]Zone{ZoneBody}, "a")},
		{"any zone is every aside", "zone:* a", stemmed([]Zone{ZoneHeading, ZoneCaption, ZoneComment, ZoneRelated, ZoneJobs, ZonePromo, ZoneNotice}, "a")},
		{"a zone alone asks for an aside", "zone:comment", ZoneCond{ZoneComment}},
		{"a zone beside what it does not move asks for an aside", "zone:comment kind:news",
			And{ZoneCond{ZoneComment}, KeywordCond{Field: "kind", Value: "news"}}},
		{"a zone beside an inner zone asks for an aside", "zone:comment (zone:related b)",
			And{ZoneCond{ZoneComment}, stemmed([]Zone{ZoneRelated}, "b")}},
		{"a zone in parentheses of its own moves nothing", "(zone:comment) a", And{ZoneCond{ZoneComment}, stemmed(article(), "a")}},
		{"a zone beside alternatives of an inner zone and words", "zone:comment ((zone:related b) OR c)",
			Or{stemmed([]Zone{ZoneRelated}, "b"), stemmed([]Zone{ZoneComment}, "c")}},
		{"a zone beside a contract asks for an aside", "zone:comment contract:(supplier:atos)", And{ZoneCond{ZoneComment}, ContractCond{supplier("atos", "atos", "")}}},
		{"alternatives of zones alone", "zone:comment OR zone:jobs", Or{ZoneCond{ZoneComment}, ZoneCond{ZoneJobs}}},
		{"every article has a body", "zone:body", And{}},
		{"a negated zone", "-zone:comment a", And{Not{ZoneCond{ZoneComment}}, stemmed(article(), "a")}},
		{"precedence", "a -b OR c", Or{And{stemmed(article(), "a"), Not{stemmed(article(), "b")}}, stemmed(article(), "c")}},
	})
}

func TestPlanOfValues(t *testing.T) {
	day := func(from, to string) DateCond { return DateCond{Field: "published", From: from, To: to} }
	runPlanTests(t, []planTest{
		{"a supplier by id", "supplier:atos", supplier("atos", "atos", ZoneBody)},
		{"a supplier by name", `supplier:"Ernst & Young"`, supplier("Ernst & Young", "ernst and young", ZoneBody)},
		{"any buyer", "buyer:*", EntityCond{Role: RoleBuyer, Any: true, Zone: ZoneBody}},
		{"a supplier in a zone", "zone:comment supplier:atos", supplier("atos", "atos", ZoneComment)},
		{"a supplier in alternative zones", "(zone:comment OR zone:body) supplier:atos", Or{supplier("atos", "atos", ZoneComment), supplier("atos", "atos", ZoneBody)}},
		{"a status in any spelling", "status:Under-Review", StatusCond{StatusUnderReview}},
		{"any status is any contract", "status:*", ContractCond{And{}}},
		{"a subject", "subject:assessments", SubjectCond{Text: TextCond{Terms: []string{"assess"}}}},
		{"any subject", "subject:*", SubjectCond{Any: true}},
		{"a kind", "kind:News", KeywordCond{Field: "kind", Value: "news"}},
		{"a source", "source:BBC-News", KeywordCond{Field: "source", Value: "bbc news"}},
		{"an author", `author:"Zoë O'Neill"`, KeywordCond{Field: "author", Value: "zoe oneill"}},
		{"a language", "language:en_GB", KeywordCond{Field: "language", Value: "en-gb"}},
		{"any language", "language:*", KeywordCond{Field: "language", Any: true}},
		{"a day", "published:2014-02-26", day("2014-02-26", "2014-02-26")},
		{"a month", "published:2014-02", day("2014-02-01", "2014-02-28")},
		{"a leap month", "published:2012-02", day("2012-02-01", "2012-02-29")},
		{"a year", "published:1914", day("1914-01-01", "1914-12-31")},
		{"a range", "published:2014-02..2014-03", day("2014-02-01", "2014-03-31")},
		{"a range of mixed ends", "published:2013..2014-01-05", day("2013-01-01", "2014-01-05")},
		{"from", "published:2014-02..", day("2014-02-01", "")},
		{"to", "published:..2014-02", day("", "2014-02-28")},
		{"from a month on", "published:>=2014-02", day("2014-02-01", "")},
		{"after a month", "published:>2014-02", day("2014-03-01", "")},
		{"before a month", "published:<2014-02", day("", "2014-01-31")},
		{"to the end of a month", "published:<=2014-02", day("", "2014-02-28")},
		{"any date", "fetched:*", DateCond{Field: "fetched"}},
	})
}

func TestPlanOfMoney(t *testing.T) {
	from := func(n int64) MoneyCond { return MoneyCond{Lo: &n} }
	to := func(n int64) MoneyCond { return MoneyCond{Hi: &n} }
	between := func(lo, hi int64) MoneyCond { return MoneyCond{Lo: &lo, Hi: &hi} }
	runPlanTests(t, []planTest{
		{"more than", "money:>10m", from(10_000_000_01)},
		{"at least", "money:>=10m", from(10_000_000_00)},
		{"less than", "money:<10m", to(9_999_999_99)},
		{"at most", "money:<=10m", to(10_000_000_00)},
		{"between", "money:10m..50m", between(10_000_000_00, 50_000_000_00)},
		{"between, the end left out", "money:10m..<50m", between(10_000_000_00, 49_999_999_99)},
		{"up to an end left out", "money:..<50m", to(49_999_999_99)},
		{"from", "money:10m..", from(10_000_000_00)},
		{"up to", "money:..50m", to(50_000_000_00)},
		{"exactly", "money:500m", between(500_000_000_00, 500_000_000_00)},
		{"any figure", "money:*", MoneyCond{}},
		{"thousands", "money:>=25k", from(25_000_00)},
		{"billions", "money:>=1.5bn", from(1_500_000_000_00)},
		{"trillions", "money:>=2tn", from(2_000_000_000_000_00)},
		{"capitals", "money:>=2M", from(2_000_000_00)},
		{"commas and pence", "money:>=1,234.50", from(1_234_50)},
		{"spaces in quotes", `money:">= 10 m"`, from(10_000_000_00)},
		{"more than the largest", "money:>9000tn", from(9_000_000_000_000_000_00 + 1)},
		{"more than what saturates", "money:>99000000000000000", from(math.MaxInt64)},
		{"a mark is a currency too", "money:>=£500m", MoneyCond{Lo: hundredths(500_000_000_00), Currency: "GBP"}},
		{"marks at both ends", "money:€1..€2", MoneyCond{Lo: hundredths(1_00), Hi: hundredths(2_00), Currency: "EUR"}},
		{"a dollar", "money:$5", MoneyCond{Lo: hundredths(5_00), Hi: hundredths(5_00), Currency: "USD"}},
		{"a currency", "currency:gbp", MoneyCond{Currency: "GBP"}},
		{"any currency", "currency:*", MoneyCond{Currency: AnyValue}},
		{"a period", "per:hour", MoneyCond{Per: PerHour}},
		{"any period", "per:*", MoneyCond{Per: AnyValue}},
		{"side by side is one figure", "money:>=7 currency:gbp per:hour", MoneyCond{Lo: hundredths(7_00), Currency: "GBP", Per: PerHour}},
		{"other terms between do not part them", "money:>=7 kind:news currency:gbp",
			And{MoneyCond{Lo: hundredths(7_00), Currency: "GBP"}, KeywordCond{Field: "kind", Value: "news"}}},
		{"each amount is bound", "money:>=7 money:<=9 currency:gbp",
			And{MoneyCond{Lo: hundredths(7_00), Currency: "GBP"}, MoneyCond{Hi: hundredths(9_00), Currency: "GBP"}}},
		{"without an amount they are one figure too", "currency:gbp per:hour", MoneyCond{Currency: "GBP", Per: PerHour}},
		{"alternative currencies", "money:>=7 currency:(gbp OR eur)",
			Or{MoneyCond{Lo: hundredths(7_00), Currency: "GBP"}, MoneyCond{Lo: hundredths(7_00), Currency: "EUR"}}},
		{"the stricter of two demands", "currency:* money:>=£7", MoneyCond{Lo: hundredths(7_00), Currency: "GBP"}},
		{"parentheses are figures of their own", "(money:>=7 currency:gbp) (money:<=9 currency:eur)",
			And{MoneyCond{Lo: hundredths(7_00), Currency: "GBP"}, MoneyCond{Hi: hundredths(9_00), Currency: "EUR"}}},
		{"parentheses around one value part it too", "(money:>=7) (currency:gbp)", And{from(7_00), MoneyCond{Currency: "GBP"}}},
		{"a negation is of any figure", "money:>=7 -currency:gbp", And{from(7_00), Not{MoneyCond{Currency: "GBP"}}}},
		{"or does not bind", "money:>=7 OR currency:gbp", Or{from(7_00), MoneyCond{Currency: "GBP"}}},
	})
}

func TestPlanOfContracts(t *testing.T) {
	runPlanTests(t, []planTest{
		{"everything speaks of one contract", "contract:(supplier:atos buyer:* money:>=7 currency:gbp status:disputed subject:tagging)", ContractCond{And{
			MoneyCond{Lo: hundredths(7_00), Currency: "GBP"},
			supplier("atos", "atos", ""),
			EntityCond{Role: RoleBuyer, Any: true},
			StatusCond{StatusDisputed},
			SubjectCond{Text: TextCond{Terms: []string{"tag"}}},
		}}},
		{"alternatives and negations inside", "contract:(supplier:atos (status:awarded OR -status:disputed))",
			ContractCond{And{supplier("atos", "atos", ""), Or{StatusCond{StatusAwarded}, Not{StatusCond{StatusDisputed}}}}}},
		{"any status inside", "contract:(status:*)", ContractCond{And{}}},
		{"any contract", "contract:*", ContractCond{And{}}},
		{"a zone outside does not reach inside", "zone:comment a contract:(supplier:atos)",
			And{stemmed([]Zone{ZoneComment}, "a"), ContractCond{supplier("atos", "atos", "")}}},
		{"figures outside are not bound to those inside", "currency:gbp contract:(money:>=7)",
			And{MoneyCond{Currency: "GBP"}, ContractCond{MoneyCond{Lo: hundredths(7_00)}}}},
	})
}
