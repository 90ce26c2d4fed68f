// SPDX-License-Identifier: Apache-2.0

//go:build unix

package bus

import "golang.org/x/sys/unix"

// diskFree is what an ordinary user may still write on dir's disk, in bytes.
func diskFree(dir string) (int64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return int64(st.Bavail) * int64(st.Bsize), nil
}
