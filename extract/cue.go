// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"

	"github.com/copytaster/copytaster"
)

// cues are words and phrases that tell a state by themselves, the stronger
// first. Phrases are matched on folded words.
var cues = []struct {
	status copytaster.Status
	texts  []string
}{
	{copytaster.StatusCancelled, []string{"quashed", "scrapped", "cancelled", "canceled", "revoked", "rescinded", "annulled", "award aside", "called off", "cancelling", "cancels", "scrapping", "scraps", "revoking", "set aside", "overturned", "abandoned plans", "been abandoned", "was abandoned", "were abandoned", "decision to scrap", "declared void", "struck down", "nullified", "ineffective"}},
	{copytaster.StatusExiting, []string{"handed back", "hand back", "handing back", "hands back", "pulled out of", "pulling out of", "pull out of", "walk away from", "walked away from", "walking away from", "withdrawal from", "withdrew from", "withdraw from", "withdrawn from", "withdrawing from", "getting out of", "wants out of", "step down from", "stepped down from", "quit the", "quits the", "quitting the", "dropped out of", "exit the", "exited the", "exiting the", "back to the state", "early exit", "walked off the job", "walk off the job", "done with the", "end the contract early", "leave the contract", "leaving the contract", "throw in the towel", "threw in the towel", "thrown in the towel", "throwing in the towel", "stop running", "stop providing", "stop delivering", "stop operating", "stopped running", "stopped providing", "give up the", "given up the", "gave up the", "giving up the", "gives up the", "bow out", "bowed out", "bowing out", "bows out", "walk out on", "walked out on", "walking out on", "break clause", "handed its", "surrendered its", "surrender its", "surrendering its", "relinquish its", "relinquished its", "relinquishing its", "abandoned work", "abandoning work", "abandons work", "gave back its", "giving back its", "months before it had to", "months before it has to", "year before it had to", "year before it has to", "ahead of schedule under"}},
	{copytaster.StatusTerminated, []string{"terminated", "terminate", "terminates", "termination of", "torn up", "tore up", "tears up", "stripped of", "stripped from", "axed", "axes", "lost its", "lost the", "lost their", "loses its", "loses the", "losing its", "losing the", "ran out", "expired", "lapsed", "came to an end", "sacked", "ended its", "ended the", "ended their", "ends its", "dumped", "not renewed", "was ended", "were ended", "been ended", "in house", "cut ties", "parted company", "parts company", "part company", "pulled the plug", "dropped from", "removed from", "cut its ties", "cut their ties", "cuts ties", "cutting ties", "severed ties", "severed its", "severed its ties", "shown the door", "showed the door", "loss of a", "loss of the", "loss of its", "loss of their", "parted ways", "part ways", "parting ways", "brought to an end", "bring to an end", "bringing to an end", "not be kept on", "ousted", "kicked out", "booted", "given the boot", "back in house", "got rid of", "given notice", "gave notice", "wound up", "had until", "pulling the plug", "pulls the plug", "pull the plug", "relieved of its", "relieved of the", "was taken away from", "were taken away from", "been taken away from", "taken off", "ditched", "ditches", "ditching", "has ended a", "ended a contract", "ended a deal", "ended an agreement", "did not renew", "let its contract lapse", "let the contract lapse"}},
	{copytaster.StatusUnderReview, []string{"under review", "called in by", "under scrutiny", "is to review", "are to review", "to review every", "review of all", "review into", "reviewing", "being reviewed", "under investigation", "re examination", "government review", "urgent review", "launched a review", "ordered a review", "faces a review", "face a review", "re examined", "re examine", "re examining", "reexamined", "investigates", "is investigating", "are investigating", "investigation into", "opened an inquiry", "launched an inquiry", "inquiry into", "probe into", "looking again at", "look again at", "hangs in the balance", "in the balance", "reconsidering", "under threat", "being audited", "audit of", "opened an investigation", "launched an investigation", "on hold", "considering ending", "considering cancelling", "considering scrapping", "considering stripping", "considering terminating", "considering whether to", "threatened to strip", "threatened to end", "threatened to cancel", "threatened to terminate", "weighing up", "mulling", "looked at again", "go back over every", "going back over every", "will be examined", "is to examine", "are to examine", "is now asking why", "are now asking why", "to be looked into"}},
	{copytaster.StatusExtended, []string{"extension to", "extension of", "extended until", "extended for", "extended by", "been extended", "was extended", "extended its", "extended the", "agreed to extend", "to extend its", "to extend the", "extending its", "extending the", "year extension", "month extension", "current extension", "renewed its", "renewed the", "been renewed", "was renewed", "reappointed", "re appointed", "extends its", "extends the", "contract extension", "kept on until", "kept on for", "been kept on", "exercised its option", "exercised an option", "exercised the option", "exercised the", "exercised a", "exercises its option", "option years", "option year", "option period", "prolonged", "lengthened", "rolled over", "extension taking", "year renewal", "renewal of", "uplifted", "re signed", "will stay on", "stay on until", "topped up", "to prolong", "prolongs", "stay in the care of", "stay in the hands of", "stay in the same hands", "handed another", "given another", "won another two years", "won another three years", "kept the job of", "keeps the job of", "rolls over", "rolling over"}},
	{copytaster.StatusDisputed, []string{"sued", "suing", "sues", "legal action", "legal challenge", "high court challenge", "court challenge", "judicial review", "defrauding", "overcharged", "overcharging", "overcharge", "protest by", "protest against", "referred to", "fraud charges", "fraud investigation", "denied wrongdoing", "misleading the", "misled the", "in dispute", "fallen out", "row over", "at odds", "row has broken out", "breach of contract", "withheld payment", "failings", "shambles", "fiasco", "under fire", "heavily criticised", "not properly tested", "criticised for", "criticized for", "duty of care", "botched", "bungled", "scathing", "scandal over", "singled out", "accused of", "has accused", "have accused", "accuses", "accused", "accused in", "court battle", "legal battle", "legal row", "legal fight", "litigation", "lawsuit", "arbitration", "adjudication", "in the high court", "price fixing", "fixing prices", "bribery", "kickbacks", "debacle", "lambasted", "slated", "slammed for", "withholding payment", "war of words", "breach notice", "improvement notice", "formal warning", "locked in a row", "demanding its money back", "recover money", "recovering money", "seeking to recover", "claw back", "stand trial", "standing trial", "fleecing", "being chased for"}},
	{copytaster.StatusPlanned, []string{"preferred bidder", "preferred supplier", "preferred partner", "in talks", "in line for", "in line to", "in pole position", "front of the queue", "well placed to", "tipped to", "tipped for", "in negotiations", "exclusive negotiations", "negotiations with", "close to signing", "close to a deal", "close to agreeing", "lined up to", "been lined up", "lined up for", "letter of intent", "heads of terms", "first choice", "intends to award", "intention to award", "intend to award", "minded to award", "provisionally awarded", "expects to sign", "expected to sign", "expected to be signed", "yet to be signed", "talks with", "talks between", "negotiations between", "in discussions with", "recommended the award", "recommended awarding", "has been earmarked", "is down as", "are down as", "is down for", "are down for", "is down to", "put down as", "put down for", "pencilled in", "penciled in", "on the verge of", "on the brink of", "on the point of", "poised to sign", "poised to award", "set to sign", "is poised to", "are poised to", "has lined up", "have lined up", "advanced talks", "be named preferred"}},
	{copytaster.StatusBidding, []string{"bidding for", "competing for", "compete for", "shortlisted", "deciding whether to", "decide whether to", "among the bidders", "in the running", "in the race", "in contention", "bid for", "bids for", "vying for", "tendering for", "has tendered", "submitted a bid", "frontrunner", "front runner", "invited to tender", "invited to bid", "invited bids", "make an offer", "made an offer", "asked to bid", "submitted bids", "put in bids", "put in a bid", "lodged a bid", "entered a bid", "submitted a tender", "thrown its hat", "throwing its hat", "eyeing", "pitching for", "to bid for", "in contention", "battling for", "fighting for", "battling it out", "contenders for", "contender for", "bidders for the", "bidders for a", "bidders include", "bidders included", "are bidding", "yet to say whether", "yet to pick", "yet to choose", "yet to decide", "yet to name", "to pick between", "to choose between", "fancy their chances", "fancies its chances", "sizing up", "be circling", "are circling", "is circling", "left in the hunt", "left in the race", "left in the running", "in the hunt", "gone after the", "put in for the", "in the frame", "weighing up bids", "expected to bid", "be interested in", "expressed an interest", "expressed interest", "registered an interest", "registered interest", "are left in", "slugging it out", "faces competition from"}},
}

