// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/nats-io/nats.go"
)

// Access is how the bus shows an outside server who it is, and how it knows that
// the server is the right one. The zero value is a server without accounts.
type Access struct {
	User, Password string // a name and password
	NKeyFile       string // instead: the seed of an NKey (SU...), the server has its public half
	CredsFile      string // instead: a credentials file, a JWT and its seed, as nsc writes it
	TLS            bool   // refuse to speak without TLS, whatever the URL's scheme is
	CAFile         string // PEM of the authority that signed the server's certificate; "" for those of the system
	CertFile       string // PEM of our own certificate, where the server asks for one
	KeyFile        string // PEM of its key
	Inbox          string // first tokens of the subjects that answers come to; "" for the client's own, _INBOX
}

// check refuses what contradicts itself. It reads no file.
func (a Access) check() error {
	ways := 0
	for _, set := range []bool{a.User != "", a.NKeyFile != "", a.CredsFile != ""} {
		if set {
			ways++
		}
	}
	switch {
	case ways > 1:
		return errors.New("a user, an NKey and a credentials file exclude each other")
	case a.Password != "" && a.User == "":
		return errors.New("a password needs a user")
	case (a.CertFile == "") != (a.KeyFile == ""):
		return errors.New("a certificate and its key come together")
	case strings.ContainsAny(a.Inbox, " *>") || strings.HasSuffix(a.Inbox, "."):
		return fmt.Errorf("the inbox %q is not a plain subject", a.Inbox)
	}
	return nil
}

// options are the client's form. A file that cannot be read is an error here,
// and not at the first reconnect.
func (a Access) options() ([]nats.Option, error) {
	var opts []nats.Option
	if a.User != "" {
		opts = append(opts, nats.UserInfo(a.User, a.Password))
	}
	if a.NKeyFile != "" {
		o, err := nats.NkeyOptionFromSeed(a.NKeyFile)
		if err != nil {
			return nil, fmt.Errorf("NKey of %s: %w", a.NKeyFile, err)
		}
		opts = append(opts, o)
	}
	if a.CredsFile != "" {
		if err := readable(a.CredsFile); err != nil {
			return nil, fmt.Errorf("credentials: %w", err)
		}
		opts = append(opts, nats.UserCredentials(a.CredsFile))
	}
	if a.Inbox != "" {
		opts = append(opts, nats.CustomInboxPrefix(a.Inbox))
	}
	return append(opts, a.tls()...), nil
}

// tls are the options of the encrypted connection; the client reads the files
// when it connects.
func (a Access) tls() []nats.Option {
	var opts []nats.Option
	if a.TLS {
		opts = append(opts, nats.Secure())
	}
	if a.CAFile != "" {
		opts = append(opts, nats.RootCAs(a.CAFile))
	}
	if a.CertFile != "" {
		opts = append(opts, nats.ClientCert(a.CertFile, a.KeyFile))
	}
	return opts
}

func readable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return f.Close()
}

// redacted is a list of server URLs without what is secret in them.
func redacted(urls string) string {
	var out []string
	for one := range strings.SplitSeq(urls, ",") {
		u, err := url.Parse(strings.TrimSpace(one))
		if err != nil {
			return "the server"
		}
		u.User = nil
		out = append(out, u.String())
	}
	return strings.Join(out, ", ")
}
