// SPDX-License-Identifier: Apache-2.0

package extract_test

import (
	"encoding/json"
	"fmt"

	"github.com/copytaster/copytaster/extract"
)

// The example of docs/MONEY.md.
func ExampleMoneyExtractor_Find() {
	for _, m := range extract.NewMoney().Find("The deal, worth up to £330m over ten years, was signed.", extract.Hint{}) {
		line, _ := json.Marshal(m)
		fmt.Println(string(line))
	}
	// Output:
	// {"start":22,"end":28,"surface":"£330m","min":null,"max":"330000000","currency":"GBP","reason":"symbol","bound":"up_to","over":"P10Y"}
}

func ExampleMoneyExtractor_Find_hint() {
	x := extract.NewMoney()
	for _, hint := range []extract.Hint{{}, {Country: "AU"}, {URL: "https://www.example.co.nz/news"}} {
		m := x.Find("It cost $5m.", hint)[0]
		fmt.Println(m.Min, m.Currency, m.Reason)
	}
	// Output:
	// 5000000 USD symbol
	// 5000000 AUD country
	// 5000000 NZD country
}
