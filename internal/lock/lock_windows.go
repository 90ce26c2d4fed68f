// SPDX-License-Identifier: Apache-2.0

package lock

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lockByte lies far behind the process id in the file: Windows locks bytes
// against reading too, and the holder's id must stay readable.
const lockByte = 1 << 20

// tryLock takes an exclusive lock on one byte without waiting.
func tryLock(file *os.File) error {
	at := windows.Overlapped{Offset: lockByte}
	err := windows.LockFileEx(windows.Handle(file.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrHeld
	}
	return err
}
