// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"

	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// streamDir is where the embedded server keeps a stream, or what parts name in it.
func streamDir(dir, stream string, parts ...string) string {
	return filepath.Join(append([]string{dir, "store", "jetstream", "$G", "streams", stream}, parts...)...)
}

// A process that is killed while it makes the streams leaves a folder that
// starts, keeps what is published into it, and starts again.
func TestKilledAtTheFirstStart(t *testing.T) {
	if testing.Short() {
		t.Skip("a killed process for every stream")
	}
	t.Parallel()
	for _, name := range []string{Links, Ledger, "KV_" + Sources, "OBJ_" + claims} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			killedOnceMade(t, dir, streamDir(dir, name, server.JetStreamMetaFile))
			holdsOne(t, dir)
		})
	}
}

// holdsOne publishes into a folder and finds it after another start.
func holdsOne(t *testing.T, dir string) {
	t.Helper()
	keepsOne(t, open(t, Options{Dir: dir}), dir)
}

// keepsOne does the same with an open store, which it closes.
func keepsOne(t *testing.T, b *Bus, dir string) {
	t.Helper()
	publish(t, b, ArticleSubject("a"), 1)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, Options{Dir: dir})
	if m, err := again.Last(t.Context(), ArticleSubject("a")); err != nil || string(m.Data) != "0" {
		t.Errorf("%+v, %v", m, err)
	}
}

// The same for a kill at the worst moment of the first start, and for a folder
// that went on from there before the checksum was written at the start.
func TestStreamWithoutChecksum(t *testing.T) {
	t.Parallel()
	for name, known := range map[string]bool{"just made": false, "long in use": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			closed(t, dir)
			remove(t, streamDir(dir, Articles, server.JetStreamMetaFileSum))
			if !known {
				remove(t, filepath.Join(dir, markerName))
			}
			holdsOne(t, dir)
		})
	}
}

// A kill within a change of size leaves the new description with the old
// checksum. One that has changed since its checksum was written is damaged.
func TestStreamWithOldChecksum(t *testing.T) {
	t.Parallel()
	for name, hurt := range map[string]struct {
		after time.Duration
		want  error
	}{
		"killed within a change": {time.Minute, nil},
		"damaged":                {-time.Minute, ErrStreamGone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			closed(t, dir)
			meta, sum := streamDir(dir, Articles, server.JetStreamMetaFile), streamDir(dir, Articles, server.JetStreamMetaFileSum)
			raw, err := os.ReadFile(meta)
			if err != nil {
				t.Fatal(err)
			}
			changed := bytes.Replace(raw, []byte(`"max_bytes":10`), []byte(`"max_bytes":20`), 1)
			if bytes.Equal(raw, changed) {
				t.Fatalf("no size in %s", raw)
			}
			summed, err := os.Stat(sum)
			if err != nil {
				t.Fatal(err)
			}
			at := summed.ModTime().Add(hurt.after)
			if err := errors.Join(os.WriteFile(meta, changed, 0o600), os.Chtimes(meta, at, at)); err != nil {
				t.Fatal(err)
			}
			b, err := Open(t.Context(), Options{Dir: dir})
			if !errors.Is(err, hurt.want) {
				t.Fatalf("error %v", err)
			}
			if b == nil {
				return
			}
			if m, err := b.Last(t.Context(), ArticleSubject("a")); err != nil || string(m.Data) != "0" {
				t.Errorf("%+v, %v", m, err)
			}
			if err := b.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// A channel that was made in the moment of a kill is on the line after a start,
// also while nobody runs it: what waits for it is seen.
func TestConsumerWithoutChecksum(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := Consumer{Stage: "notify", Stream: Alerts, Durable: "notify-desk", FromNow: true}
	b := open(t, Options{Dir: dir})
	if err := b.ensureSources(t.Context(), c.withDefaults()); err != nil {
		t.Fatal(err)
	}
	publish(t, b, AlertSubject("w", "a"), 1)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	remove(t, streamDir(dir, Alerts, "obs", c.Durable, server.JetStreamMetaFileSum))
	again := open(t, Options{Dir: dir})
	have, err := again.streams[Alerts].Consumer(t.Context(), c.Durable)
	if err != nil {
		t.Fatal(err)
	}
	if n := have.CachedInfo().NumPending; n != 1 {
		t.Errorf("%d alerts wait for the channel", n)
	}
}

// closed makes a folder with one article in it.
func closed(t *testing.T, dir string) {
	t.Helper()
	b := open(t, Options{Dir: dir, MaxBytes: map[string]int64{Articles: 10 * mib}})
	publish(t, b, ArticleSubject("a"), 1)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// killedOnceMade starts the process that publishes and kills it as soon as a file
// is there.
func killedOnceMade(t *testing.T, dir, file string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashVar+"="+dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		if _, err := os.Stat(file); err == nil {
			break
		}
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if _, err := os.Stat(file); err != nil {
		t.Fatal(err)
	}
}
