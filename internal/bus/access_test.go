// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"
)

// guarded starts a server that is not ours and asks for a login.
func guarded(t *testing.T, change func(*server.Options)) *server.Server {
	t.Helper()
	o := &server.Options{Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true, SyncAlways: true}
	change(o)
	return serve(t, o)
}

func serve(t *testing.T, o *server.Options) *server.Server {
	t.Helper()
	s, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server did not start")
	}
	return s
}

// works takes one message through a bus that is reached with an access.
func works(t *testing.T, url string, a Access) {
	t.Helper()
	b := open(t, Options{URL: url, Access: a})
	publish(t, b, ArticleSubject("a"), 1)
	if m, err := b.Last(t.Context(), ArticleSubject("a")); err != nil || string(m.Data) != "0" {
		t.Errorf("%+v, %v", m, err)
	}
}

// refusedAtOnce opens a bus that must be refused, without waiting.
func refusedAtOnce(t *testing.T, url string, a Access) error {
	t.Helper()
	b, err := Open(t.Context(), Options{URL: url, Access: a, ConnectWait: time.Hour})
	if err == nil {
		b.Close()
		t.Fatal("no error")
	}
	return err
}

func TestUserAndPassword(t *testing.T) {
	t.Parallel()
	s := guarded(t, func(o *server.Options) { o.Username, o.Password = "desk", "right" })
	works(t, s.ClientURL(), Access{User: "desk", Password: "right", Inbox: "_INBOX.desk"})
	for _, a := range []Access{{}, {User: "desk", Password: "wrong"}, {User: "other", Password: "right"}} {
		if err := refusedAtOnce(t, s.ClientURL(), a); !errors.Is(err, nats.ErrAuthorization) || strings.Contains(err.Error(), "wrong") {
			t.Errorf("%+v: %v", a, err)
		}
	}
}

func TestNKey(t *testing.T) {
	t.Parallel()
	key, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	s := guarded(t, func(o *server.Options) { o.Nkeys = []*server.NkeyUser{{Nkey: public}} })
	works(t, s.ClientURL(), Access{NKeyFile: seedFile(t, key)})
	other, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	if err := refusedAtOnce(t, s.ClientURL(), Access{NKeyFile: seedFile(t, other)}); !errors.Is(err, nats.ErrAuthorization) {
		t.Errorf("another key: %v", err)
	}
	if err := refusedAtOnce(t, s.ClientURL(), Access{NKeyFile: "nowhere.nk"}); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "nowhere.nk") {
		t.Errorf("no file: %v", err)
	}
}

