// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"fmt"
	"io/fs"
	"path/filepath"
)

// fit sets the store's cap and, where the streams together would exceed it,
// makes those that the caller did not size smaller. The cap stays below the
// disk: a store that meets a full disk is wedged until a restart.
func (o *Options) fit() error {
	want, fixed := o.wanted()
	if o.MaxStore <= 0 {
		used, err := folderSize(o.Dir)
		if err != nil {
			return fmt.Errorf("size of %s: %w", o.Dir, err)
		}
		free, err := diskFree(o.Dir)
		if err != nil {
			return fmt.Errorf("free space of %s: %w", o.Dir, err)
		}
		o.MaxStore = used + free/10*9
	}
	if want+fixed <= o.MaxStore {
		return nil
	}
	if o.MaxStore-fixed < want/256 {
		return fmt.Errorf("the store in %s may take %d bytes, which is too little: free disk space, or raise MaxStore", o.Dir, o.MaxStore)
	}
	share := float64(o.MaxStore-fixed) / float64(want)
	o.shrink(share)
	return nil
}

// wanted sums the default sizes of what the caller did not size, and the sizes
// of what it did.
func (o *Options) wanted() (want, fixed int64) {
	add := func(name string, def int64) {
		if n, ok := o.MaxBytes[name]; ok {
			fixed += n
		} else {
			want += def
		}
	}
	eachSize(add)
	return want, fixed
}

func (o *Options) shrink(share float64) {
	if o.shrunk == nil {
		o.shrunk = map[string]int64{}
	}
	eachSize(func(name string, def int64) { o.shrunk[name] = int64(float64(def) * share) })
}

func eachSize(f func(name string, def int64)) {
	for _, s := range streamTable() {
		f(s.name, s.maxBytes)
	}
	for _, s := range bucketTable() {
		f(s.name, s.maxBytes)
	}
	f(claims, claimBytes)
}

func folderSize(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}
