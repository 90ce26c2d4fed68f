// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"testing"

	"github.com/copytaster/copytaster/index/indextest"
	"github.com/copytaster/copytaster/internal/querytest"
)

func TestSearchAgreesWithMatch(t *testing.T) {
	indextest.Agree(t, openTest(t), querytest.Documents(1, 300), querytest.Queries(1, 500))
}