func seedFile(t *testing.T, key nkeys.KeyPair) string {
	t.Helper()
	seed, err := key.Seed()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "user.nk")
	if err := os.WriteFile(path, seed, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCredentialsFile(t *testing.T) {
	t.Parallel()
	url, creds := operated(t)
	works(t, url, Access{CredsFile: creds})
	if err := refusedAtOnce(t, url, Access{}); !errors.Is(err, nats.ErrAuthorization) {
		t.Errorf("no credentials: %v", err)
	}
	if err := refusedAtOnce(t, url, Access{CredsFile: "nowhere.creds"}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// operated starts a server that trusts an operator, with one account, and returns
// its URL and the credentials file of a user.
func operated(t *testing.T) (url, creds string) {
	t.Helper()
	pair := func(create func() (nkeys.KeyPair, error)) (nkeys.KeyPair, string) {
		k, err := create()
		if err != nil {
			t.Fatal(err)
		}
		public, err := k.PublicKey()
		if err != nil {
			t.Fatal(err)
		}
		return k, public
	}
	opKey, opPub := pair(nkeys.CreateOperator)
	sysKey, sysPub := pair(nkeys.CreateAccount)
	accKey, accPub := pair(nkeys.CreateAccount)
	userKey, userPub := pair(nkeys.CreateUser)
	op := jwt.NewOperatorClaims(opPub)
	op.SystemAccount = sysPub
	acc := jwt.NewAccountClaims(accPub)
	acc.Limits.JetStreamLimits = jwt.JetStreamLimits{MemoryStorage: -1, DiskStorage: -1, Streams: -1, Consumer: -1, MaxAckPending: -1}
	encode := func(c jwt.Claims, k nkeys.KeyPair) string {
		token, err := c.Encode(k)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	opToken := encode(op, opKey)
	trusted, err := jwt.DecodeOperatorClaims(opToken)
	if err != nil {
		t.Fatal(err)
	}
	resolver := &server.MemAccResolver{}
	for pub, token := range map[string]string{accPub: encode(acc, opKey), sysPub: encode(jwt.NewAccountClaims(sysPub), opKey)} {
		if err := resolver.Store(pub, token); err != nil {
			t.Fatal(err)
		}
	}
	_ = sysKey
	s := guarded(t, func(o *server.Options) {
		o.TrustedOperators, o.SystemAccount, o.AccountResolver = []*jwt.OperatorClaims{trusted}, sysPub, resolver
	})
	seed, err := userKey.Seed()
	if err != nil {
		t.Fatal(err)
	}
	text, err := jwt.FormatUserConfig(encode(jwt.NewUserClaims(userPub), accKey), seed)
	if err != nil {
		t.Fatal(err)
	}
	creds = filepath.Join(t.TempDir(), "desk.creds")
	if err := os.WriteFile(creds, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return s.ClientURL(), creds
}

func TestTLS(t *testing.T) {
	t.Parallel()
	ca, cert, key := certificate(t)
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	pem, err := os.ReadFile(ca)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	s := guarded(t, func(o *server.Options) {
		o.TLS, o.TLSConfig = true, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12,
			ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool}
	})
	url := strings.Replace(s.ClientURL(), "nats://", "tls://", 1)
	works(t, url, Access{CAFile: ca, CertFile: cert, KeyFile: key})
	for name, a := range map[string]Access{
		"an unknown authority": {CertFile: cert, KeyFile: key},
		"no certificate":       {CAFile: ca},
		"a missing authority":  {CAFile: "nowhere.pem", CertFile: cert, KeyFile: key},
	} {
		if b, err := Open(t.Context(), Options{URL: url, Access: a, ConnectWait: time.Millisecond}); err == nil {
			b.Close()
			t.Errorf("%s: no error", name)
		}
	}
}

func TestTLSIsNotGivenUp(t *testing.T) {
	t.Parallel()
	s := outside(t) // speaks without TLS only
	if err := refusedAtOnce(t, s.ClientURL(), Access{TLS: true}); !errors.Is(err, nats.ErrSecureConnWanted) {
		t.Errorf("error %v", err)
	}
}

// certificate makes one that signs itself for 127.0.0.1, and returns the files of
// the authority, the certificate and the key.
func certificate(t *testing.T) (ca, cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "bus"}, NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, kind string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	cert = write("cert.pem", "CERTIFICATE", der)
	return cert, cert, write("key.pem", "PRIVATE KEY", secret)
}

func TestAccessThatContradictsItself(t *testing.T) {
	for name, a := range map[string]Access{
		"two logins":         {User: "a", NKeyFile: "b"},
		"three logins":       {User: "a", NKeyFile: "b", CredsFile: "c"},
		"a lone password":    {Password: "a"},
		"half a certificate": {CertFile: "a"},
		"a wildcard inbox":   {Inbox: "_INBOX.>"},
	} {
		if b, err := Open(t.Context(), Options{URL: "nats://127.0.0.1:1", Access: a, ConnectWait: time.Hour}); err == nil {
			b.Close()
			t.Errorf("%s: no error", name)
		}
	}
}

func TestSecretsStayOutOfErrors(t *testing.T) {
	_, err := Open(t.Context(), Options{URL: "nats://desk:hunter2@127.0.0.1:1,nats://127.0.0.1:2", ConnectWait: time.Millisecond})
	if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "127.0.0.1:2") {
		t.Errorf("error %v", err)
	}
}

// What a user may not do is said as such, and not as a server that is silent.
func TestDeniedIsSaid(t *testing.T) {
	t.Parallel()
	s := guarded(t, func(o *server.Options) {
		o.Users = []*server.User{
			{Username: "all", Password: "pw"},
			{Username: "few", Password: "pw", Permissions: &server.Permissions{Publish: &server.SubjectPermission{Deny: []string{"$JS.API.CONSUMER.>"}}}},
		}
	})
	var log bytes.Buffer
	_, err := Open(t.Context(), Options{URL: s.ClientURL(), Access: Access{User: "few", Password: "pw"}, Timeout: time.Second,
		Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if !errors.Is(err, ErrDenied) || !strings.Contains(err.Error(), "$JS.API.CONSUMER") {
		t.Errorf("error %v\n%s", err, log.String())
	}
	works(t, s.ClientURL(), Access{User: "all", Password: "pw"})
}

// The bus comes back to a server that was away, says that it is gone meanwhile,
// and loses nothing.
func TestServerAwayAndBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	o := &server.Options{Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: dir, NoLog: true, NoSigs: true, SyncAlways: true}
	s, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server did not start")
	}
	b := open(t, Options{URL: s.ClientURL(), Timeout: 2 * time.Second, AckWait: time.Second})
	seen := make(chan string, 10)
	consume(t, b, Consumer{Stage: "extract", Stream: Articles, Durable: "extract"}, func(_ context.Context, batch []Message) []error {
		seen <- string(batch[0].Data)
		return []error{nil}
	})
	publish(t, b, ArticleSubject("before"), 1)
	<-seen
	port := s.Addr().(*net.TCPAddr).Port
	s.Shutdown()
	s.WaitForShutdown()
	eventually(t, "the loss in the status", func() bool {
		st, err := b.Status(t.Context())
		return err == nil && strings.Contains(st.Problem, "not connected") && !st.Idle()
	})
	if err := b.Ready(t.Context()); err == nil {
		t.Error("ready without a server")
	}
	o.Port = port
	serve(t, o)
	eventually(t, "the server", func() bool { return b.Ready(t.Context()) == nil })
	publish(t, b, ArticleSubject("after"), 1)
	select {
	case <-seen:
	case <-time.After(15 * time.Second):
		t.Error("the consumer did not come back")
	}
	if st, err := b.Status(t.Context()); err != nil || st.Problem != "" || len(st.Streams) != len(streamTable()) {
		t.Errorf("%+v, %v", st, err)
	}
}

// Open waits for a server that is not there yet.
func TestOpenWaitsForTheServer(t *testing.T) {
	t.Parallel()
	hold, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := hold.Addr().(*net.TCPAddr).Port
	if err := hold.Close(); err != nil {
		t.Fatal(err)
	}
	opened := make(chan error, 1)
	go func() {
		b, err := Open(context.Background(), Options{URL: "nats://" + hold.Addr().String()})
		if err == nil {
			err = b.Close()
		}
		opened <- err
	}()
	time.Sleep(300 * time.Millisecond)
	serve(t, &server.Options{Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true, SyncAlways: true})
	if err := <-opened; err != nil {
		t.Error(err)
	}
}

func TestBackOffGrowsAndIsBounded(t *testing.T) {
	for n := range 100 {
		d := backOff(n)
		if d < firstPause/2 || d > lastPause {
			t.Errorf("attempt %d after %v", n, d)
		}
		if n > 10 && d < lastPause/2 {
			t.Errorf("attempt %d after %v only", n, d)
		}
	}
}
