// SPDX-License-Identifier: Apache-2.0

//go:build race

package pipeline_test

// raceDetector is on: memory and time are many times what they are for a user.
const raceDetector = true
