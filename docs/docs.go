// Package docs embeds what staff of every organisation read: the handbook, and what it leads to.
package docs

import "embed"

// FS holds the texts that impact init writes into its folder.
//
//go:embed handbook.*.md withdrawing.md personal-data.md hosting.md built-site.md
var FS embed.FS
