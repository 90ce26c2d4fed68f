// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

func seqOf(n uint64) *uint64 { return &n }

func TestPublish(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	ctx := t.Context()
	t.Run("a message comes back as it was", func(t *testing.T) {
		o := Out{Subject: ArticleSubject("whole"), ID: "id-1", Data: []byte("body"), Header: map[string]string{HeaderURL: "https://news.example/ä?b=1&c=%20"}}
		seq, err := b.Publish(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		m, err := b.Last(ctx, o.Subject)
		if err != nil {
			t.Fatal(err)
		}
		if m.Seq != seq || m.ID != o.ID || m.Stream != Articles || !bytes.Equal(m.Data, o.Data) || m.Time.IsZero() {
			t.Errorf("stored %+v", m)
		}
		if d := cmp.Diff(o.Header, m.Header); d != "" {
			t.Error(d)
		}
	})
	t.Run("the same id is stored once and is a success", func(t *testing.T) {
		o := Out{Subject: ArticleSubject("twin"), ID: "id-2", Data: []byte("x")}
		first, err1 := b.Publish(ctx, o)
		second, err2 := b.Publish(ctx, o)
		if err1 != nil || err2 != nil || first != second {
			t.Errorf("sequences %d and %d, errors %v, %v", first, second, err1, err2)
		}
	})
	t.Run("a wrong expected sequence is a conflict", func(t *testing.T) {
		o := Out{Subject: ArticleSubject("raced"), Data: []byte("x"), Expect: seqOf(0)}
		seq, err := b.Publish(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Publish(ctx, o); !errors.Is(err, ErrConflict) {
			t.Errorf("error %v", err)
		}
		o.Expect = &seq
		if _, err := b.Publish(ctx, o); err != nil {
			t.Errorf("the right sequence is refused: %v", err)
		}
	})
	t.Run("an empty subject has no last message", func(t *testing.T) {
		if _, err := b.Last(ctx, ArticleSubject("none")); !errors.Is(err, ErrNotFound) {
			t.Errorf("error %v", err)
		}
		if _, err := b.Last(ctx, "copytaster.nothing.at-all"); copytaster.ClassOf(err) != copytaster.ClassPermanent {
			t.Errorf("error %v", err)
		}
	})
	t.Run("a takedown removes one subject and no other", func(t *testing.T) {
		publish(t, b, ArticleSubject("kept"), 2)
		publish(t, b, ArticleSubject("taken"), 2)
		if err := b.DeleteSubject(ctx, Articles, ArticleSubject("taken")); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Last(ctx, ArticleSubject("taken")); !errors.Is(err, ErrNotFound) {
			t.Errorf("error %v", err)
		}
		for id, want := range map[string]bool{"taken": false, "kept": true} {
			if got, err := b.Has(ctx, ArticleSubject(id)); err != nil || got != want {
				t.Errorf("%s is there: %v, %v; want %v", id, got, err, want)
			}
		}
		if _, err := b.Last(ctx, ArticleSubject("kept")); err != nil {
			t.Error(err)
		}
		for _, bad := range []string{"copytaster.article.*", ">", ""} {
			if err := b.DeleteSubject(ctx, Articles, bad); err == nil {
				t.Errorf("deleting %q is accepted", bad)
			}
		}
	})
}

func TestPublishRefusesWhatCannotBe(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	good := ArticleSubject("a")
	for name, o := range map[string]Out{
		"a wildcard":             {Subject: "copytaster.article.*"},
		"a line in the subject":  {Subject: "copytaster.article.a\r\nPUB b 0"},
		"somebody else's tree":   {Subject: "$JS.API.STREAM.PURGE.LINKS"},
		"no stream":              {Subject: "copytaster.other.a"},
		"CR LF in a value":       {Subject: good, Header: map[string]string{HeaderURL: "https://a/\r\nNats-Rollup: all"}},
		"LF in a value":          {Subject: good, Header: map[string]string{HeaderURL: "a\nb"}},
		"NUL in a value":         {Subject: good, Header: map[string]string{HeaderURL: "a\x00b"}},
		"a line in a name":       {Subject: good, Header: map[string]string{"A: b\r\nC": "d"}},
		"a nameless header":      {Subject: good, Header: map[string]string{"": "d"}},
		"a header of the server": {Subject: good, Header: map[string]string{"nats-rollup": "all"}},
		"a line in the id":       {Subject: good, ID: "a\r\nb"},
		"huge headers":           {Subject: good, Header: map[string]string{HeaderURL: strings.Repeat("a", maxHeader)}},
		"a huge body":            {Subject: good, Data: make([]byte, maxClaim+1)},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := b.Publish(t.Context(), o); copytaster.ClassOf(err) != copytaster.ClassPermanent {
				t.Errorf("error %v is not permanent", err)
			}
		})
	}
	if info, err := b.streams[Articles].Info(t.Context()); err != nil || info.State.Msgs != 0 {
		t.Errorf("%d messages are stored, %v", info.State.Msgs, err)
	}
}

