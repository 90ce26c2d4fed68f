// SPDX-License-Identifier: Apache-2.0

// Package channeltest is the conformance suite of alert channels: what every
// kind must do with a receiver that takes, refuses, stalls or talks nonsense.
package channeltest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
)

// Receiver is how the other end behaves.
type Receiver string

// The receivers of the suite.
const (
	Takes   Receiver = "takes"   // takes everything
	Busy    Receiver = "busy"    // 429, come again in 7 s
	Down    Receiver = "down"    // 503, or a writer that fails
	Gone    Receiver = "gone"    // 410: wants no more
	Refuses Receiver = "refuses" // 400: never takes this
	Garbage Receiver = "garbage" // an answer that cannot be read
	Slow    Receiver = "slow"    // no answer before the context ends
)

// Harness makes channels of one kind.
type Harness struct {
	// Receivers are those that this kind can meet. Takes must be among them.
	Receivers []Receiver
	// New returns a channel to such a receiver, and what that has been sent so
	// far, one string for each delivery.
	New func(t *testing.T, r Receiver) (alert.Channel, func() []string)
}

// Alert is one as the matcher makes it.
func Alert() *copytaster.Alert {
	return &copytaster.Alert{
		ID: copytaster.AlertID("atos-watch", "k3jq5w2h7a"), Watch: "atos-watch", Query: "supplier:atos", Article: "k3jq5w2h7a",
		Version: 42, URL: "https://news.example.org/2014/03/27/contract", Title: "Assessment firm to leave early",
		Sources: []string{"example"}, Fetched: time.Date(2014, 3, 27, 6, 40, 0, 0, time.UTC),
		Evidence: copytaster.Evidence{
			Span:     copytaster.Span{Start: 10, End: 39},
			Sentence: "Atos is to leave the contract.",
			Marks:    []copytaster.Span{{Start: 0, End: 4}},
			Mentions: []copytaster.Mention{{Party: copytaster.Party{Entity: "atos", Name: "Atos"}, Surface: "Atos", Role: copytaster.RoleSupplier, Score: 1}},
		},
		Also: map[copytaster.Zone]int{copytaster.ZoneComment: 2},
	}
}

// Run runs the suite.
func Run(t *testing.T, h Harness) {
	for _, r := range h.Receivers {
		t.Run(string(r)+" receiver gives the error's class", func(t *testing.T) { testClass(t, h, r) })
	}
	t.Run("a repeated delivery carries the same id and content", func(t *testing.T) { testRepeat(t, h) })
	t.Run("an ended context delivers nothing", func(t *testing.T) { testEndedContext(t, h) })
	t.Run("text from outside cannot control the output", func(t *testing.T) { testHostile(t, h) })
	t.Run("an alert without evidence is delivered", func(t *testing.T) { testBare(t, h) })
	t.Run("concurrent deliveries stay apart", func(t *testing.T) { testConcurrent(t, h) })
}

// want is the class that each receiver must give.
func want(r Receiver) copytaster.Class {
	switch r {
	case Takes:
		return copytaster.ClassDone
	case Gone, Refuses:
		return copytaster.ClassPermanent
	}
	return copytaster.ClassTransient
}

func testClass(t *testing.T, h Harness, r Receiver) {
	ch, sent := h.New(t, r)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	if r == Slow {
		ctx, cancel = context.WithTimeout(t.Context(), 50*time.Millisecond)
	}
	defer cancel()
	err := ch.Send(ctx, Alert())
	if got := copytaster.ClassOf(err); got != want(r) {
		t.Errorf("class %q of %v, want %q", got, err, want(r))
	}
	if r == Takes && len(sent()) != 1 {
		t.Errorf("%d deliveries, want 1", len(sent()))
	}
	if r == Busy && copytaster.Delay(err) != 7*time.Second {
		t.Errorf("delay %v, want the receiver's 7s", copytaster.Delay(err))
	}
	if r == Slow && !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v does not say that the context ended", err)
	}
}

func testRepeat(t *testing.T, h Harness) {
	ch, sent := h.New(t, Takes)
	for range 2 {
		if err := ch.Send(t.Context(), Alert()); err != nil {
			t.Fatal(err)
		}
	}
	got := sent()
	if len(got) != 2 || got[0] != got[1] {
		t.Fatalf("deliveries differ or are missing: %q", got)
	}
	if !strings.Contains(got[0], Alert().ID) {
		t.Errorf("the alert's id %q is not in %q", Alert().ID, got[0])
	}
}

func testEndedContext(t *testing.T, h Harness) {
	ch, sent := h.New(t, Takes)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ch.Send(ctx, Alert()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	if len(sent()) != 0 {
		t.Errorf("%q was delivered", sent())
	}
}

// Hostile is text that tries to take over a terminal, a page or a header.
func Hostile() string {
	return "\x1b]0;owned\x07\x1b[2J\u202ewatch\r\nX-Evil: 1\x00\u009b31m<script>alert(1)</script>\xff\u2028\"'"
}

func testHostile(t *testing.T, h Harness) {
	ch, sent := h.New(t, Takes)
	a := Alert()
	a.Title, a.URL, a.Sources = Hostile(), "https://x.example/"+Hostile(), []string{Hostile()}
	a.Evidence.Sentence, a.Evidence.Marks = Hostile(), []copytaster.Span{{Start: 1, End: 3}, {Start: 2, End: 9000}, {Start: -4, End: 2}}
	a.Evidence.Mentions[0].Name = Hostile()
	if err := ch.Send(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	got := sent()
	if len(got) != 1 {
		t.Fatalf("%d deliveries, want 1", len(got))
	}
	for _, r := range got[0] {
		if unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' {
			t.Errorf("%U went through in %q", r, got[0])
		}
	}
	if strings.Contains(got[0], "\nX-Evil") {
		t.Errorf("a line break went through: %q", got[0])
	}
}

func testBare(t *testing.T, h Harness) {
	ch, sent := h.New(t, Takes)
	a := Alert()
	a.Evidence, a.Also, a.Sources, a.Title = copytaster.Evidence{}, nil, nil, ""
	if err := ch.Send(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if got := sent(); len(got) != 1 || !strings.Contains(got[0], a.ID) {
		t.Errorf("delivered %q", got)
	}
}

func testConcurrent(t *testing.T, h Harness) {
	ch, sent := h.New(t, Takes)
	const n = 20
	errs := make(chan error)
	for range n {
		go func() { errs <- ch.Send(t.Context(), Alert()) }()
	}
	for range n {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	got := sent()
	if len(got) != n {
		t.Fatalf("%d deliveries, want %d", len(got), n)
	}
	for _, s := range got {
		if s != got[0] {
			t.Errorf("deliveries ran into each other: %q", s)
		}
	}
}
