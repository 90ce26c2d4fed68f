// SPDX-License-Identifier: Apache-2.0

package boilerplate

// Sheet is a page or a plain text as the trainer sees it: its blocks with the
// features that the classifier judges them by. Only the folder train uses it.
type Sheet struct {
	page  *page
	plain *plain // nil for a page
	view  *around
}

// Observe reads a page for the trainer, with the lexis l. An error means that it cannot be parsed.
func Observe(in Input, l *Lexis) (*Sheet, error) {
	p, err := parseWith(in, l, true)
	if err != nil {
		return nil, err
	}
	return &Sheet{page: p, view: p.look()}, nil
}

// ObserveText reads a plain text for the trainer, with the lexis l.
func ObserveText(text string, l *Lexis) *Sheet {
	p := readPlainWith(text, "", l)
	return &Sheet{page: &p.page, plain: p, view: p.look()}
}

// Texts lists the blocks' texts in reading order.
func (s *Sheet) Texts() []string {
	out := make([]string, len(s.page.blocks))
	for i := range out {
		out[i] = s.page.blocks[i].text
	}
	return out
}

// First is one row of features for each block, for the first stage.
func (s *Sheet) First() [][]float32 {
	out := make([][]float32, len(s.page.blocks))
	for i := range out {
		out[i] = s.page.features(i, s.view, nil)
		if s.plain != nil {
			out[i] = s.plain.lineFeatures(i, out[i])
		} else {
			out[i] = s.page.postFeatures(i, out[i])
		}
	}
	return out
}

// Second is one row for each block, for the second stage: the first stage's
// features and what follows from its opinions.
func (s *Sheet) Second(first []float64) [][]float32 {
	out := s.First()
	for i := range first {
		s.page.blocks[i].first = first[i]
	}
	heard := s.page.listen()
	for i := range out {
		out[i] = s.page.secondFeatures(i, heard, out[i])
	}
	return out
}

// Result assembles the page as if the classifier had said prob of its blocks.
func (s *Sheet) Result(prob []float64) Result {
	for i := range prob {
		s.page.blocks[i].prob = prob[i]
	}
	if s.plain != nil {
		s.plain.zone()
	} else {
		s.page.zone()
	}
	return s.page.result()
}
