// SPDX-License-Identifier: Apache-2.0

package bus

// syncFolder does nothing: Windows does not sync folders.
func syncFolder(string) error { return nil }
