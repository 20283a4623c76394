// Package languages embeds the words of the pages, so that the binary can give a new codebook its languages.
package languages

import "embed"

// FS holds a folder for each language.
//
//go:embed */language.yaml */words.yaml
var FS embed.FS
