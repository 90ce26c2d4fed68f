// SPDX-License-Identifier: Apache-2.0

package control

import (
	"testing"
	"time"

	"github.com/copytaster/copytaster"
)

func TestDecisionsOverTheSocket(t *testing.T) {
	c, _ := startLine(t)
	ctx := within(t, time.Minute)
	if all, err := c.Decisions(ctx); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v; want none yet", all, err)
	}
	d, err := c.Decide(ctx, DecideRequest{Name: "  Corvane   Lines Ltd ", Verdict: copytaster.VerdictRejected})
	if err != nil || d.Name != "Corvane Lines Ltd" || d.Verdict != copytaster.VerdictRejected || d.At.IsZero() {
		t.Errorf("%+v, %v; want it rejected under its plain name", d, err)
	}
	if all, err := c.Decisions(ctx); err != nil || len(all) != 1 || all[0].Name != d.Name {
		t.Errorf("%+v, %v; want the one decision", all, err)
	}
	for name, r := range map[string]DecideRequest{"no name": {Verdict: copytaster.VerdictRejected}, "no verdict": {Name: "Corvane", Verdict: "perhaps"}} {
		_, err := c.Decide(ctx, r)
		t.Run(name, func(t *testing.T) { wantFault(t, err, FaultUsage, "") })
	}
	if _, err := c.Decide(ctx, DecideRequest{Name: "corvane lines ltd", Verdict: copytaster.VerdictOpen}); err != nil {
		t.Fatal(err)
	}
	if all, err := c.Decisions(ctx); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v; want none after it was taken back", all, err)
	}
}

func TestChannelsOverTheSocket(t *testing.T) {
	c, _ := startLine(t)
	ctx := within(t, time.Minute)
	if all, err := c.Channels(ctx); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v; want none: none is configured", all, err)
	}
	wantFault(t, c.ForgetChannel(ctx, "desk"), FaultNotFound, "desk")
	_, err := c.Rules(ctx, "paper.example")
	wantFault(t, err, FaultNotFound, "nothing has been learned of paper.example")
}
