// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"encoding/json"
	"fmt"
	"math"
	"sync"
)

// Judge is what was learned from labelled passages: who supplies somebody, for
// which figure, to whom, and how it stands. extract/train makes it. Every table
// is one logistic regression over signs.
type Judge struct {
	Supplier Table
	Weighing []float64 // of what brief.pleadings returns, the bias last
	Role     Table     // of a name that no list has: whether it is a supplier's, contract or not
	Value    Table
	Buyer    Table
	States   map[string]Table // by status; their rows are the signs' lowest bits
}

// Table says how much each sign weighs.
type Table struct {
	Bias  float64
	Scale float64 // what one step of a row is worth
	Rows  []byte  // signed; a power of two of them
}

// judgeOf reads the weights that come with the program.
var judgeOf = sync.OnceValue(func() *Judge {
	j, err := readJudge()
	if err != nil {
		panic(err) // it is embedded
	}
	return j
})

func readJudge() (*Judge, error) {
	raw, err := data.ReadFile("data/judge.json")
	if err != nil {
		return nil, err
	}
	var j Judge
	if err := json.Unmarshal(raw, &j); err != nil {
		return nil, fmt.Errorf("data/judge.json: %w", err)
	}
	for _, t := range []*Table{&j.Supplier, &j.Role, &j.Value, &j.Buyer} {
		if len(t.Rows) != SignRows {
			return nil, fmt.Errorf("data/judge.json: a table of %d rows", len(t.Rows))
		}
	}
	for name, t := range j.States {
		if len(t.Rows) != StateRows {
			return nil, fmt.Errorf("data/judge.json: a table of %d rows for %s", len(t.Rows), name)
		}
	}
	if len(j.Weighing) != pleas+1 {
		return nil, fmt.Errorf("data/judge.json: %d weights of pleadings", len(j.Weighing))
	}
	return &j, nil
}

// odds is what the signs say, in log odds; each is there once.
func (t *Table) odds(s signs) float64 {
	sum := 0
	for _, x := range s {
		sum += int(int8(t.Rows[x]))
	}
	return t.Bias + t.Scale*float64(sum)
}

// weigh is the probability for what a case pleads.
func (j *Judge) weigh(plea []float64) float64 {
	z := j.Weighing[pleas]
	for i, x := range plea {
		z += j.Weighing[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}

// state is the likeliest status by its signs, or the one told if that is less
// than edge behind.
func (j *Judge) state(s signs, told string, edge float64) string {
	best, top, behind := "", math.Inf(-1), math.Inf(-1)
	for name, t := range j.States {
		z := t.odds(s)
		if z > top || z == top && name < best {
			best, top = name, z
		}
		if name == told {
			behind = z
		}
	}
	if top-behind <= edge {
		return told
	}
	return best
}
