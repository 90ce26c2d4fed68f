// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
)

// crashVar makes the test binary publish and consume in a folder until it is
// killed. It says on its output what it was promised and what it has done.
const crashVar = "COPYTASTER_TEST_CRASH"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashVar); dir != "" {
		fmt.Fprintln(os.Stderr, crashing(dir, os.Stdin, os.Stdout))
		os.Exit(1) // it is killed before it comes here
	}
	os.Exit(m.Run())
}

// crashing publishes links, articles from them and alerts from those, as the
// pipeline does.
func crashing(dir string, in io.Reader, out io.Writer) error {
	ctx := context.Background()
	b, err := Open(ctx, Options{Dir: dir, AckWait: 300 * time.Millisecond, Delays: []time.Duration{50 * time.Millisecond, 50 * time.Millisecond, 50 * time.Millisecond,
		50 * time.Millisecond, 50 * time.Millisecond, 50 * time.Millisecond, 50 * time.Millisecond, 50 * time.Millisecond, 50 * time.Millisecond, 50 * time.Millisecond, 50 * time.Millisecond}})
	if err != nil {
		return err
	}
	go b.ConsumeShards(ctx, func(ctx context.Context, batch []Message) []error {
		id := string(batch[0].Data)
		_, err := b.Publish(ctx, Out{Subject: ArticleSubject(id), ID: "article-" + id, Data: batch[0].Data, Header: batch[0].Header})
		return []error{err}
	})
	go b.Consume(ctx, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 10, Done: copytaster.StateIndexed}, func(ctx context.Context, batch []Message) []error {
		outs := make([]Out, len(batch))
		for i, m := range batch {
			outs[i] = Out{Subject: AlertSubject("w", string(m.Data)), ID: "alert-" + string(m.Data), Data: m.Data}
		}
		return b.PublishBatch(ctx, outs)
	})
	round, err := bufio.NewReader(in).ReadString('\n')
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		id := strings.TrimSpace(round) + "-" + fmt.Sprint(n)
		o := Out{Subject: LinkSubject(id), ID: "link-" + id, Data: []byte(id), Header: map[string]string{HeaderURL: "https://news.example/" + id}}
		if _, err := b.Publish(ctx, o); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(out, id); err != nil {
			return err
		}
	}
}

// What the bus has confirmed survives any number of kills: every link becomes one
// article, one alert and one outcome.
func TestKilledAtAnyTime(t *testing.T) {
	if testing.Short() {
		t.Skip("ten rounds of a killed process")
	}
	t.Parallel()
	const rounds = 10
	dir := t.TempDir()
	promised := map[string]bool{}
	for round := range rounds {
		for _, id := range killedRound(t, dir, round) {
			promised[id] = true
		}
	}
	if len(promised) < rounds {
		t.Fatalf("only %d links in %d rounds", len(promised), rounds)
	}
	b := open(t, Options{Dir: dir, AckWait: 300 * time.Millisecond})
	pipe(t, b)
	eventually(t, "the line is empty", func() bool {
		st, err := b.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range st.Consumers {
			if (c.Stream == Links || c.Stream == Articles) && (c.Pending > 0 || c.AckPending > 0) {
				return false
			}
		}
		return true
	})
	ends := map[string]int{}
	for _, o := range waitOutcomes(t, b, 1) {
		ends[strings.TrimPrefix(o.URL, "https://news.example/")+" "+string(o.State)]++
	}
	for id := range promised {
		a, aerr := b.Last(t.Context(), ArticleSubject(id))
		l, lerr := b.Last(t.Context(), AlertSubject("w", id))
		if aerr != nil || lerr != nil || string(a.Data) != id || string(l.Data) != id {
			t.Errorf("%s is lost: %v, %v", id, aerr, lerr)
		}
		if n := ends[id+" "+string(copytaster.StateIndexed)]; n != 1 {
			t.Errorf("%s has %d outcomes", id, n)
		}
	}
	letters, err := b.Dead().List(t.Context(), "", 0, 10)
	if err != nil || len(letters) != 0 {
		t.Errorf("letters %+v, %v", letters, err)
	}
	once(t, b, Articles)
	once(t, b, Alerts)
	t.Logf("%d links in %d rounds", len(promised), rounds)
}

// pipe runs the two stages of the crashing process.
func pipe(t *testing.T, b *Bus) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- b.ConsumeShards(ctx, func(ctx context.Context, batch []Message) []error {
			id := string(batch[0].Data)
			_, err := b.Publish(ctx, Out{Subject: ArticleSubject(id), ID: "article-" + id, Data: batch[0].Data, Header: batch[0].Header})
			return []error{err}
		})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract", Batch: 10, Done: copytaster.StateIndexed}, func(ctx context.Context, batch []Message) []error {
		errs := make([]error, len(batch))
		for i, m := range batch {
			_, errs[i] = b.Publish(ctx, Out{Subject: AlertSubject("w", string(m.Data)), ID: "alert-" + string(m.Data), Data: m.Data})
		}
		return errs
	})
}

// once checks that no two messages of a stream say the same.
func once(t *testing.T, b *Bus, stream string) {
	t.Helper()
	info, err := b.streams[stream].Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for seq := info.State.FirstSeq; seq <= info.State.LastSeq; seq++ {
		raw, err := b.streams[stream].GetMsg(t.Context(), seq)
		if err != nil {
			t.Fatal(err)
		}
		if seen[string(raw.Data)] {
			t.Errorf("%s has %s twice", stream, raw.Data)
		}
		seen[string(raw.Data)] = true
	}
}

// killedRound runs the process for a moment, kills it, and returns what the bus
// had confirmed by then.
func killedRound(t *testing.T, dir string, round int) (ids []string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashVar+"="+dir)
	cmd.Stdin = strings.NewReader(fmt.Sprintf("%d\n", round))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	sc := bufio.NewScanner(out)
	timer := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	for sc.Scan() {
		ids = append(ids, sc.Text())
		if len(ids) == 1 { // the moment counts from the first promise
			time.AfterFunc(time.Duration(50+70*round)*time.Millisecond, func() { cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || len(ids) == 0 {
		t.Fatalf("round %d: %v, %d links, it said: %s", round, err, len(ids), stderr.String())
	}
	return ids
}
