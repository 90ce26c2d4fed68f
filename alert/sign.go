// SPDX-License-Identifier: Apache-2.0

package alert

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The sizes of a signing key, from the Standard Webhooks specification 1.0.0.
const (
	secretPrefix = "whsec_"
	minKey       = 24
	maxKey       = 64
)

// signer signs deliveries as the Standard Webhooks specification 1.0.0 has it
// (HMAC-SHA256 of "id.timestamp.body"), once with each key, so that a receiver
// may change its secret without losing one.
type signer struct{ keys [][]byte }

// newSigner reads secrets of the form whsec_BASE64.
func newSigner(secrets []string) (*signer, error) {
	s := &signer{}
	for i, secret := range secrets {
		key, err := signingKey(secret)
		if err != nil {
			return nil, fmt.Errorf("secret %d: %w", i+1, err)
		}
		s.keys = append(s.keys, key)
	}
	return s, nil
}

func signingKey(secret string) ([]byte, error) {
	encoded, ok := strings.CutPrefix(strings.TrimSpace(secret), secretPrefix)
	if !ok {
		return nil, errors.New("it must be whsec_ and base64")
	}
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, errors.New("what follows whsec_ is not base64")
	}
	if len(key) < minKey || len(key) > maxKey {
		return nil, fmt.Errorf("the key has %d bytes; it must have %d to %d", len(key), minKey, maxKey)
	}
	return key, nil
}

// sign returns the value of webhook-signature: one signature for each key.
func (s *signer) sign(id string, at time.Time, body []byte) string {
	signatures := make([]string, len(s.keys))
	for i, key := range s.keys {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
		mac.Write(body)
		signatures[i] = "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	return strings.Join(signatures, " ")
}
