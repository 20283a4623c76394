//go:build !linux

package site

import "errors"

// exchange is not to be had in one step here.
func exchange(a, b string) error { return errors.ErrUnsupported }
