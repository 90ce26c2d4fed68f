// SPDX-License-Identifier: Apache-2.0

package extract

import "strings"

// act is what a verb does to a contract.
type act uint8

const (
	actNone    act = iota
	actWin         // the supplier wins it
	actAward       // the buyer gives it
	actHire        // the buyer takes the supplier
	actSign        // either party signs it
	actPay         // the buyer pays
	actRun         // the supplier performs
	actHold        // the supplier has it
	actLose        // the supplier loses it
	actExit        // the supplier leaves it
	actEnd         // it is ended
	actCancel      // it is undone
	actExtend      // it is prolonged
	actReview      // it is examined
	actBid         // the supplier wants it
	actDispute     // it is fought over
	actReplace     // one supplier follows another
	actBuy         // the buyer orders goods
	actBreak       // the buyer takes the supplier off it
)

// form is how a verb is inflected.
type form uint8

const (
	formBase form = 1 << iota
	formS
	formPast
	formPart
	formIng
)

// verb is one inflected form of a verb of the list.
type verb struct {
	act  act
	form form
}

// verbList holds the verbs by what they do. "base past participle" are joined
// by slashes where they are irregular.
var verbList = [...]string{
	actWin:     "win/won/won secure clinch land bag scoop gain net seal nab obtain receive capture snap snag garner earn pocket grab regain recapture get/got/got beat/beat/beaten",
	actAward:   "subcontract award hand give/gave/given grant allocate assign reassign reallocate bestow confer offer issue let/let/let place",
	actHire:    "hire appoint commission choose/chose/chosen select pick enlist tap name instruct draft reappoint rehire entrust engage reinstate nominate parachute",
	actSign:    "sign agree strike/struck/struck ink conclude reach finalise finalize announce enter negotiate unveil",
	actPay:     "pay/paid/paid spend/spent/spent charge bill invoice",
	actRun:     "run/ran/run manage operate provide supply deliver sell/sold/sold ship lease build/built/built handle maintain collect process perform design develop house staff administer clean install host construct transport monitor guard treat sustain resurface support upgrade implement modernise modernize digitise digitize train serve market rebuild/rebuilt/rebuilt refurbish repair demolish print distribute test assess recruit escort equip cater empty advise vet tutor teach/taught/taught inspect translate cook store ferry screen lay/laid/laid manufacture assemble fabricate furnish renovate restore overhaul refit mend dredge dig/dug/dug coordinate patrol interpret transcribe diagnose vaccinate accommodate launder enforce integrate migrate archive scan rewire insulate decommission dismantle incinerate certify orchestrate",
	actHold:    "have/had/had hold/held/held keep/kept/kept retain own share split/split/split",
	actLose:    "lose/lost/lost forfeit",
	actExit:    "quit/quit/quit exit withdraw/withdrew/withdrawn abandon relinquish surrender ditch",
	actEnd:     "terminate end axe dump expire lapse sever curtail jettison discontinue drop sack fire strip oust boot eject",
	actCancel:  "cancel scrap revoke rescind quash annul void overturn shelve nullify",
	actExtend:  "extend renew prolong lengthen",
	actReview:  "review re-examine reexamine investigate audit probe scrutinise scrutinize reconsider examine",
	actBid:     "bid/bid/bid compete tender vie shortlist pitch apply",
	actBuy:     "order buy/bought/bought purchase procure rent charter",
	actDispute: "sue challenge dispute overcharge defraud contest overbill overpay/overpaid/overpaid swindle",
}

// verbs finds the forms of the verbs of the list by the folded word.
var verbs = func() map[string]verb {
	m := map[string]verb{}
	for i, list := range verbList {
		act := act(i)
		for _, w := range strings.Fields(list) {
			parts := strings.Split(w, "/")
			base := parts[0]
			past, part := regularPast(base), ""
			if len(parts) == 3 {
				past, part = parts[1], parts[2]
			}
			add := func(w string, f form) {
				v := m[w]
				if v.act == actNone || v.act == act {
					m[w] = verb{act: act, form: v.form | f}
				}
			}
			add(base, formBase)
			add(third(base), formS)
			add(past, formPast)
			if part == "" {
				part = past
			}
			add(part, formPart)
			add(gerund(base), formIng)
		}
	}
	m["contracted"] = verb{act: actHire, form: formPast | formPart}
	m["serviced"], m["servicing"] = verb{act: actRun, form: formPast | formPart}, verb{act: actRun, form: formIng}
	return m
}()

const vowels = "aeiou"

// doubles reports whether a verb doubles its last consonant: "net", "bid".
func doubles(b string) bool {
	n := len(b)
	if n < 3 || strings.IndexByte(vowels+"wxy", b[n-1]) >= 0 || strings.IndexByte(vowels, b[n-2]) < 0 || strings.IndexByte(vowels, b[n-3]) >= 0 {
		return false
	}
	syllables := 0
	for i := range n {
		if strings.IndexByte(vowels, b[i]) >= 0 {
			syllables++
		}
	}
	return syllables == 1 || strings.HasSuffix(b, "cel")
}

func regularPast(b string) string {
	n := len(b)
	switch {
	case b[n-1] == 'e':
		return b + "d"
	case b[n-1] == 'y' && strings.IndexByte(vowels, b[n-2]) < 0:
		return b[:n-1] + "ied"
	case doubles(b):
		return b + b[n-1:] + "ed"
	}
	return b + "ed"
}

func third(b string) string {
	n := len(b)
	switch {
	case b[n-1] == 'y' && strings.IndexByte(vowels, b[n-2]) < 0:
		return b[:n-1] + "ies"
	case b == "have":
		return "has"
	case b[n-1] == 's' || b[n-1] == 'x' || strings.HasSuffix(b, "ch") || strings.HasSuffix(b, "sh"):
		return b + "es"
	}
	return b + "s"
}

func gerund(b string) string {
	n := len(b)
	switch {
	case strings.HasSuffix(b, "ie"):
		return b[:n-2] + "ying"
	case b[n-1] == 'e' && b[n-2] != 'e':
		return b[:n-1] + "ing"
	case doubles(b):
		return b + b[n-1:] + "ing"
	}
	return b + "ing"
}
