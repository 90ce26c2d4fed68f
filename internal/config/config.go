// SPDX-License-Identifier: Apache-2.0

// Package config reads the one YAML file and the environment that configure
// copytaster. It is strict: whatever it does not understand is an error that
// names the place. With no file at all everything runs in one process.
package config

import (
	"path/filepath"
	"time"

	"github.com/copytaster/copytaster"
)

// Config is the whole configuration. The yaml tags are the names of the keys;
// docs/OPERATIONS.md describes them.
type Config struct {
	DataDir   string             `yaml:"data_dir"` // the embedded bus, index, archive and socket lie here
	Bus       Bus                `yaml:"bus"`
	Index     Index              `yaml:"index"`
	Archive   Archive            `yaml:"archive"`
	Fetch     Fetch              `yaml:"fetch"`
	Sources   []Source           `yaml:"sources"`
	Suppliers []string           `yaml:"suppliers"` // CSV files of your own gazetteer rows, read after the built-in list
	Watches   []copytaster.Watch `yaml:"watches"`
	Channels  []Channel          `yaml:"channels"`
	Web       Web                `yaml:"web"`
	Log       Log                `yaml:"log"`

	// Notices are doubts that are no errors: an environment variable that looks
	// like one of ours and is none.
	Notices []string `yaml:"-"`
}

// Bus is where messages go. Without a URL the server runs in this process, and
// only MaxStore and MaxBytes have a meaning.
type Bus struct {
	URL          string   `yaml:"url"`       // nats://host:4222, several by commas; "" embeds the server
	Replicas     int      `yaml:"replicas"`  // copies of each stream on a cluster: 1, 3 or 5
	MaxStore     Bytes    `yaml:"max_store"` // what all streams of the embedded server may take on disk
	MaxBytes     []string `yaml:"max_bytes"` // sizes of single streams and buckets: LINKS=512MiB
	User         string   `yaml:"user"`
	Password     Secret   `yaml:"password"`
	PasswordFile string   `yaml:"password_file"`
	NKeyFile     string   `yaml:"nkey_file"`  // seed of an NKey, instead of a user and password
	CredsFile    string   `yaml:"creds_file"` // credentials of nsc (JWT and seed), instead of a user and password
	TLS          bool     `yaml:"tls"`        // refuse a connection without TLS
	CAFile       string   `yaml:"ca_file"`    // PEM of the authority that signed the server's certificate
	CertFile     string   `yaml:"cert_file"`  // PEM of our own certificate, where the server asks for one
	KeyFile      string   `yaml:"key_file"`   // PEM of its key
	Inbox        string   `yaml:"inbox"`      // first tokens of the subjects of answers, where permissions name them
	Monitor      []string `yaml:"monitor"`    // monitoring addresses of the servers, http://host:8222
}

// Sizes are the sizes of MaxBytes by name. It leaves out what Validate refuses.
func (b *Bus) Sizes() map[string]int64 {
	sizes := map[string]int64{}
	for _, s := range b.MaxBytes {
		if name, size, err := sized(s); err == nil {
			sizes[name] = int64(size)
		}
	}
	return sizes
}

// Index is where documents are searched. Without a URL it is one SQLite file.
type Index struct {
	URL          string `yaml:"url"` // https://host:9200; "" means SQLite under data_dir
	Username     string `yaml:"username"`
	Password     Secret `yaml:"password"`
	PasswordFile string `yaml:"password_file"`
	APIKey       Secret `yaml:"api_key"`
	APIKeyFile   string `yaml:"api_key_file"`
	CAFile       string `yaml:"ca_file"` // PEM of the authority that signed the server's certificate
}

// Archive is where raw responses are kept.
type Archive struct {
	Dir string `yaml:"dir"` // "" means archive under data_dir
}

// Fetch is how pages are downloaded.
type Fetch struct {
	UserAgent    string        `yaml:"user_agent"`    // "" means copytaster and its version
	Contact      string        `yaml:"contact"`       // mail address or URL that publishers may write to; stands in the User-Agent
	MaxBytes     Bytes         `yaml:"max_bytes"`     // of one response, after decompression
	Timeout      time.Duration `yaml:"timeout"`       // of one request, all of it
	PerHost      time.Duration `yaml:"per_host"`      // pause between two requests to one host
	LearnSites   bool          `yaml:"learn_sites"`   // remember per host which blocks stand on many pages, and strip by it
	AllowPrivate []string      `yaml:"allow_private"` // networks (CIDR) or addresses inside your house that may be fetched
}

