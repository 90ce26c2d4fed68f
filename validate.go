// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Validate checks what every article keeps: an id that is the hash of its
// canonical URL, a text that is valid UTF-8 in NFC, asides whose mentions fit
// them, dates that can be written. The error names the field.
func (a *Article) Validate() error {
	if a.Canonical == "" {
		return errors.New("canonical: empty")
	}
	if a.ID != ArticleID(a.Canonical) {
		return fmt.Errorf("id: %q is not that of %q", a.ID, a.Canonical)
	}
	if err := checkText("text", a.Text); err != nil {
		return err
	}
	if !utf8.ValidString(a.Title) {
		return errors.New("title: not valid UTF-8")
	}
	for i := range a.Asides {
		if err := a.Asides[i].validate(len(a.Text)); err != nil {
			return fmt.Errorf("asides[%d]: %w", i, err)
		}
	}
	for _, t := range []struct {
		name string
		time time.Time
	}{{"published", a.Published.Time}, {"modified", a.Modified.Time}, {"fetched", a.Fetched}} {
		if err := checkTime(t.time); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

func (a *Aside) validate(textLen int) error {
	if err := checkText("text", a.Text); err != nil {
		return err
	}
	if a.At < 0 || a.At > textLen {
		return fmt.Errorf("at: %d is not in the text of %d bytes", a.At, textLen)
	}
	if err := checkTime(a.Published.Time); err != nil {
		return fmt.Errorf("published: %w", err)
	}
	return checkMentions(a.Text, a.Mentions)
}

// Validate checks the article and that every span fits the text and every
// surface is the text of its span.
func (d *Document) Validate() error {
	if err := d.Article.Validate(); err != nil {
		return err
	}
	if err := checkMentions(d.Text, d.Mentions); err != nil {
		return err
	}
	if err := checkMoney(d.Text, "money", d.Money); err != nil {
		return err
	}
	for i := range d.Money {
		if c := d.Money[i].Converts; c < 0 || c > len(d.Money) {
			return fmt.Errorf("money[%d].converts: there is no figure %d", i, c)
		}
	}
	if err := checkSpans(d.Text, "sentences", d.Sentences); err != nil {
		return err
	}
	for i := range d.Contracts {
		if err := d.Contracts[i].validate(d.Text); err != nil {
			return fmt.Errorf("contracts[%d].%w", i, err)
		}
	}
	return nil
}

func (c *Contract) validate(text string) error {
	if err := checkMoney(text, "values", c.Values); err != nil {
		return err
	}
	return checkSpans(text, "evidence", c.Evidence)
}

// Validate checks that the marks fit the sentence and that the alert's id is
// that of its watch and article.
func (a *Alert) Validate() error {
	if a.ID != AlertID(a.Watch, a.Article) {
		return fmt.Errorf("id: %q is not that of watch %q and article %q", a.ID, a.Watch, a.Article)
	}
	if err := checkTime(a.Published.Time); err != nil {
		return fmt.Errorf("published: %w", err)
	}
	return checkSpans(a.Evidence.Sentence, "evidence.marks", a.Evidence.Marks)
}

// Validate checks that the outcome names a URL and a state that there is.
func (o *Outcome) Validate() error {
	if o.URL == "" {
		return errors.New("url: empty")
	}
	for _, s := range States() {
		if s == o.State {
			return nil
		}
	}
	return fmt.Errorf("state: there is no %q", o.State)
}

// Validate checks that the span fits a text: 0 <= Start < End <= len(text), both
// ends on rune boundaries.
func (s Span) Validate(text string) error {
	if s.Start < 0 || s.Start >= s.End || s.End > len(text) {
		return fmt.Errorf("%d to %d does not fit a text of %d bytes", s.Start, s.End, len(text))
	}
	if !utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End]) {
		return fmt.Errorf("%d to %d is not on rune boundaries", s.Start, s.End)
	}
	return nil
}

func checkText(name, text string) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("%s: not valid UTF-8", name)
	}
	if !norm.NFC.IsNormalString(text) {
		return fmt.Errorf("%s: not in NFC", name)
	}
	return nil
}

func checkSpans(text, name string, spans []Span) error {
	for i, s := range spans {
		if err := s.Validate(text); err != nil {
			return fmt.Errorf("%s[%d]: %w", name, i, err)
		}
	}
	return nil
}

func checkMentions(text string, mentions []Mention) error {
	for i := range mentions {
		if err := checkSurface(text, mentions[i].Span, mentions[i].Surface); err != nil {
			return fmt.Errorf("mentions[%d]: %w", i, err)
		}
	}
	return nil
}

func checkMoney(text, name string, figures []Money) error {
	for i := range figures {
		if err := checkSurface(text, figures[i].Span, figures[i].Surface); err != nil {
			return fmt.Errorf("%s[%d]: %w", name, i, err)
		}
	}
	return nil
}

func checkSurface(text string, s Span, surface string) error {
	if err := s.Validate(text); err != nil {
		return err
	}
	if s.Of(text) != surface {
		return fmt.Errorf("surface: %s is not the text at %d", clip(surface), s.Start)
	}
	return nil
}

// checkTime refuses what RFC 3339 cannot write.
func checkTime(t time.Time) error {
	_, offset := t.Zone()
	if y := t.Year(); y < 0 || y > 9999 || offset%60 != 0 || offset <= -24*60*60 || offset >= 24*60*60 {
		return fmt.Errorf("%v cannot be written as RFC 3339", t)
	}
	return nil
}
