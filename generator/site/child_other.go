//go:build !linux

package site

import "os/exec"

// runChild runs a child process. It may outlive a killed parent for a moment: it writes into a work folder of its own.
func runChild(cmd *exec.Cmd) error { return cmd.Run() }
