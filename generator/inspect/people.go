package inspect

// People are persons of several datasets, numbered together: whoever has the same made-up id in two of them is one.
type People struct{ keys }

// With lets an inspector number its persons together with those of others.
func (in *Inspector) With(people *People) { in.people = &people.keys }
