// Command impact makes a public results website from an organisation's exports.
//
// # The way of the data
//
//	private side (true figures)                          | public side (shown values only)
//	                                                     |
//	data/exports/<period>/*.csv, .xlsx, .zip             |
//	  ingest    bytes -> raw rows with positions         |
//	  inspect   raw rows -> typed records                |
//	  measure   records -> tables of true figures        |
//	  protect   tables -> safe tables                    |
//	  release   safe tables -> a release's folder  ------|--> data/published/<period>-r<N>/
//	                                                     |      ledger   reads and checks it
//	                                                     |      audit    attacks it
//	                                                     |      download files to take away
//	                                                     |      render   sentences, tables, drawings
//	                                                     |      site     Hugo assembles the pages
//
// The packages stand in that order. Each makes the type that the next one takes: ingest.Row, inspect.Record, measure.Plan,
// protect.Table, the release's files, ledger.Release, render.Site. Beside them stand codebook (what the data mean), personal (who
// must not get in), tracked (what version control holds), mojibake (text that was decoded wrongly once), diag (what is wrong and
// where), worklist (the same as a page), preview (shows a built site while somebody works on it), and calendar, cell, geography and lang,
// which hold no counts and serve both sides. The way has no place for sample, which invents what stands before the first stage, begin,
// which makes another organisation of it, and warehouse, which writes the query that counts a register where it is kept. Around the
// finished site are card (pictures for links), search (its index) and stick (a zip that needs no server). bill and pdf are commands of
// their own: what a binary is made of, and pages on paper. imports_test.go holds the rule of who may import whom.
//
// Only protect can make a value that may be shown, and only the ledger's reader can make one from a file. The two sides meet in
// this package alone, in pipeline.go: protect makes tables, release writes them into memory, audit attacks them, and what it
// finds sends the table it names up to its total. Only a round without findings reaches the disk.
package main
