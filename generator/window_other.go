//go:build !windows

package main

// ownWindow says whether the window shows this program alone and closes with it: a terminal stays.
func ownWindow() bool { return false }
