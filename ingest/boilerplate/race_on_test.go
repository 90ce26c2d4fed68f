// SPDX-License-Identifier: Apache-2.0

//go:build race

package boilerplate_test

// raceDetector is on: a page costs many times what it costs a user.
const raceDetector = true
