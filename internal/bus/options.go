// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"time"

	"github.com/copytaster/copytaster"
)

// Options says where the streams live and how patient the bus is. The zero value
// of every field but Dir and URL has a default.
type Options struct {
	// Dir is the folder of the embedded store; the bus locks it. With a URL it is
	// optional and remembers only which streams the server had.
	Dir string
	// URL is an outside server, nats://host:4222, or those of a cluster, separated
	// by commas. Empty embeds one.
	URL string
	// Access is who we are to the outside server.
	Access Access
	// Monitors are the monitoring addresses of the outside servers,
	// http://host:8222: Open refuses one that does not sync every write. Without
	// them it cannot know, and says so.
	Monitors []string
	// Name is this process in the server's list of connections.
	Name string
	// ConnectWait is how long Open tries to reach an outside server. For a cluster
	// that answers and is not ready it waits four times as long.
	ConnectWait time.Duration

	Logger *slog.Logger
	// Replicas of every stream; 1 on a single server, 3 in a cluster.
	Replicas int
	// MaxBytes sets the size of streams and buckets by name, in bytes. Unnamed
	// ones keep the size that they were made with.
	MaxBytes map[string]int64
	// MaxStore caps the embedded store, in bytes. The default is what is used plus
	// nine tenths of what is free, and small disks get smaller streams.
	MaxStore int64
	// AllowLoss lets Open make a stream anew that the store has lost.
	AllowLoss bool

	// Delays is the redelivery table: the wait after the first failure, the
	// second, and so on. A message is delivered once more than there are delays,
	// then it is dead.
	Delays []time.Duration
	// AckWait is how long a silent worker holds a message; workers send a sign of
	// life at half of it.
	AckWait time.Duration
	// Timeout bounds one request to the server.
	Timeout time.Duration
	// Drain is how long handlers may go on after the consumer's context has ended.
	Drain time.Duration
	// Grace is how long a handler may take to notice that its context has ended;
	// then it is left behind.
	Grace time.Duration
	// PinnedTTL is how long a shard stays with a process that has gone silent.
	PinnedTTL time.Duration
	// PurgeEvery is the pace of Maintain.
	PurgeEvery time.Duration
	// ClaimAge is how old a claim-check object must be before Maintain asks whether
	// a message still names it.
	ClaimAge time.Duration
	// ClaimAbove is the size of a body, in bytes, above which it goes through the
	// object store.
	ClaimAbove int
	// ShardWorkers is the number of links of one shard at work at once.
	ShardWorkers int
	// Observe is told of every settled message; it must be quick. nil for none.
	Observe func(Observation)

	shrunk map[string]int64 // default sizes on a small disk
}

// Observation is what became of one message in one stage.
type Observation struct {
	Stage   string
	Class   copytaster.Class
	State   copytaster.State // "" where no outcome was emitted
	Dead    bool             // it went to the dead letters
	Elapsed time.Duration    // of the handler's call, which may have served a whole batch
}

// defaultDelays spread ten deliveries over a day, so that an outage of a night
// costs no dead letter.
func defaultDelays() []time.Duration {
	return []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute,
		time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour}
}

func (o Options) withDefaults() (Options, error) {
	if o.Dir == "" && o.URL == "" {
		return o, errors.New("open bus: neither a folder nor a URL is given")
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if len(o.Delays) == 0 {
		o.Delays = defaultDelays()
	}
	for i, d := range o.Delays {
		if d <= 0 || d > window/2 {
			return o, fmt.Errorf("open bus: delay %d is %v, not within (0, %v]", i+1, d, window/2)
		}
	}
	if err := o.Access.check(); err != nil {
		return o, fmt.Errorf("open bus: %w", err)
	}
	if o.Name == "" {
		o.Name = "copytaster"
	}
	o.ConnectWait = or(o.ConnectWait, 15*time.Second)
	o.Replicas = max(o.Replicas, 1)
	o.ShardWorkers = or(o.ShardWorkers, 8)
	o.ClaimAbove = or(o.ClaimAbove, 512<<10)
	o.AckWait = or(o.AckWait, 30*time.Second)
	o.Timeout = or(o.Timeout, 20*time.Second)
	o.Drain = or(o.Drain, 30*time.Second)
	o.Grace = or(o.Grace, 10*time.Second)
	o.PinnedTTL = or(o.PinnedTTL, 2*time.Minute)
	o.PurgeEvery = or(o.PurgeEvery, 10*time.Second)
	o.ClaimAge = or(o.ClaimAge, time.Hour)
	o.MaxBytes = maps.Clone(o.MaxBytes)
	return o, o.checkNames()
}

// checkNames refuses a size for a stream that does not exist: a misspelt name
// would otherwise leave the stream at its default.
func (o Options) checkNames() error {
	known := map[string]bool{claims: true}
	for _, s := range streamTable() {
		known[s.name] = true
	}
	for _, s := range bucketTable() {
		known[s.name] = true
	}
	for name, n := range o.MaxBytes {
		if !known[name] {
			return fmt.Errorf("open bus: no stream or bucket is called %q", name)
		}
		if n <= 0 {
			return fmt.Errorf("open bus: %s: a size of %d bytes", name, n)
		}
	}
	return nil
}

func or[T int | time.Duration](v, def T) T {
	if v <= 0 {
		return def
	}
	return v
}

func (o Options) maxBytes(name string, def int64) int64 {
	if n, ok := o.MaxBytes[name]; ok {
		return n
	}
	if n, ok := o.shrunk[name]; ok {
		return n
	}
	return def
}

// deliveries is how often a message is delivered at most.
func (o Options) deliveries() int { return len(o.Delays) + 1 }

// delay is the wait after a message's nth delivery failed.
func (o Options) delay(n int) time.Duration {
	return o.Delays[min(max(n, 1), len(o.Delays))-1]
}
