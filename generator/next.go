package main

// next says what comes next, as the last line of a command that went well. Whoever reads JSON knows already.
func (e *env) next(format string, args ...any) {
	if !e.json {
		e.say("next: "+format, args...)
	}
}
