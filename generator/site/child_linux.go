package site

import (
	"os/exec"
	"runtime"
	"syscall"
)

// runChild runs a child process that ends when this one does, however this one ends. The system ties the two to the thread that
// starts the child, so the thread is kept.
func runChild(cmd *exec.Cmd) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd.Run()
}
