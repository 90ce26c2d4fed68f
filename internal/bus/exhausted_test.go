// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// die takes the only message of a durable as often as the server gives it and
// never answers, as a process does that is killed on every delivery; then another
// process asks, which is when the server notices.
func die(t *testing.T, b *Bus, c Consumer) {
	t.Helper()
	cons, err := b.streams[c.Stream].Consumer(t.Context(), c.Durable)
	if err != nil {
		t.Fatal(err)
	}
	opts := []jetstream.FetchOpt{jetstream.FetchMaxWait(5 * time.Second)}
	if c.Pinned {
		opts = append(opts, jetstream.FetchPriorityGroup(pinGroup))
	}
	for n := range b.o.deliveries() {
		batch, err := cons.Fetch(1, opts...)
		if err != nil {
			t.Fatal(err)
		}
		if m := <-batch.Messages(); m == nil {
			t.Fatalf("delivery %d did not come: %v", n+1, batch.Error())
		}
	}
	opts[0] = jetstream.FetchMaxWait(time.Second)
	batch, err := cons.Fetch(1, opts...)
	if err != nil {
		t.Fatal(err)
	}
	for m := range batch.Messages() {
		t.Fatalf("delivered once more: %s", m.Subject())
	}
}

// A process that dies on the last delivery leaves a message that the server never
// delivers again. Its advisory brings it to the dead letters.
func TestDeathOnTheLastDelivery(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]Consumer{
		"in a work queue": shardConsumer(Shard("a")),
		"in a stream":     {Stage: "extract", Stream: Articles, Durable: "extract"},
		"of a retry":      Consumer{Stage: "extract", Stream: Articles, Durable: "extract"}.twin(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, Options{AckWait: 50 * time.Millisecond, PurgeEvery: 50 * time.Millisecond})
			ctx := t.Context()
			in := Out{Subject: ArticleSubject("a"), ID: "id", Data: []byte("body"), Header: map[string]string{HeaderURL: "https://news.example/a"}}
			switch c.Stream {
			case Links:
				in.Subject = LinkSubject("a")
			case Retries:
				in = retryOf(Letter{ID: "l", Stage: "extract", Durable: "extract", Stream: Articles, Subject: in.Subject, MsgID: in.ID, Data: in.Data, Header: in.Header})
				if err := b.ensureConsumer(ctx, c); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := b.Publish(ctx, in); err != nil {
				t.Fatal(err)
			}
			die(t, b, c)
			run, cancel := context.WithCancel(ctx)
			ended := make(chan error)
			go func() { ended <- b.Maintain(run) }()
			l := waitLetter(t, b)
			if l.Stage != c.Stage || l.Durable != origin(c) || string(l.Data) != "body" || l.Deliveries < b.o.deliveries() {
				t.Errorf("letter %+v", l)
			}
			if out := waitOutcomes(t, b, 1)[0]; out.State != copytaster.StateDead || out.Stage != c.Stage {
				t.Errorf("outcome %+v", out)
			}
			settled(t, b, Advisories, janitor)
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
			info, err := b.streams[c.Stream].Info(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if spec, _ := specNamed(c.Stream); spec.queue != (info.State.Msgs == 0) {
				t.Errorf("%d messages are left in %s", info.State.Msgs, c.Stream)
			}
		})
	}
}

func TestAdvisoriesThatMeanNothing(t *testing.T) {
	t.Parallel()
	b := open(t, Options{})
	ctx := t.Context()
	for _, data := range []string{"", "not json", `{"stream":"OTHER","consumer":"x","stream_seq":1}`, `{"stream":"LINKS","consumer":"x","stream_seq":77}`} {
		if _, err := b.js.Publish(ctx, "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.LINKS.x", []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.buryExhausted(ctx); err != nil {
		t.Fatal(err)
	}
	settled(t, b, Advisories, janitor)
	if list, err := b.Dead().List(ctx, "", 0, 10); err != nil || len(list) != 0 {
		t.Errorf("letters %v, %v", list, err)
	}
}
