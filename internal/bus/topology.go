// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"strconv"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// The streams.
const (
	Links      = "LINKS"      // copytaster.link.SHARD: work queue of the fetch stage
	Articles   = "ARTICLES"   // copytaster.article.ID
	Documents  = "DOCUMENTS"  // copytaster.document.ID
	Alerts     = "ALERTS"     // copytaster.alert.WATCH.ID: one message per subject
	Ledger     = "LEDGER"     // copytaster.ledger.STAGE
	Advisories = "ADVISORIES" // the server's word on messages that used up their deliveries
	Retries    = "RETRIES"    // copytaster.retry.DURABLE: dead letters on their way back
	Dead       = "DEAD"       // copytaster.dead.STAGE.ID: one message per letter
)

// The key-value buckets.
const (
	Sources = "SOURCES" // checkpoint, next poll and failure streak of each source
	Watches = "WATCHES" // watches made in the pages
	Sites   = "SITES"   // what the stripper has learned of each host

	Decisions = "DECISIONS" // what the newsroom has said of discovered suppliers
)

// claims is the object store of the bodies that are too large for a message.
const claims = "CLAIMS"

// window is how long the server remembers message ids. A process that dies
// between publishing and acking repeats itself after one delay of the redelivery
// table, so the window is longer than the longest delay.
const window = 24 * time.Hour

const mib = 1 << 20

// streamSpec is one row of the stream table.
type streamSpec struct {
	name     string
	subjects string
	maxBytes int64
	queue    bool // work queue: an acked message is gone
	once     bool // one message per subject for ever
	purge    bool // purged up to the lowest ack floor when nearly full
	nodedup  bool // no message ids: the subject is the identity
}

// streamTable lists every stream in the order of the line. A stream keeps what
// it was made with: see ensureStream.
func streamTable() []streamSpec {
	return []streamSpec{
		{name: Links, subjects: "copytaster.link.*", maxBytes: 256 * mib, queue: true},
		{name: Articles, subjects: "copytaster.article.*", maxBytes: 1024 * mib, purge: true},
		{name: Documents, subjects: "copytaster.document.*", maxBytes: 1024 * mib, purge: true},
		{name: Alerts, subjects: "copytaster.alert.*.*", maxBytes: 512 * mib, once: true},
		{name: Ledger, subjects: "copytaster.ledger.*", maxBytes: 256 * mib, purge: true},
		{name: Retries, subjects: "copytaster.retry.*", maxBytes: 128 * mib, queue: true},
		{name: Advisories, subjects: advisorySubject, maxBytes: 16 * mib, purge: true, nodedup: true},
		{name: Dead, subjects: "copytaster.dead.*.*", maxBytes: 256 * mib, once: true, nodedup: true},
	}
}

const advisorySubject = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.*.*"

// bucketSpec is one row of the bucket table.
type bucketSpec struct {
	name     string
	maxBytes int64
	maxValue int32 // bytes of one value
}

func bucketTable() []bucketSpec {
	return []bucketSpec{
		{name: Sources, maxBytes: 128 * mib, maxValue: 512 << 10},
		{name: Watches, maxBytes: 32 * mib, maxValue: 512 << 10},
		{name: Sites, maxBytes: 256 * mib, maxValue: 64 << 10},
		{name: Decisions, maxBytes: 32 * mib, maxValue: 4 << 10},
	}
}

const claimBytes = 512 * mib

// workTable lists the consumers that every installation has; what a stage reads
// stands on the line from the start, also while nobody runs the stage. Channels
// add their own when they start.
func workTable() []Consumer {
	var out []Consumer
	for n := range Shards {
		out = append(out, shardConsumer(n))
	}
	return append(out,
		Consumer{Stage: "extract", Stream: Articles, Durable: "extract"},
		Consumer{Stage: "index", Stream: Documents, Durable: "index"},
		Consumer{Stage: "alert", Stream: Documents, Durable: "alert"},
		Consumer{Stage: "ledger", Stream: Ledger, Durable: "ledger"},
	)
}

func shardConsumer(n int) Consumer {
	shard := strconv.Itoa(n)
	return Consumer{
		Stage: "fetch", Stream: Links, Durable: "fetch-" + shard, Filter: "copytaster.link." + shard,
		MaxInFlight: 10000, Pinned: true, Independent: true, Done: copytaster.StatePending,
	}
}

func (s streamSpec) config(o Options) jetstream.StreamConfig {
	c := jetstream.StreamConfig{
		Name: s.name, Subjects: []string{s.subjects}, Storage: jetstream.FileStorage, Replicas: o.Replicas,
		Discard: jetstream.DiscardNew, MaxBytes: o.maxBytes(s.name, s.maxBytes), MaxMsgs: -1,
		Duplicates: window, AllowAtomicPublish: true,
	}
	if s.queue {
		c.Retention = jetstream.WorkQueuePolicy
	}
	if s.once {
		c.MaxMsgsPerSubject, c.DiscardNewPerSubject = 1, true
	}
	if s.nodedup {
		c.Duplicates = 2 * time.Minute
	}
	return c
}

// streamConfigs lists the server's form of every stream: ours, then those behind
// the buckets and the object store.
func streamConfigs(o Options) []jetstream.StreamConfig {
	var out []jetstream.StreamConfig
	for _, s := range streamTable() {
		out = append(out, s.config(o))
	}
	for _, s := range bucketTable() {
		out = append(out, s.config(o))
	}
	return append(out, claimConfig(o))
}

// config is the stream behind a bucket. The client would make the same, but for
// reads that any replica answers. Source: nats.go, jetstream/kv.go.
func (s bucketSpec) config(o Options) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: "KV_" + s.name, Subjects: []string{"$KV." + s.name + ".>"}, Storage: jetstream.FileStorage, Replicas: o.Replicas,
		Discard: jetstream.DiscardNew, MaxBytes: o.maxBytes(s.name, s.maxBytes), MaxMsgSize: s.maxValue + maxHeader,
		MaxMsgsPerSubject: 1, AllowRollup: true, DenyDelete: true, MaxMsgs: -1, MaxConsumers: -1, Duplicates: 2 * time.Minute,
	}
}

// claimConfig is the stream behind the object store, made like a bucket's. Source:
// nats.go, jetstream/object.go.
func claimConfig(o Options) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: "OBJ_" + claims, Subjects: []string{"$O." + claims + ".C.>", "$O." + claims + ".M.>"}, Storage: jetstream.FileStorage,
		Replicas: o.Replicas, Discard: jetstream.DiscardNew, MaxBytes: o.maxBytes(claims, claimBytes), MaxMsgs: -1, AllowRollup: true,
		Duplicates: 2 * time.Minute,
	}
}

// config is the server's form of a consumer.
func (c Consumer) config(o Options) jetstream.ConsumerConfig {
	cfg := jetstream.ConsumerConfig{
		Durable: c.Durable, FilterSubject: c.Filter, AckPolicy: jetstream.AckExplicitPolicy,
		MaxAckPending: c.MaxInFlight, MaxDeliver: o.deliveries(), AckWait: o.AckWait,
		Metadata: map[string]string{metaStage: c.Stage}, // replicas: those of the stream
	}
	if c.FromNow {
		cfg.DeliverPolicy = jetstream.DeliverNewPolicy
	}
	if c.Pinned {
		cfg.PriorityPolicy, cfg.PriorityGroups, cfg.PinnedTTL = jetstream.PriorityPolicyPinned, []string{pinGroup}, o.PinnedTTL
	}
	return cfg
}

const (
	metaStage = "copytaster-stage" // in a consumer's metadata: its stage
	pinGroup  = "owner"
)
