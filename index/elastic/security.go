// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// security is the TLS configuration: an authority of our own, or a fingerprint,
// or the system's authorities.
func (o *Options) security(host string) (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if len(o.CA) > 0 {
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(o.CA) {
			return nil, errors.New("the authority's file holds no certificate in PEM")
		}
	}
	if o.Fingerprint == "" {
		return c, nil
	}
	want, err := hex.DecodeString(strings.ReplaceAll(o.Fingerprint, ":", ""))
	if err != nil || len(want) != sha256.Size {
		return nil, errors.New("the fingerprint must be a SHA-256 in hex")
	}
	if len(o.CA) > 0 {
		return nil, errors.New("give an authority or a fingerprint, not both")
	}
	c.InsecureSkipVerify = true // VerifyConnection does it
	c.VerifyConnection = func(s tls.ConnectionState) error { return verifyPinned(s.PeerCertificates, want, host) }
	return c, nil
}

// verifyPinned accepts a server whose certificate has the fingerprint, or that
// shows an authority which has it and signed the server's certificate.
func verifyPinned(chain []*x509.Certificate, want []byte, host string) error {
	for i, c := range chain {
		if sum := sha256.Sum256(c.Raw); !bytes.Equal(sum[:], want) {
			continue
		}
		if i == 0 {
			return nil
		}
		roots := x509.NewCertPool()
		roots.AddCert(c)
		between := x509.NewCertPool()
		for _, b := range chain[1:i] {
			between.AddCert(b)
		}
		_, err := chain[0].Verify(x509.VerifyOptions{DNSName: host, Roots: roots, Intermediates: between})
		return err
	}
	return fmt.Errorf("no certificate that %s shows has the fingerprint", host)
}
