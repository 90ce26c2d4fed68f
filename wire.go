// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// SchemaHeader is the message header that names the schema of a payload.
const SchemaHeader = "Copytaster-Schema"

// The schemas of the payloads: docs/WIRE.md describes each. Fields are only ever
// added; a change that would break a reader gets a new number.
const (
	SchemaArticle  = "copytaster.article.v1"
	SchemaDocument = "copytaster.document.v1"
	SchemaAlert    = "copytaster.alert.v1"
	SchemaOutcome  = "copytaster.outcome.v1"
)

// MaxWire is the largest payload, in bytes, that Decode reads.
const MaxWire = 64 << 20

// Wire is what travels between the stages.
type Wire interface {
	Article | Document | Alert | Outcome
}

// SchemaOf returns the schema of a type's payload.
func SchemaOf[T Wire]() string {
	switch any((*T)(nil)).(type) {
	case *Article:
		return SchemaArticle
	case *Document:
		return SchemaDocument
	case *Alert:
		return SchemaAlert
	}
	return SchemaOutcome
}

// Encode returns the payload of v, a JSON object. It refuses, as permanent, what
// Validate refuses, so that nothing broken is ever published.
func Encode[T Wire](v *T) ([]byte, error) {
	if err := validate(v); err != nil {
		return nil, Permanent(fmt.Errorf("encode %s: %w", SchemaOf[T](), err))
	}
	data, err := json.Marshal(v)
	if err != nil {
		return nil, Permanent(fmt.Errorf("encode %s: %w", SchemaOf[T](), err))
	}
	return data, nil
}

// Decode reads a payload and validates it. Unknown fields are ignored, missing
// ones have their zero value. schema is the message's header; "" is taken on
// trust. Every error is permanent: no repetition can mend a payload.
func Decode[T Wire](schema string, data []byte) (*T, error) {
	v, err := decode[T](schema, data)
	if err != nil {
		return nil, Permanent(fmt.Errorf("decode %s: %w", SchemaOf[T](), err))
	}
	return v, nil
}

func decode[T Wire](schema string, data []byte) (*T, error) {
	switch {
	case schema != "" && schema != SchemaOf[T]():
		return nil, fmt.Errorf("the payload's schema is %q", cutRunes(schema, 100))
	case len(data) > MaxWire:
		return nil, fmt.Errorf("%d bytes, more than %d", len(data), MaxWire)
	case !utf8.Valid(data):
		return nil, errors.New("not valid UTF-8")
	}
	v := new(T)
	if err := json.Unmarshal(data, v); err != nil {
		return nil, err
	}
	return v, validate(v)
}

func validate(v any) error {
	if v, ok := v.(interface{ Validate() error }); ok {
		return v.Validate()
	}
	return nil
}