// Source is one place where copy is looked for.
type Source struct {
	Name     string        `yaml:"name"`
	Kind     string        `yaml:"kind"` // see SourceKinds
	URL      string        `yaml:"url"`
	Path     string        `yaml:"path"`
	Every    time.Duration `yaml:"every"`     // time between two looks; 0 adapts it to what the source yields
	Country  string        `yaml:"country"`   // ISO 3166 alpha-2 of the publisher: resolves a bare "$"
	Language string        `yaml:"language"`  // BCP 47, where pages do not say
	Selector string        `yaml:"selector"`  // CSS: where a listing keeps its articles
	Include  []string      `yaml:"include"`   // regular expressions: a URL must match one
	Exclude  []string      `yaml:"exclude"`   // regular expressions: a URL must match none
	MaxItems int           `yaml:"max_items"` // newest items of one look; 0 means the built-in limit
	Paused   bool          `yaml:"paused"`
}

// SourceKinds lists the kinds of source.
func SourceKinds() []string {
	return []string{"feed", "file", "folder", "listing", "page", "sitemap"}
}

// Channel is one way for alerts out of the house.
type Channel struct {
	Name         string        `yaml:"name"`
	Kind         string        `yaml:"kind"` // see ChannelKinds
	URL          string        `yaml:"url"`
	Secret       []Secret      `yaml:"secret"`        // one, or the new and the old while a receiver changes over
	SecretFile   string        `yaml:"secret_file"`   // the same, one on each line
	AllowPrivate bool          `yaml:"allow_private"` // the address may lie inside your house
	Timeout      time.Duration `yaml:"timeout"`       // of one delivery
}

// ChannelKinds lists the kinds of channel.
func ChannelKinds() []string { return []string{"terminal", "webhook"} }

// Web is the newsroom's pages and the JSON API.
type Web struct {
	Listen      string   `yaml:"listen"`       // host:port; "" or "off" serves no pages
	AllowHosts  []string `yaml:"allow_hosts"`  // names under which browsers reach the pages, besides the loopback ones
	AllowRemote bool     `yaml:"allow_remote"` // listen beyond loopback: a proxy with a login stands in front
}

// Log is what is written to standard error.
type Log struct {
	Level  string `yaml:"level"`  // debug, info, warn or error
	Format string `yaml:"format"` // text, json, or auto: text on a terminal
}

// Default is the configuration without a file: everything embedded, pages on
// loopback, no source.
func Default() *Config {
	return &Config{
		DataDir: "copytaster-data",
		Bus:     Bus{Replicas: 1, MaxStore: 10 << 30},
		Fetch:   Fetch{MaxBytes: 20 << 20, Timeout: 30 * time.Second, PerHost: time.Second, LearnSites: true},
		Web:     Web{Listen: "127.0.0.1:8080"},
		Log:     Log{Level: "info", Format: "auto"},
	}
}

// SetDataDir moves the data folder, and with it the archive that lies inside.
func (c *Config) SetDataDir(dir string) {
	if c.Archive.Dir == "" || c.Archive.Dir == filepath.Join(c.DataDir, "archive") {
		c.Archive.Dir = filepath.Join(dir, "archive")
	}
	c.DataDir = dir
}

// place makes relative paths relative to the folder of the configuration file
// and fills in the places that follow from data_dir.
func (c *Config) place(folder string) {
	paths := []*string{&c.DataDir, &c.Archive.Dir, &c.Index.CAFile, &c.Index.PasswordFile, &c.Index.APIKeyFile,
		&c.Bus.PasswordFile, &c.Bus.NKeyFile, &c.Bus.CredsFile, &c.Bus.CAFile, &c.Bus.CertFile, &c.Bus.KeyFile}
	for i := range c.Suppliers {
		paths = append(paths, &c.Suppliers[i])
	}
	for i := range c.Sources {
		paths = append(paths, &c.Sources[i].Path)
	}
	for i := range c.Channels {
		paths = append(paths, &c.Channels[i].SecretFile)
	}
	for _, p := range paths {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(folder, *p)
		}
	}
	if c.Archive.Dir == "" {
		c.Archive.Dir = filepath.Join(c.DataDir, "archive")
	}
}