// cuePhrase is one phrase of the cues, by its first word.
type cuePhrase struct {
	text string
	rank int
}

// cueIndex finds the phrases of the cues that begin with a word.
var cueIndex = func() *wordMap[[]cuePhrase] {
	m := map[uint64][]cuePhrase{}
	for rank, q := range cues {
		for _, t := range q.texts {
			first, _, _ := strings.Cut(t, " ")
			h := hashFolded(first)
			m[h] = append(m[h], cuePhrase{text: t, rank: rank})
		}
	}
	return mapOf(m)
}()

// findCue is the state of the strongest phrase of the sentence that nothing
// hedges.
func (v *view) findCue() copytaster.Status {
	best := len(cues)
	words := v.folded()
	at := 1
	for i := v.s.from; i < v.s.to; i++ {
		for _, p := range cueIndex.get(v.toks[i].hash) {
			if p.rank < best && beginsWith(words[at:], p.text) && !hedged(words[:at], cues[p.rank].status) {
				best = p.rank
			}
		}
		at += strings.IndexByte(words[at:], ' ') + 1
	}
	if best == len(cues) {
		return ""
	}
	return cues[best].status
}

// beginsWith reports whether a phrase of whole words begins a folded text.
func beginsWith(folded, phrase string) bool {
	return strings.HasPrefix(folded, phrase) && (len(folded) == len(phrase) || folded[len(phrase)] == ' ')
}
