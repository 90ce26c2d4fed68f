// SPDX-License-Identifier: Apache-2.0

package extract

import "testing"

func TestPoundsThatWeigh(t *testing.T) {
	x := NewMoney()
	for _, text := range []string{
		"The plane was overloaded by 700 pounds (320kg).",
		"He is about 5 feet 11 inches tall and 200 pounds.",
		"2 pounds sweet potatoes, peeled and cut into pieces",
		"He clocked in at 243 pounds at the last examination.",
		"It weighs no more than 2,000 pounds, the maker says.",
		"A 220-pound man and a 1,800-pound bull got away.",
		"She lost 14 pounds on the diet that her doctor set.",
		"They found 12 pounds of cocaine under the floor.",
		"It is 3.5 pounds and fits into any bag one owns.",
		"Half a pound a week is what most people may lose.",
		"The parcel weighed 12 pounds 4 ounces at the office.",
	} {
		if ms := x.Find(text, Hint{}); len(ms) != 0 {
			t.Errorf("%q: %v", text, moneyLines(ms))
		}
	}
}

func TestPoundsThatPay(t *testing.T) {
	x := NewMoney()
	for _, text := range []string{
		"The ticket costs five pounds at the door.",
		"They raised 200 pounds for the new roof of the hall.",
		"Ministers set aside 500 million pounds for the work.",
		"He pays 40 pounds a week to the landlord's agent.",
		"A five-pound note was found in the old book there.",
		"The fund put in three thousand pounds of savings.",
		"Entry is two pounds fifty and children go in free.",
		"A levy of £3 was added, and 20 pounds in all went.",
	} {
		if ms := x.Find(text, Hint{}); len(ms) == 0 || ms[len(ms)-1].Currency != "GBP" {
			t.Errorf("%q: %v", text, moneyLines(ms))
		}
	}
}

func TestWhatIsNoFigure(t *testing.T) {
	x := NewMoney()
	for _, text := range []string{
		"The 500m race, the 5,000m champion and the 4x100m relay.",
		"There were 5m people, 3bn masks and 40k stars.",
		"Umbro profits lifted by Euro 2004 and Euro 96.",
		"The pound fell against the dollar and the euro.",
		"Not a penny was paid; he had not a cent to his name.",
		"It was the million-dollar question, the 64,000 dollar question.",
		"I felt like a million dollars when it was over.",
		"That is my two cents on the matter, for what it is.",
		"50 Cent sang on the main stage on Saturday night.",
		"COP26, COP 27, TOP 10, TRY 3, ALL 5, PEN 15 and MAD 5.",
		"He lost his pen 7 times and called Bob 3 times.",
		"Set $PATH, $HOME and ${USER}, then call $1 and $2.",
		"The RS232 port, the RM6187 framework and the R1T car.",
		"A 1080p screen, a 720p stream and a 1440p monitor.",
		"It is 2.5km long, see p. 30 and the 12c of Fig. 12c.",
		"CVE-2021-44228 and Directive 2014/24/EU apply here.",
		"The side with 10 won more than the side with 5 won.",
		"Rand Paul spoke after 280 others, a real 3 real men.",
		"Version 3.2.1 of 1.2.3.4 at 10:30 on 12/05/2021.",
		"He lives at 5 Pound Lane and 12 Dollar Street.",
		"Run s/$1/$2/ and echo $USER, said the manual page.",
		"$ in column one, £ in column two, € in column three.",
		"See page 30p and para 12p of the bundle, he said.",
	} {
		if ms := x.Find(text, Hint{}); len(ms) != 0 {
			t.Errorf("%q: %v", text, moneyLines(ms))
		}
	}
}

func TestPenceOfSharesBesidePictures(t *testing.T) {
	checkLines(t, Hint{}, map[string][]string{
		"Shares in the screen maker closed at 1080p, up 4p.": {"1080p|10.8|GBP|exact", "4p|0.04|GBP|exact"},
		"A bus fare of 80p and a 2p piece on the screen.":    {"80p|0.8|GBP|exact", "2p|0.02|GBP|exact"},
	})
}

func TestGrand(t *testing.T) {
	checkLines(t, Hint{Country: "GB"}, map[string][]string{
		"She paid 60 grand for a course that never took place.": {"60 grand|60000|GBP|exact"},
		"The hall bought 10 grand pianos for its three stages.": nil,
		"He won three Grand Slam titles and 1 grand prix race.": nil,
	})
}
