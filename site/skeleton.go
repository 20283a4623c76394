// Package skeleton embeds what a site folder needs at least, for organisations that have none yet.
package skeleton

import _ "embed"

// Config is hugo.yaml: the settings that hold for any organisation.
//
//go:embed hugo.yaml
var Config []byte
