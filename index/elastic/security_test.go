// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// signed makes a certificate for 127.0.0.1, signed by an authority or, where that
// is nil, by itself.
func signed(t *testing.T, by *tls.Certificate) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: by == nil, BasicConstraintsValid: true, DNSNames: []string{"localhost"},
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	parent, signer := template, any(key)
	if by != nil {
		parent, signer = by.Leaf, by.PrivateKey
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	c := tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key, Leaf: leaf}
	if by != nil {
		c.Certificate = append(c.Certificate, by.Certificate...)
	}
	return c
}

func fingerprint(c tls.Certificate) string {
	sum := sha256.Sum256(c.Leaf.Raw)
	return hex.EncodeToString(sum[:])
}

// secureServer answers every request, over TLS, with the credentials that it saw.
func secureServer(t *testing.T, c tls.Certificate) (address string) {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusOK, `{"seen":"`+r.Header.Get("Authorization")+`"}`)
	}))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{c}}
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // clients that hang up are what is tested
	s.StartTLS()
	t.Cleanup(s.Close)
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return "https://localhost:" + u.Port()
}

func seen(t *testing.T, o Options) (string, error) {
	t.Helper()
	x, err := connect(o)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	var a struct{ Seen string }
	err = x.call(t.Context(), esapi.ClusterHealthRequest{}, &a)
	return a.Seen, err
}

func TestCertificates(t *testing.T) {
	authority, stranger := signed(t, nil), signed(t, nil)
	server := signed(t, &authority)
	pemOf := func(c tls.Certificate) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Leaf.Raw})
	}
	address := secureServer(t, server)
	forged := signed(t, &stranger)
	forged.Certificate = append(forged.Certificate[:1], authority.Certificate...) // shows an authority that did not sign it
	for name, tt := range map[string]struct {
		o    Options
		good bool
	}{
		"the authority":                            {Options{URL: address, CA: pemOf(authority)}, true},
		"another authority":                        {Options{URL: address, CA: pemOf(stranger)}, false},
		"the server's fingerprint":                 {Options{URL: address, Fingerprint: fingerprint(server)}, true},
		"the authority's fingerprint":              {Options{URL: address, Fingerprint: fingerprint(authority)}, true},
		"another fingerprint":                      {Options{URL: address, Fingerprint: fingerprint(stranger)}, false},
		"the system's authorities":                 {Options{URL: address}, false},
		"the fingerprint of one that did not sign": {Options{URL: secureServer(t, forged), Fingerprint: fingerprint(authority)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := seen(t, tt.o); (err == nil) != tt.good {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestCredentials(t *testing.T) {
	c := signed(t, nil)
	address := secureServer(t, c)
	for want, o := range map[string]Options{
		"":                 {},
		"Basic dTpw":       {Username: "u", Password: "p"},
		"APIKey a2V5":      {APIKey: "a2V5", Username: "u", Password: "p"},
		"Basic dXNlcjpwdw": {},
	} {
		o.URL, o.Fingerprint = address, fingerprint(c)
		if want == "Basic dXNlcjpwdw" { // in the URL, as some write it
			o.URL = "https://user:pw@" + address[len("https://"):]
		}
		got, err := seen(t, o)
		if len(got) > len(want) && len(want) > 0 {
			got = got[:len(want)] // without the padding
		}
		if err != nil || got != want {
			t.Errorf("the server sees %q, %v; want %q", got, err, want)
		}
	}
}
