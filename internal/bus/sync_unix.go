// SPDX-License-Identifier: Apache-2.0

//go:build unix

package bus

import (
	"errors"
	"os"
)

// syncFolder makes a rename in dir last.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
