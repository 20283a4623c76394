// Package languages embeds the words of the pages, so that the binary can give a new codebook its language.
package languages

import "embed"

// English is the folder en.
//
//go:embed en
var English embed.FS
