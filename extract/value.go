// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// notValue are words near a figure that is no contract's value.
var notValue = hashSet("profit profits revenue revenues turnover loss losses share shares fine fined fines penalty settlement compensation saving savings save saved debt owes owed owe unpaid salary salaries bonus stake cash dividend dividends tax budget overspend damages donation donated invested investment acquisition bought buy stock overcharged overcharging overcharge repay repaid repayment refund market sales")

// values are the figures of a contract: inside its noun phrase, behind "worth"
// and its like, or the object of the verb of paying.
func (v *view) values(c clause, m match) []int {
	for _, find := range []func(clause, match) int{v.valueInside, v.valueApposed, v.valueFor, v.valueOfCost, v.valueOfWork, v.valueAwarded, v.valueBefore} {
		if j := find(c, m); j >= 0 {
			return []int{v.original(v.its[j].money)}
		}
	}
	if out := v.valueBehind(c.at, c.end); len(out) > 0 {
		return out
	}
	for j := c.at; j+1 < len(v.its); j++ { // "...; its total value is £490m"
		if v.its[j].kind == itMark && v.raw(v.its[j].from) == ";" && oneOf(v.word(v.its[j+1].from), "its", "it") {
			return v.valueBehind(j, len(v.its))
		}
	}
	return nil
}

// original is the figure that another restates in a second currency.
func (v *view) original(money int) int {
	if first := v.money[money].Converts; first > 0 {
		return first - 1
	}
	return money
}

// valueInside reads "a £5m contract".
func (v *view) valueInside(c clause, _ match) int {
	for j := c.at - 1; j >= c.np; j-- {
		if v.its[j].kind == itMoney {
			return j
		}
	}
	return -1
}

// valueApposed reads "the biggest slice, a £92m package on the Humber".
func (v *view) valueApposed(c clause, _ match) int {
	if j := c.at + 3; j < c.end && v.its[j].kind == itMoney && v.raw(v.its[c.at+1].from) == "," && articles.has(v.its[c.at+2].hash) && !v.notValue(j) {
		return j
	}
	return -1
}

// valueFor reads "won the contract for £5m".
func (v *view) valueFor(c clause, m match) int {
	if m.act != actAward && m.act != actWin && m.act != actHire && m.act != actSign {
		return -1
	}
	for j := c.at + 1; j < c.end; j++ {
		if v.its[j].kind == itMoney && v.word(v.its[j-1].from) == "for" && !v.notValue(j) {
			return j
		}
	}
	return -1
}

// valueOfCost reads "put the cost of the contract at £5m".
func (v *view) valueOfCost(c clause, _ match) int {
	if c.np < 2 || !worthLead.has(v.its[c.np-2].hash) {
		return -1
	}
	for j := c.at + 1; j < min(c.end, c.at+4); j++ {
		if v.its[j].kind == itMoney {
			return j
		}
	}
	return -1
}

// valueOfWork reads "£50m of work".
func (v *view) valueOfWork(c clause, _ match) int {
	if c.np > 1 && v.its[c.np-2].kind == itMoney && v.word(v.its[c.np-1].from) == "of" {
		return c.np - 2
	}
	return -1
}

// valueAwarded reads "was awarded a £5m modification to a contract".
func (v *view) valueAwarded(c clause, m match) int {
	if c.governor < 0 || m.act != actAward && m.act != actWin {
		return -1
	}
	for j := c.governor + 1; j < c.np; j++ {
		if v.its[j].kind == itMoney && !v.notValue(j) {
			return j
		}
	}
	return -1
}

// valueBefore reads "$14 million in contracts" and "£5m worth of contracts".
func (v *view) valueBefore(c clause, _ match) int {
	for j := c.np - 1; j >= max(0, c.np-3); j-- {
		if v.its[j].kind == itMoney {
			return j
		}
		if !oneOf(v.word(v.its[j].from), "in", "of", "worth") {
			return -1
		}
	}
	return -1
}

// valueBehind is the figure that follows a contract noun: "worth £5m", "valued
// at £5m", "with a combined value of £5m", "that costs taxpayers £640,000".
func (v *view) valueBehind(at, end int) []int {
	led := false
	for j := at + 1; j < min(end, at+26); j++ {
		it := &v.its[j]
		switch {
		case it.kind == itWord && worthLead.has(it.hash), it.kind == itVerb && worthLead.has(it.hash):
			led = true
		case it.kind == itMoney && (led || j == at+2 && v.word(v.its[at+1].from) == "of" || j == at+1):
			if v.notValue(j) {
				return nil
			}
			out := []int{it.money}
			if from := v.changed(j); from >= 0 {
				out = append([]int{from}, out...)
			}
			return out
		case it.kind == itMoney:
			return nil
		case it.kind == itPaper && j > at+1, it.kind == itMark && v.raw(it.from) == ";":
			return nil
		}
	}
	return nil
}

var worthLead = hashSet("worth valued costing costs cost totalling totaling priced value estimated amount total amounts fee exceed exceeds capped fixed ceiling put priced bid")

// notValue reports whether the words around the figure at item j say that it is
// something else.
func (v *view) notValue(j int) bool {
	for k := max(0, j-4); k < min(len(v.its), j+4); k++ {
		if k != j && notValue.has(v.its[k].hash) {
			return true
		}
	}
	return false
}

// changed is the figure that the one at item j rose or fell to: "from £6m to
// £31m"; -1 for none.
func (v *view) changed(j int) int {
	if j+2 < len(v.its) && v.word(v.its[j+1].from) == "to" && v.its[j+2].kind == itMoney && j > 0 && v.word(v.its[j-1].from) == "from" {
		return v.its[j+2].money
	}
	return -1
}

// figures copies the figures with these indexes.
func (a *analysis) figures(idx []int) []copytaster.Money {
	out := make([]copytaster.Money, 0, len(idx))
	for _, i := range idx {
		out = append(out, a.money[i])
	}
	return out
}
