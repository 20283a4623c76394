package tracked

import "testing"

// No index makes the reader fail in another way than by saying so.
func FuzzAnIndexIsReadOrRefused(f *testing.F) {
	f.Add([]byte("DIRC\x00\x00\x00\x02\x00\x00\x00\x00" + "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Add([]byte("DIRC\x00\x00\x00\x04\x00\x00\x00\x01" + string(make([]byte, 120))))
	f.Fuzz(func(t *testing.T, data []byte) {
		if names, err := entries(data); err != nil && names != nil {
			t.Errorf("got names and %v", err)
		}
	})
}
