// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// Shards is the number of link shards. It is part of the wire: changing it would
// hand a host to two owners.
const Shards = 32

// maxToken is the longest token that is spelled out; a longer one is hashed.
const maxToken = 128

// maxSubject is the longest subject that is published.
const maxSubject = 512

// Shard is the link shard of a host: its FNV-1a hash modulo Shards. All links of
// one host stand in one shard, which one process owns and paces.
func Shard(host string) int {
	h := fnv.New32a()
	h.Write([]byte(strings.ToLower(strings.TrimSuffix(host, "."))))
	return int(h.Sum32() % Shards)
}

// LinkSubject is where links of a host are published.
func LinkSubject(host string) string { return "copytaster.link." + strconv.Itoa(Shard(host)) }

// ArticleSubject is where the revisions of an article are published.
func ArticleSubject(id string) string { return "copytaster.article." + Token(id) }

// DocumentSubject is where the revisions of a document are published.
func DocumentSubject(id string) string { return "copytaster.document." + Token(id) }

// AlertSubject is the identity of an alert: the server keeps one message on it.
func AlertSubject(watch, id string) string {
	return "copytaster.alert." + Token(watch) + "." + Token(id)
}

// AlertsOf is where all alerts of an article stand, whatever watch it rang: a
// filter, for EraseWhere.
func AlertsOf(id string) string { return "copytaster.alert.*." + Token(id) }

// LedgerSubject is where the outcomes of a stage are published.
func LedgerSubject(stage string) string { return "copytaster.ledger." + Token(stage) }

func deadSubject(stage, id string) string {
	return "copytaster.dead." + Token(stage) + "." + Token(id)
}

func retrySubject(durable string) string { return "copytaster.retry." + Token(durable) }

// Token makes one subject token of any string, so that what comes from outside
// stays in its own subtree. Letters, digits and '-' stand for themselves, every
// other byte becomes _XX in hexadecimal; the empty string is "_", and what would
// be longer than 128 bytes is "_h" and its SHA-256. Different strings give
// different tokens.
func Token(s string) string {
	if s == "" {
		return "_"
	}
	var b strings.Builder
	for i := 0; i < len(s) && b.Len() <= maxToken; i++ {
		if c := s[i]; plain(c) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "_%02X", c)
		}
	}
	if b.Len() > maxToken {
		sum := sha256.Sum256([]byte(s))
		return "_h" + hex.EncodeToString(sum[:])
	}
	return b.String()
}

func plain(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-'
}

// checkSubject refuses what is not one plain subject of ours: wildcards, empty
// tokens, blanks, control characters, somebody else's tree.
func checkSubject(s string) error {
	if len(s) > maxSubject {
		return fmt.Errorf("subject of %d bytes is longer than %d", len(s), maxSubject)
	}
	tokens := strings.Split(s, ".")
	if len(tokens) < 3 || tokens[0] != "copytaster" {
		return fmt.Errorf("subject %q is not copytaster.<kind>.<name>", s)
	}
	for _, t := range tokens {
		if t == "" {
			return fmt.Errorf("subject %q has an empty token", s)
		}
		for i := range len(t) {
			if !plain(t[i]) && t[i] != '_' {
				return fmt.Errorf("subject %q has the byte %q; encode tokens with Token", s, t[i])
			}
		}
	}
	return nil
}

// digest is a short name for what the parts say together; no two lists of parts
// share their joined form.
func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
