// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"testing"

	"github.com/copytaster/copytaster/internal/pipeline"
)

func TestStrippingTellsARebuiltSiteFromABadDay(t *testing.T) {
	var s pipeline.Stripping
	for range 40 {
		s = s.Add(0.9)
	}
	if s.Broken() {
		t.Error("a steady source is called broken")
	}
	if one := s.Add(0.1); one.Broken() {
		t.Error("one bad page is an alarm")
	}
	for range 4 {
		s = s.Add(0.3)
	}
	if !s.Broken() {
		t.Errorf("a rebuilt site is no alarm: %+v", s)
	}
	for range 120 {
		s = s.Add(0.3)
	}
	if s.Broken() {
		t.Errorf("what has become usual is still an alarm: %+v", s)
	}
	var young pipeline.Stripping
	for _, c := range []float64{0.9, 0.9, 0.2, 0.2} {
		young = young.Add(c)
	}
	if young.Broken() {
		t.Error("four pages are enough for an alarm")
	}
}
