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
//	                                                     |      download files to take away, iati among them
//	                                                     |      render   sentences, tables, drawings (render/svg)
//	                                                     |      site     Hugo assembles the pages, card their pictures,
//	                                                     |               search its index
//	                                                     |      audit/built reads what was built
//	                                                     |      stick    packs it as a zip that needs no server
//
// The packages stand in that order. Each makes the type that the next one takes: ingest.Row, inspect.Record, measure.Plan,
// protect.Table, the release's files, ledger.Release, render.Site. audit asks audit/solve what a reader can work out.
//
// Beside the private side stand codebook (what the data mean), personal (who must not get in), prose (whether pages are plain),
// mojibake (text that was decoded wrongly once), tracked (what version control holds) and move (which puts a finished folder in its
// place). What is wrong and where is diag; worklist writes it as a page, and preview shows it on the site while somebody works on it.
// calendar, cell, geography and lang hold no counts and serve both sides. cache keeps what the public side makes at some cost.
//
// The way has no place for sample, which invents what stands before the first stage, begin, which makes another organisation of it, and
// warehouse, which writes the query that counts a register where it is kept. bill and pdf are commands of their own: what a binary is
// made of, and pages on paper. imports_test.go holds the rule of who may import whom, and that each package is named here.
//
// Only protect can make a value that may be shown, and only the ledger's reader can make one from a file. The two sides meet in
// this package alone, in pipeline.go: protect makes tables, release writes them into memory, audit attacks them, and what it
// finds sends the table it names up to its total. Only a round without findings reaches the disk.
package main
