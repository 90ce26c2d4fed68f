// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// large is a body that no single message can hold.
func large(fill byte) []byte { return bytes.Repeat([]byte{fill}, 3<<20) }

func objects(t *testing.T, b *Bus) []*jetstream.ObjectInfo {
	t.Helper()
	list, err := b.objects.List(t.Context())
	if err != nil && !errors.Is(err, jetstream.ErrNoObjectsFound) {
		t.Fatal(err)
	}
	return list
}

func TestLargeBody(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	o := Out{Subject: ArticleSubject("large"), ID: "large-1", Data: large('a'), Header: map[string]string{HeaderURL: "https://news.example/large"}}
	for range 2 {
		if _, err := b.Publish(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(objects(t, b)); n != 1 {
		t.Errorf("a repeated publish left %d objects", n)
	}
	t.Run("is read back whole", func(t *testing.T) {
		m, err := b.Last(t.Context(), o.Subject)
		if err != nil || !bytes.Equal(m.Data, o.Data) {
			t.Fatalf("%v", err)
		}
		if len(m.Header) != 1 {
			t.Errorf("the claim check shows: %v", m.Header)
		}
	})
	t.Run("reaches a handler whole", func(t *testing.T) {
		got := make(chan []byte, 1)
		stop := consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract"}, func(_ context.Context, batch []Message) []error {
			got <- batch[0].Data
			return []error{nil}
		})
		if !bytes.Equal(<-got, o.Data) {
			t.Error("another body")
		}
		stop()
	})
	t.Run("just under the server's limit with its headers goes", func(t *testing.T) {
		small := open(t, Options{ClaimAbove: 1 << 20})
		edge := Out{Subject: ArticleSubject("edge"), Data: make([]byte, 1<<20-10), Header: map[string]string{HeaderURL: strings.Repeat("u", 1000)}}
		if _, err := small.Publish(t.Context(), edge); err != nil {
			t.Error(err)
		}
	})
}

// A body that is missing, cut or altered never reaches a handler: the message
// goes to the dead letters and the URL is accounted for.
func TestDamagedBody(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(b *Bus, o *jetstream.ObjectInfo) error{
		"missing": func(b *Bus, o *jetstream.ObjectInfo) error { return b.objects.Delete(context.Background(), o.Name) },
		"altered": func(b *Bus, o *jetstream.ObjectInfo) error {
			_, err := b.objects.PutBytes(context.Background(), o.Name, large('b'))
			return err
		},
		"cut": func(b *Bus, o *jetstream.ObjectInfo) error {
			_, err := b.objects.PutBytes(context.Background(), o.Name, large('a')[:1<<20])
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, Options{})
			o := Out{Subject: ArticleSubject("x"), ID: "x", Data: large('a'), Header: map[string]string{HeaderURL: "https://news.example/x"}}
			if _, err := b.Publish(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			if err := damage(b, objects(t, b)[0]); err != nil {
				t.Fatal(err)
			}
			consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract"}, func(context.Context, []Message) []error {
				t.Error("the handler was called")
				return []error{nil}
			})
			l := waitLetter(t, b)
			if l.Class != string(copytaster.ClassPermanent) || l.Deliveries != 1 || !strings.Contains(l.Error, "claim check") {
				t.Errorf("letter %+v", l)
			}
			if out := waitOutcomes(t, b, 1)[0]; out.State != copytaster.StateDead || out.URL != o.Header[HeaderURL] {
				t.Errorf("outcome %+v", out)
			}
			if _, err := b.Last(t.Context(), o.Subject); copytaster.ClassOf(err) != copytaster.ClassPermanent {
				t.Errorf("reading it gives %v", err)
			}
		})
	}
}

func TestBadClaimHeaders(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	for _, size := range []string{"", "-1", "x", "99999999999999999999", "67108865"} {
		m := Message{Header: map[string]string{headerClaim: "name", headerClaimSize: size}}
		if err := b.resolve(t.Context(), &m); copytaster.ClassOf(err) != copytaster.ClassPermanent {
			t.Errorf("size %q: %v", size, err)
		}
	}
}

func TestTakedownRemovesTheBodies(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	for _, id := range []string{"taken", "kept"} {
		if _, err := b.Publish(t.Context(), Out{Subject: ArticleSubject(id), ID: id, Data: large('a')}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.DeleteSubject(t.Context(), Articles, ArticleSubject("taken")); err != nil {
		t.Fatal(err)
	}
	if left := objects(t, b); len(left) != 1 || left[0].Metadata[claimSubject] != ArticleSubject("kept") {
		t.Errorf("%d objects are left", len(left))
	}
}

func TestSweepRemovesWhatNoMessageNames(t *testing.T) {
	t.Parallel()
	b := open(t, Options{ClaimAge: time.Nanosecond})
	ctx := t.Context()
	for _, id := range []string{"kept", "dropped"} {
		for _, fill := range []byte("ab") { // two revisions each
			if _, err := b.Publish(ctx, Out{Subject: ArticleSubject(id), ID: id + string(fill), Data: large(fill)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := b.sweepClaims(ctx); err != nil {
		t.Fatal(err)
	}
	if n := len(objects(t, b)); n != 4 {
		t.Fatalf("%d objects are left of 4 that are named", n)
	}
	if err := b.streams[Articles].Purge(ctx, jetstream.WithPurgeSubject(ArticleSubject("dropped"))); err != nil {
		t.Fatal(err)
	}
	b.o.ClaimAge = time.Hour
	if err := b.sweepClaims(ctx); err != nil || len(objects(t, b)) != 4 {
		t.Errorf("young objects were removed, %v", err)
	}
	b.o.ClaimAge = time.Nanosecond
	if err := b.sweepClaims(ctx); err != nil {
		t.Fatal(err)
	}
	if n := len(objects(t, b)); n != 2 {
		t.Errorf("%d objects are left, want 2", n)
	}
	if m, err := b.Last(ctx, ArticleSubject("kept")); err != nil || !bytes.Equal(m.Data, large('b')) {
		t.Errorf("the kept one: %v", err)
	}
}
