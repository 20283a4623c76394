// Package themes embeds the Hugo theme, so that the binary builds a site wherever it stands.
package themes

import "embed"

//go:embed all:impact
var FS embed.FS
