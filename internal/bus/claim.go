// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// maxClaim is the largest body that travels at all, in bytes.
const maxClaim = 64 << 20

// Metadata of a claim-check object: the message that names it.
const (
	claimStream  = "stream"
	claimSubject = "subject"
)

// putClaim stores o.Data as an object, waits until the server has it, and makes m
// name it instead of carrying it. The object's name follows from the message, so
// that a repeated publish finds its object.
func (b *Bus) putClaim(ctx context.Context, stream string, o Out, m *nats.Msg) error {
	if len(o.Data) > maxClaim {
		return copytaster.Permanent(fmt.Errorf("a body of %d bytes is larger than %d", len(o.Data), maxClaim))
	}
	sum := sha256.Sum256(o.Data)
	hexSum := hex.EncodeToString(sum[:])
	name := digest(stream, o.Subject, o.ID, hexSum)
	if err := b.ensureClaim(ctx, name, stream, o); err != nil {
		return err
	}
	m.Data = nil
	m.Header.Set(headerClaim, name)
	m.Header.Set(headerClaimSum, hexSum)
	m.Header.Set(headerClaimSize, strconv.Itoa(len(o.Data)))
	return nil
}

// ensureClaim writes the object, unless a young one is there: an old one could be
// swept between now and the message.
func (b *Bus) ensureClaim(ctx context.Context, name, stream string, o Out) error {
	ctx, cancel := b.bounded(ctx)
	defer cancel()
	info, err := b.objects.GetInfo(ctx, name)
	if err == nil && info.Size == uint64(len(o.Data)) && time.Since(info.ModTime) < b.o.ClaimAge/2 {
		return nil
	}
	meta := jetstream.ObjectMeta{Name: name, Metadata: map[string]string{claimStream: stream, claimSubject: o.Subject}}
	_, err = b.objects.Put(ctx, meta, bytes.NewReader(o.Data))
	if apiCode(err) == codeStoreFailed {
		return fmt.Errorf("claim check: %w: %w", ErrFull, err)
	}
	if err != nil {
		return fmt.Errorf("claim check: %w", err)
	}
	return nil
}

// resolve fetches the body of a message that names an object. A body that is
// missing, cut or altered is a permanent error: nothing partial is delivered. One
// that is cut on an outside server comes again first.
func (b *Bus) resolve(ctx context.Context, m *Message) error {
	name := m.Header[headerClaim]
	if name == "" {
		return nil
	}
	size, err := strconv.ParseInt(m.Header[headerClaimSize], 10, 64)
	if err != nil || size < 0 || size > maxClaim {
		return copytaster.Permanent(fmt.Errorf("claim check: a size of %q bytes", m.Header[headerClaimSize]))
	}
	data, err := b.getClaim(ctx, name, size)
	if err != nil {
		return err
	}
	if sum := sha256.Sum256(data); int64(len(data)) != size || hex.EncodeToString(sum[:]) != m.Header[headerClaimSum] {
		return copytaster.Permanent(fmt.Errorf("claim check %s: %w", name, errWrong))
	}
	m.Data = data
	delete(m.Header, headerClaim)
	delete(m.Header, headerClaimSum)
	delete(m.Header, headerClaimSize)
	return nil
}

// getClaim reads an object. It does not end with ctx but runs to its end, a
// matter of milliseconds: the client's reader would not notice, and wait for
// chunks that do not come any more until its time is up.
func (b *Bus) getClaim(ctx context.Context, name string, size int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), b.o.Timeout)
	defer cancel()
	obj, err := b.objects.Get(ctx, name)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return nil, copytaster.Permanent(fmt.Errorf("claim check %s: %w", name, errMissing))
	}
	if err != nil {
		return nil, fmt.Errorf("claim check %s: %w", name, err)
	}
	data, err := io.ReadAll(io.LimitReader(obj, size+1))
	err = errors.Join(err, obj.Close())
	if b.Shared() && int64(len(data)) < size {
		// A replica that is behind ends the object where its own copy ends.
		return nil, fmt.Errorf("claim check %s: %d of %d bytes: %w", name, len(data), size, errors.Join(errWrong, err))
	}
	if errors.Is(err, jetstream.ErrDigestMismatch) {
		return nil, copytaster.Permanent(fmt.Errorf("claim check %s: %w: %w", name, errWrong, err))
	}
	if err != nil {
		return nil, fmt.Errorf("claim check %s: %w", name, err)
	}
	return data, nil
}
