// SPDX-License-Identifier: Apache-2.0

//go:build !unix

package main

import "os"

// terminalColumns is 0: the width is not known, and COLUMNS may say it.
func terminalColumns(*os.File) int { return 0 }
