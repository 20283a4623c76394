package lang

import "slices"

// IsChecked says whether a native reader has checked a text as it stands: one that was changed since then has to be checked again.
func (l *Language) IsChecked(text string) bool { return l.Reviewed || slices.Contains(l.Checked, text) }

// Texts finds every text of a language in a tree of JSON: an object whose keys are languages of the organisation holds a text in each.
func Texts(tree any, codes []string, code string) (all []string) {
	switch x := tree.(type) {
	case []any:
		for _, item := range x {
			all = append(all, Texts(item, codes, code)...)
		}
	case map[string]any:
		if text, ok := x[code].(string); ok && among(x, codes) {
			return []string{text}
		}
		for _, item := range x {
			all = append(all, Texts(item, codes, code)...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func among(x map[string]any, codes []string) bool {
	for key := range x {
		if !slices.Contains(codes, key) {
			return false
		}
	}
	return true
}

// Share counts texts, and those of them that are checked.
func (l *Language) Share(texts []string) (checked, all int64) {
	for _, text := range texts {
		if all++; l.IsChecked(text) {
			checked++
		}
	}
	return checked, all
}
