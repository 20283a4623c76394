// usage: node duckdb.cjs MODULE SETUP QUERY OUT
// Runs the statements of SETUP and then QUERY in a DuckDB of its own, and writes the result to OUT as CSV.
const fs = require("fs")
const [module_, setup, query, out] = process.argv.slice(2)
const { DuckDBInstance } = require(module_)

async function main() {
  const connection = await (await DuckDBInstance.create()).connect()
  await connection.run(fs.readFileSync(setup, "utf8"))
  const text = fs.readFileSync(query, "utf8").trim().replace(/;$/, "")
  await connection.run(`COPY (${text}) TO '${out}' (FORMAT csv, HEADER)`)
}

main().catch((error) => {
  console.error(error.message)
  process.exit(1)
})
