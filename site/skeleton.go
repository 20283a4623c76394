// Package skeleton embeds what a site folder needs at least, for organisations that have none yet.
package skeleton

import "embed"

// Config is hugo.yaml: the settings that hold for any organisation.
//
//go:embed hugo.yaml
var Config []byte

// Fonts holds the web fonts of the languages that the binary brings along, with their licences.
//
//go:embed assets/fonts
var Fonts embed.FS
