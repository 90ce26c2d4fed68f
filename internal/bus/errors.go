// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"errors"

	"github.com/nats-io/nats.go/jetstream"
)

// Errors that callers tell apart with errors.Is.
var (
	ErrConflict   = errors.New("somebody was faster")           // the expected last sequence or revision is not the last
	ErrExists     = errors.New("already there")                 // the subject or key has its message: the work is done
	ErrNotFound   = errors.New("not found")                     // no message, letter or key
	ErrFull       = errors.New("stream is full")                // transient: nothing was stored, try again later
	ErrStreamGone = errors.New("stream is gone")                // a store that had it has it no more
	ErrUnsafe     = errors.New("messages would be lost")        // the settings of a stream or of the server break the guarantees
	ErrDenied     = errors.New("not allowed to this user")      // the server's permissions
	ErrHardStop   = errors.New("stopped before the work ended") // cause of a handler's cancelled context
	errMissing    = errors.New("claim-check object is missing") // permanent: the body is not there
	errWrong      = errors.New("claim-check object is not the one announced")
)

// Error codes of the server that have no name in the client. Source: nats-server,
// server/errors.json.
const (
	codeStoreFailed      jetstream.ErrorCode = 10077 // stream full, or the subject has its message
	codeNoPeers          jetstream.ErrorCode = 10005 // no server of the cluster can take the stream
	codeNoResources      jetstream.ErrorCode = 10023
	codeNoStorage        jetstream.ErrorCode = 10047
	codeBatchDuplicate   jetstream.ErrorCode = 10201
	codeBatchTooMany     jetstream.ErrorCode = 10210
	codeBatchUnsupported jetstream.ErrorCode = 10177
)

// apiCode is the server's error code in err, or 0.
func apiCode(err error) jetstream.ErrorCode {
	var js jetstream.JetStreamError
	if errors.As(err, &js) && js.APIError() != nil {
		return js.APIError().ErrorCode
	}
	return 0
}
