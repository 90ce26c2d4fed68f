// SPDX-License-Identifier: Apache-2.0

package boilerplate

import "testing"

// TestCues reads what short lines say by their words and by their form.
func TestCues(t *testing.T) {
	for line, want := range map[string]cue{
		"Read more":                    cueMore,
		"Subscribe to our letter":      cueSubscribe,
		"Photo: Ada Finch":             cueCredit,
		"A teaser that goes on…":       cueCut,
		"£11 per hour: a job":          cueJobs,
		"3 hours ago":                  cueAgo,
		"Subscribe!":                   cueSubscribe,
		"Advertisement":                cueAd,
		"12 comments":                  cueComments,
		"A job for two...":             cueCut,
		"A job for two […]":            cueCut,
		"Write to www.courier.example": cueURL,
		"https://courier.example/a":    cueURL,
		"Home | News":                  cueBar,
		"News » Council":               cueBar,
		"3. Clean the depot":           cueList,
		"• Clean the depot":            cueList,
		"CLEAN THE DEPOT":              cueCaps,
		"Who cleans the depot?":        cueQuestion,
		"They said:":                   cueColon,
		"© Wexcombe Press":             cueCopyright,
	} {
		if got := readCues(line, phrases()); got&want == 0 {
			t.Errorf("%q says %b, not %b", line, got, want)
		}
	}
	const prose = "The depot was cleaned on Monday"
	if got := readCues(prose, phrases()); got&(cueSubscribe|cueAd|cueComments|cueCut|cueURL|cueBar|cueList|cueCaps|cueQuestion|cueColon|cueCopyright) != 0 {
		t.Errorf("%q says %b", prose, got)
	}
	if got := readCues("", phrases()); got != 0 {
		t.Errorf("nothing says %b", got)
	}
}