// The server answers 10077 to both: the subject has its message, and the stream
// is full.
func TestRefusalHasTwoMeanings(t *testing.T) {
	t.Parallel()
	b := open(t, Options{MaxBytes: map[string]int64{Alerts: 64 << 10, Links: 64 << 10}})
	ctx := t.Context()
	body := bytes.Repeat([]byte("x"), 8<<10)
	first := AlertSubject("w", "0")
	n := 0
	var err error
	for ; err == nil && n < 100; n++ {
		_, err = b.Publish(ctx, Out{Subject: AlertSubject("w", fmt.Sprint(n)), Data: body})
	}
	t.Run("a new subject in a full stream is transient", func(t *testing.T) {
		if !errors.Is(err, ErrFull) || errors.Is(err, ErrExists) || copytaster.ClassOf(err) != copytaster.ClassTransient {
			t.Errorf("after %d messages: %v", n, err)
		}
	})
	t.Run("a known subject in a full stream is done", func(t *testing.T) {
		if _, err := b.Publish(ctx, Out{Subject: first, Data: body}); !errors.Is(err, ErrExists) || errors.Is(err, ErrFull) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("a known subject in a stream with room is done", func(t *testing.T) {
		if err := b.DeleteSubject(ctx, Alerts, AlertSubject("w", "1")); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Publish(ctx, Out{Subject: first, Data: []byte("small")}); !errors.Is(err, ErrExists) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("the refused one is stored once there is room", func(t *testing.T) {
		if _, err := b.Publish(ctx, Out{Subject: AlertSubject("w", fmt.Sprint(n-1)), Data: body}); err != nil {
			t.Error(err)
		}
	})
	t.Run("a full work queue is transient", func(t *testing.T) {
		var err error
		for i := 0; err == nil && i < 100; i++ {
			_, err = b.Publish(ctx, Out{Subject: LinkSubject("a"), ID: fmt.Sprint(i), Data: body})
		}
		if !errors.Is(err, ErrFull) {
			t.Errorf("error %v", err)
		}
	})
}

func TestPublishBatch(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	ctx := t.Context()
	make100 := func(prefix string, n int) []Out {
		outs := make([]Out, n)
		for i := range outs {
			id := fmt.Sprintf("%s-%d", prefix, i)
			outs[i] = Out{Subject: DocumentSubject(id), ID: id, Data: []byte(id)}
		}
		return outs
	}
	count := func(stream string) uint64 {
		info, err := b.streams[stream].Info(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return info.State.Msgs
	}
	t.Run("none is nothing", func(t *testing.T) {
		if errs := b.PublishBatch(ctx, nil); len(errs) != 0 {
			t.Error(errs)
		}
	})
	t.Run("many are stored in order, in one commit each", func(t *testing.T) {
		outs := make100("many", 2*batchMessages+1)
		if err := errors.Join(b.PublishBatch(ctx, outs)...); err != nil {
			t.Fatal(err)
		}
		if got := count(Documents); got != uint64(len(outs)) {
			t.Errorf("%d stored", got)
		}
		m, err := b.Last(ctx, outs[7].Subject)
		if err != nil || string(m.Data) != outs[7].ID || m.Seq != 8 {
			t.Errorf("%+v, %v", m, err)
		}
	})
	t.Run("a repeated batch stores nothing and is a success", func(t *testing.T) {
		before := count(Documents)
		if err := errors.Join(b.PublishBatch(ctx, make100("many", 10))...); err != nil {
			t.Error(err)
		}
		if got := count(Documents); got != before {
			t.Errorf("%d more stored", got-before)
		}
	})
	t.Run("each message has its own fate", func(t *testing.T) {
		outs := make100("mixed", 4)
		outs[0].Subject = AlertSubject("w", "a")
		outs[1].Expect = seqOf(99)
		outs[2].Header = map[string]string{"bad": "a\nb"}
		errs := b.PublishBatch(ctx, outs)
		if errs[0] != nil || !errors.Is(errs[1], ErrConflict) || copytaster.ClassOf(errs[2]) != copytaster.ClassPermanent || errs[3] != nil {
			t.Errorf("verdicts %v", errs)
		}
		if _, err := b.Last(ctx, outs[3].Subject); err != nil {
			t.Error(err)
		}
	})
	t.Run("alerts that are there are done, the others stored", func(t *testing.T) {
		outs := []Out{{Subject: AlertSubject("w", "a"), ID: "other"}, {Subject: AlertSubject("w", "b"), ID: "new"}}
		errs := b.PublishBatch(ctx, outs)
		if !errors.Is(errs[0], ErrExists) || errs[1] != nil {
			t.Errorf("verdicts %v", errs)
		}
	})
	t.Run("a large body in a batch takes its own way", func(t *testing.T) {
		outs := make100("large", 3)
		outs[1].Data = bytes.Repeat([]byte("z"), 3<<20)
		if err := errors.Join(b.PublishBatch(ctx, outs)...); err != nil {
			t.Fatal(err)
		}
		m, err := b.Last(ctx, outs[1].Subject)
		if err != nil || !bytes.Equal(m.Data, outs[1].Data) {
			t.Errorf("%d bytes come back, %v", len(m.Data), err)
		}
	})
	t.Run("an ended context gives every message an error", func(t *testing.T) {
		done, cancel := context.WithCancel(ctx)
		cancel()
		for i, err := range b.PublishBatch(done, make100("late", 3)) {
			if err == nil {
				t.Errorf("message %d: no error", i)
			}
		}
	})
}

func TestSplit(t *testing.T) {
	list := make([]staged, 0, 500)
	for range 450 {
		m, err := Out{Subject: ArticleSubject("a"), Data: make([]byte, 15<<10)}.message()
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, staged{msg: m})
	}
	n := 0
	for i, part := range split(list) {
		size := 0
		for _, s := range part {
			size += len(s.msg.Data)
		}
		if len(part) == 0 || len(part) > batchMessages || size > batchBytes {
			t.Errorf("part %d has %d messages, %d bytes", i, len(part), size)
		}
		n += len(part)
	}
	if n != len(list) {
		t.Errorf("%d of %d messages", n, len(list))
	}
}

// A handler has a quarter of an hour. It does not spend it on waiting for an
// answer that was lost with its connection.
func TestLostAnswersAreNotWaitedFor(t *testing.T) {
	t.Parallel()
	s := outside(t)
	b := open(t, Options{URL: s.ClientURL(), Timeout: 200 * time.Millisecond})
	if _, err := b.KV(Sites).Put(t.Context(), "host", []byte("1")); err != nil {
		t.Fatal(err)
	}
	s.Shutdown()
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	outs := []Out{{Subject: ArticleSubject("a"), ID: "a"}, {Subject: ArticleSubject("b"), ID: "b"}}
	_, published := b.Publish(ctx, outs[0])
	_, last := b.Last(ctx, ArticleSubject("a"))
	_, _, got := b.KV(Sites).Get(ctx, "host")
	_, put := b.KV(Sites).Put(ctx, "host", []byte("2"))
	for i, err := range append(b.PublishBatch(ctx, outs), published, last, got, put) {
		if err == nil || copytaster.ClassOf(err) != copytaster.ClassTransient {
			t.Errorf("%d: %v is not to be tried again", i, err)
		}
	}
}
