// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/rand"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/copytaster/copytaster/internal/proctest"
)

// The outside servers of the tests: .ci/elasticsearch and .ci/nats name them.
const (
	natsServer    = "COPYTASTER_TEST_NATS_SERVER" // the program
	elasticServer = "COPYTASTER_TEST_ELASTICSEARCH"
)

// haveServers reports whether a cluster can be built.
func haveServers() bool { return os.Getenv(natsServer) != "" && os.Getenv(elasticServer) != "" }

// buildCluster starts three nats-servers for one script and names them and an
// index of the script's own in its environment.
func buildCluster(env *testscript.Env) error {
	ports, err := freePorts(6)
	if err != nil {
		return err
	}
	var urls, routes []string
	for i := range 3 {
		urls = append(urls, "nats://127.0.0.1:"+ports[i])
		routes = append(routes, "nats://127.0.0.1:"+ports[3+i])
	}
	for i := range 3 {
		conf := fmt.Sprintf("server_name: n%d\nlisten: 127.0.0.1:%s\njetstream { store_dir: %q, sync_interval: always }\ncluster { name: test, listen: 127.0.0.1:%s, routes: [%s] }\n",
			i, ports[i], filepath.Join(env.WorkDir, fmt.Sprintf("nats%d", i)), ports[3+i], strings.Join(routes, ", "))
		file := filepath.Join(env.WorkDir, fmt.Sprintf("nats%d.conf", i))
		if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
			return err
		}
		server, err := proctest.Start(nil, os.Getenv(natsServer), "-c", file)
		if err != nil {
			return err
		}
		env.Defer(server.Kill)
	}
	env.Setenv("NATS", strings.Join(urls, ","))
	env.Setenv("INDEX", os.Getenv(elasticServer)+"?prefix=script-"+strings.ToLower(rand.Text()[:10]))
	for script, outside := range map[string]string{"INDEX_USER": "_USER", "INDEX_PASSWORD": "_PASSWORD", "INDEX_CA": "_CA"} {
		env.Setenv(script, os.Getenv(elasticServer+outside))
	}
	return nil
}

func freePorts(n int) ([]string, error) {
	var ports []string
	for range n {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer ln.Close()
		_, port, err := net.SplitHostPort(ln.Addr().String())
		if err != nil {
			return nil, err
		}
		ports = append(ports, port)
	}
	return ports, nil
}
