// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/copytaster/copytaster/index"
)

// sortBy is the order of hits in the server's language. The last key is always
// the id.
func sortBy(s index.Sort) []object {
	switch s {
	case index.SortOldest:
		return []object{{"oldest": "asc"}, {"came": "asc"}, {"id": "asc"}}
	case index.SortFetched:
		return []object{{"came": "desc"}, {"id": "desc"}}
	case index.SortAmount:
		return []object{{"amount": "desc"}, {"came": "desc"}, {"id": "desc"}}
	case index.SortRelevance:
		return []object{{"_score": "desc"}, {"id": "asc"}}
	}
	return []object{{"newest": "desc"}, {"came": "desc"}, {"id": "desc"}}
}

// after is a cursor as the values that search_after takes.
func after(c index.Cursor, s index.Sort) []any {
	switch s {
	case index.SortFetched:
		return []any{c.Keys[0], c.ID}
	case index.SortRelevance:
		score := strconv.FormatFloat(math.Float64frombits(uint64(c.Keys[0])), 'g', -1, 64)
		return []any{json.Number(score), c.ID}
	}
	return []any{c.Keys[0], c.Keys[1], c.ID}
}

// cursorOf is the place of a hit in its order.
func cursorOf(h *hit, s index.Sort) (index.Cursor, error) {
	keys := len(sortBy(s)) - 1
	var c index.Cursor
	if len(h.Sort) != keys+1 {
		return c, fmt.Errorf("hit %s has %d values to sort by, not %d", h.ID, len(h.Sort), keys+1)
	}
	err := json.Unmarshal(h.Sort[keys], &c.ID)
	for i := 0; i < keys && err == nil; i++ {
		if s == index.SortRelevance {
			var score float64
			err = json.Unmarshal(h.Sort[i], &score)
			c.Keys[i] = int64(math.Float64bits(score))
			continue
		}
		err = json.Unmarshal(h.Sort[i], &c.Keys[i])
	}
	if err != nil {
		return c, fmt.Errorf("hit %s: a value to sort by cannot be read: %w", h.ID, err)
	}
	return c, nil
}
