// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// roles are the users of deploy/nats/accounts.conf that are stages.
func roles() []string {
	return []string{"discover", "fetch", "extract", "index", "alert", "notify", "serve"}
}

// delivered is a server with a configuration that is delivered, on a free port
// and a folder of the test's.
func delivered(t *testing.T, file string) *server.Options {
	t.Helper()
	for _, name := range append(roles(), "sys", "admin", "route") {
		t.Setenv("NATS_PASSWORD_"+strings.ToUpper(name), "pw-"+name)
	}
	t.Setenv("NATS_STORE", t.TempDir())
	t.Setenv("NATS_NODE", "nats-1")
	t.Setenv("NATS_ROUTES", "[nats://127.0.0.1:6222]")
	o, err := server.ProcessConfigFile(filepath.Join("..", "..", "deploy", "nats", file))
	if err != nil {
		t.Fatal(err)
	}
	o.Host, o.Port, o.HTTPHost, o.HTTPPort, o.NoLog, o.NoSigs = "127.0.0.1", -1, "127.0.0.1", -1, true, true
	return o
}

func accessOf(role string) Access {
	return Access{User: role, Password: "pw-" + role, Inbox: "_INBOX." + role}
}

func TestDeliveredServersAreSafe(t *testing.T) {
	for _, file := range []string{"nats.conf", "cluster.conf"} {
		o := delivered(t, file)
		if !o.SyncAlways || !o.JetStream || o.JetStreamMaxStore <= 0 || len(o.Users) != len(roles())+2 || o.SystemAccount == "" {
			t.Errorf("%s: sync always %t, JetStream %t, at most %d bytes, %d users", file, o.SyncAlways, o.JetStream, o.JetStreamMaxStore, len(o.Users))
		}
		if file == "cluster.conf" && (o.Cluster.Username == "" || o.Cluster.Password == "" || len(o.Routes) == 0) {
			t.Errorf("%s: the routes are open to everybody", file)
		}
	}
}

// A server that does not find one of its passwords does not start with an empty
// one.
func TestDeliveredServerNeedsItsPasswords(t *testing.T) {
	delivered(t, "nats.conf")
	if err := os.Unsetenv("NATS_PASSWORD_EXTRACT"); err != nil { // t.Setenv puts it back
		t.Fatal(err)
	}
	if _, err := server.ProcessConfigFile(filepath.Join("..", "..", "deploy", "nats", "nats.conf")); err == nil || !strings.Contains(err.Error(), "NATS_PASSWORD_EXTRACT") {
		t.Errorf("error %v", err)
	}
}

// Every role opens the bus beside the streams that the admin has made, and says
// nothing that the server refuses; nobody else comes in.
func TestRoles(t *testing.T) {
	s := serve(t, delivered(t, "nats.conf"))
	monitor := fmt.Sprintf("http://%s", s.MonitorAddr())
	admin := open(t, Options{URL: s.ClientURL(), Access: Access{User: "admin", Password: "pw-admin"}, Monitors: []string{monitor}})
	if err := admin.Attach(t.Context(), Consumer{Stage: "notify", Stream: Alerts, Durable: "notify-desk"}); err != nil {
		t.Fatal(err)
	}
	for _, a := range []Access{{}, {User: "admin"}, {User: "admin", Password: "pw-fetch"}, {User: "sys", Password: "pw-admin"}} {
		if err := refusedAtOnce(t, s.ClientURL(), a); !errors.Is(err, nats.ErrAuthorization) {
			t.Errorf("%+v: %v", a, err)
		}
	}
	for _, role := range roles() {
		t.Run(role, func(t *testing.T) {
			b := open(t, Options{URL: s.ClientURL(), Access: accessOf(role), Timeout: 3 * time.Second})
			if err := b.Ready(t.Context()); err != nil {
				t.Error(err)
			}
			if d := b.denied.Load(); d != nil {
				t.Error(d.err)
			}
			checkBuries(t, b, role)
			checkDenied(t, b.conn, role)
		})
	}
}

// checkBuries writes a dead letter twice, as after a crash between it and the
// ack: a role that may write one must be able to see that it stands.
func checkBuries(t *testing.T, b *Bus, role string) {
	t.Helper()
	if role == "discover" || role == "serve" {
		return // they consume nothing
	}
	for range 2 {
		if err := b.bury(t.Context(), Letter{ID: "twice", Stage: role, Durable: role, Error: "damaged"}); err != nil {
			t.Errorf("%s cannot bury: %v", role, err)
		}
	}
}

