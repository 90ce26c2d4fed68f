// SPDX-License-Identifier: Apache-2.0

package extract

// knot says that of what has this much evidence the share was right.
type knot struct{ evidence, right float64 }

// curve brings what the rules add up to the share that is right in copy that the
// rules were not made with: straight lines between knots. The knots follow an
// isotonic fit over passages that were tagged before anybody had read them (203
// contracts, 436 mentions of suppliers, testdata/first-sight.tsv): see
// docs/EXTRACTION.md for how well it holds. They rise a little where the fit is
// flat, so that more evidence still reads as more. It changes no order and no
// decision.
type curve []knot

var (
	contractCurve = curve{{0, 0.4}, {0.50, 0.50}, {0.55, 0.54}, {0.70, 0.84}, {0.85, 0.86}, {0.93, 0.88}, {0.98, 0.89}, {1, 0.89}}
	mentionCurve  = curve{{0, 0.6}, {0.50, 0.78}, {0.65, 0.81}, {0.80, 0.86}, {0.90, 0.96}, {0.99, 0.98}, {1, 0.98}}
)

// at is the share for an amount of evidence.
func (c curve) at(evidence float64) float64 {
	for i := 1; i < len(c); i++ {
		if a, b := c[i-1], c[i]; evidence <= b.evidence {
			return round(a.right + (b.right-a.right)*max(0, evidence-a.evidence)/(b.evidence-a.evidence))
		}
	}
	return c[len(c)-1].right
}
