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

// Share is how many of 100 texts are checked, rounded down: 100 means all. It is 100 where there are none.
func (l *Language) Share(texts []string) int64 {
	if len(texts) == 0 {
		return 100
	}
	checked := 0
	for _, text := range texts {
		if l.IsChecked(text) {
			checked++
		}
	}
	return int64(100 * checked / len(texts))
}