// duties are the subjects that each role may publish on, of those below.
func duties() map[string][]string {
	link, article, document, alert := "copytaster.link.1", "copytaster.article.a", "copytaster.document.a", "copytaster.alert.w.a"
	return map[string][]string{
		"discover": {link}, "fetch": {article}, "extract": {document}, "index": nil, "alert": {alert}, "notify": nil, "serve": {link},
		"": {link, article, document, alert, "copytaster.retry.extract", "copytaster.other.x", "$KV.SITES.x", "$KV.SOURCES.x", "$KV.WATCHES.x",
			"$JS.API.STREAM.CREATE.MINE", "$JS.API.STREAM.UPDATE.ALERTS", "$JS.API.STREAM.DELETE.ALERTS", "$JS.API.STREAM.PURGE.ALERTS", "$JS.API.STREAM.PURGE.DEAD",
			"$JS.API.STREAM.MSG.DELETE.ALERTS", "$JS.API.CONSUMER.DELETE.DOCUMENTS.index", "$JS.API.CONSUMER.CREATE.LINKS.mine", "$SYS.REQ.SERVER.PING"},
	}
}

// checkDenied publishes on what the role has no business with, and listens where
// it should not.
func checkDenied(t *testing.T, conn *nats.Conn, role string) {
	t.Helper()
	may := map[string][]string{"fetch": {"$KV.SITES.x"}, "discover": {"$KV.SOURCES.x"}, "serve": {"$KV.WATCHES.x", "$JS.API.CONSUMER.DELETE.DOCUMENTS.index"}}
	allowed := fmt.Sprint(append(duties()[role], may[role]...))
	for _, subject := range duties()[""] {
		got := deniedOn(t, conn, func() error { return conn.Publish(subject, []byte("{}")) })
		if want := !strings.Contains(allowed, subject); got != want {
			t.Errorf("%s is denied %s: %t, want %t", role, subject, got, want)
		}
	}
	for _, subject := range []string{"copytaster.>", ">", "_INBOX.>", "_INBOX.admin.>", "$JS.ACK.>"} {
		if !deniedOn(t, conn, func() error { _, err := conn.SubscribeSync(subject); return err }) {
			t.Errorf("%s may listen to %s", role, subject)
		}
	}
}

// deniedOn reports whether the server refuses what do sends.
func deniedOn(t *testing.T, conn *nats.Conn, do func() error) bool {
	t.Helper()
	denied := make(chan struct{}, 1)
	before := conn.ErrorHandler()
	conn.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
		if errors.Is(err, nats.ErrPermissionViolation) {
			select {
			case denied <- struct{}{}:
			default:
			}
		}
	})
	defer conn.SetErrorHandler(before)
	if err := errors.Join(do(), conn.Flush()); err != nil {
		t.Fatal(err)
	}
	select {
	case <-denied: // the server's refusal comes before its answer to the flush
		return true
	case <-time.After(50 * time.Millisecond):
		return false
	}
}

// A server that does not sync every write is refused where its monitor says so,
// and only remarked on where nobody says.
func TestServerThatDoesNotSync(t *testing.T) {
	for name, always := range map[string]bool{"always": true, "sometimes": false} {
		t.Run(name, func(t *testing.T) {
			o := &server.Options{Host: "127.0.0.1", Port: -1, HTTPHost: "127.0.0.1", HTTPPort: -1, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true, SyncAlways: always}
			s := serve(t, o)
			monitor := "http://" + s.MonitorAddr().String()
			b, err := Open(t.Context(), Options{URL: s.ClientURL(), Monitors: []string{"http://127.0.0.1:1", monitor}})
			if always {
				if err != nil {
					t.Fatal(err)
				}
				defer b.Close()
				st, err := b.Status(t.Context())
				if err != nil || !strings.Contains(st.Problem, "127.0.0.1:1") || strings.Contains(st.Problem, monitor) {
					t.Errorf("problem %q, %v", st.Problem, err)
				}
				return
			}
			if !errors.Is(err, ErrUnsafe) || !strings.Contains(err.Error(), "sync_interval: always") {
				t.Errorf("error %v", err)
			}
		})
	}
}

// Two processes that open an empty server at once both succeed.
func TestManyOpenAtOnce(t *testing.T) {
	t.Parallel()
	s := outside(t)
	errs := make(chan error, 4)
	for range cap(errs) {
		go func() {
			b, err := Open(context.Background(), Options{URL: s.ClientURL()})
			if err == nil {
				err = b.Close()
			}
			errs <- err
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}
