// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/minio/highwayhash"
	"github.com/nats-io/nats-server/v2/server"
)

// finishStore ends what a kill cut short in the server's folder. The server
// writes the description of a stream or consumer and then its checksum, each as
// a whole. Killed between the two it leaves the stream out at the next start,
// and made anew there it gets no checksum either, so that the start after that
// leaves out a stream with messages in it. A consumer is left out at every start
// until somebody makes it anew, and counts for nobody until then. Source:
// nats-server, server/filestore.go, writeStreamMeta, newFileStore, ConsumerStore.
func finishStore(store string, log *slog.Logger) error {
	for _, pattern := range []string{"*/streams/*", "*/streams/*/obs/*"} {
		metas, err := fs.Glob(os.DirFS(store), path.Join(server.JetStreamStoreDir, pattern, server.JetStreamMetaFile))
		if err != nil {
			return err
		}
		for _, meta := range metas {
			dir := path.Dir(meta)
			wrote, err := finishMeta(filepath.Join(store, filepath.FromSlash(dir)), hashName(dir))
			if err != nil {
				return fmt.Errorf("checksum in %s: %w", dir, err)
			}
			if wrote {
				log.Warn("a kill left a description without its checksum, which is written now", "folder", dir)
			}
		}
	}
	return nil
}

// hashName is what the server hashes a description under: the stream, or the
// stream and the consumer.
func hashName(dir string) string {
	parts := strings.Split(dir, "/")
	if len(parts) == 6 { // jetstream, account, streams, STREAM, obs, CONSUMER
		return parts[3] + "/" + parts[5]
	}
	return path.Base(dir)
}

// finishMeta writes the checksum of a description that has none, or one from
// before the description. What does not match otherwise is damaged and stays
// so, for the server to refuse.
func finishMeta(dir, name string) (bool, error) {
	meta, sum := filepath.Join(dir, server.JetStreamMetaFile), filepath.Join(dir, server.JetStreamMetaFileSum)
	written, err := os.Stat(meta)
	if err != nil {
		return false, err
	}
	summed, err := os.Stat(sum)
	if err == nil && !summed.ModTime().Before(written.ModTime()) {
		return false, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	raw, err := os.ReadFile(meta)
	if err != nil || !describes(raw, path.Base(name)) {
		return false, err
	}
	want, err := metaSum(raw, name)
	if err != nil {
		return false, err
	}
	if have, err := os.ReadFile(sum); err == nil && string(have) == want {
		return false, nil
	}
	return true, replaceFile(sum, []byte(want))
}

// describes reports a whole description of the stream or consumer of that name.
func describes(raw []byte, name string) bool {
	var c struct {
		Name string `json:"name"`
	}
	return json.Unmarshal(raw, &c) == nil && c.Name == name
}

// metaSum is the server's checksum of a description.
func metaSum(raw []byte, name string) (string, error) {
	key := sha256.Sum256([]byte(name))
	h, err := highwayhash.NewDigest64(key[:])
	if err != nil {
		return "", err
	}
	if _, err := h.Write(raw); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
