//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// engine runs a query on a table, which it fills from a CSV file first, and on those that it filled before. It gives the result as CSV.
type engine struct {
	dialect string
	tally   func(t *testing.T, table, columns, file, query string) []byte
}

// engines are the warehouses of this machine. make warehouse installs both; one that is missing is said and left out.
func engines(t *testing.T) (all []engine) {
	t.Helper()
	if e, missing := duckDB(t); missing == "" {
		all = append(all, e)
	} else {
		t.Log("without DuckDB: ", missing)
	}
	if e, missing := postgres(t); missing == "" {
		all = append(all, e)
	} else {
		t.Log("without PostgreSQL: ", missing)
	}
	if len(all) == 0 {
		t.Skip("no warehouse on this machine: make warehouse installs two")
	}
	return all
}

// doubled writes a name in quotes, as both engines have it.
func doubled(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// done runs a program to its end.
func done(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, out)
	}
}

func written(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// duckDB is the module of that name in .warehouse, run by node.
func duckDB(t *testing.T) (e engine, missing string) {
	module, err := filepath.Abs("../.warehouse/node_modules/@duckdb/node-api")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(module); err != nil {
		return e, "no .warehouse/node_modules/@duckdb/node-api"
	}
	node, err := exec.LookPath("node")
	if err != nil {
		return e, "no node"
	}
	tables := map[string][2]string{} // their columns and rows: each run begins with nothing
	return engine{"duckdb", func(t *testing.T, table, columns, file, query string) []byte {
		t.Helper()
		rows, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tables[table] = [2]string{columns, string(rows)}
		setup := ""
		for name, of := range tables {
			setup += fmt.Sprintf("CREATE TABLE %s (%s); COPY %[1]s FROM '%[3]s' (HEADER);", doubled(name), of[0], written(t, "rows.csv", of[1]))
		}
		out := filepath.Join(t.TempDir(), "tally.csv")
		done(t, exec.Command(node, "testdata/warehouse/duckdb.cjs", module, written(t, "setup.sql", setup), written(t, "query.sql", query), out))
		result, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return result
	}}, ""
}

// postgres is a server of its own, which nobody but this test reaches. It refuses to run as root, so root starts it as the user postgres.
func postgres(t *testing.T) (e engine, missing string) {
	bin := ""
	if found, err := exec.LookPath("initdb"); err == nil {
		bin = filepath.Dir(found)
	} else if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb"); len(found) > 0 {
		bin = filepath.Dir(found[len(found)-1])
	}
	psql, err := exec.LookPath("psql")
	if bin == "" || err != nil {
		return e, "no initdb and psql"
	}
	dir, err := os.MkdirTemp("", "pg") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	as := &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			return e, "no user postgres"
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	server := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.Dir, cmd.SysProcAttr = dir, as
		return cmd
	}
	data := filepath.Join(dir, "data")
	done(t, server("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C"))
	start := server("pg_ctl", "-D", data, "-w", "-l", filepath.Join(dir, "log"), "-o", "-c listen_addresses= -c fsync=off -c unix_socket_directories="+dir, "start")
	if err := start.Run(); err != nil { // its output stays open as long as the server runs
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server("pg_ctl", "-D", data, "-m", "immediate", "stop").Run()
		_ = os.RemoveAll(dir)
	})
	client := func(args ...string) *exec.Cmd {
		return exec.Command(psql, append([]string{"-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", dir, "-U", "postgres", "-d", "postgres"}, args...)...)
	}
	return engine{"postgres", func(t *testing.T, table, columns, file, query string) []byte {
		t.Helper()
		name := doubled(table)
		done(t, client("-c", "DROP TABLE IF EXISTS "+name, "-c", "CREATE TABLE "+name+" ("+columns+")", "-c", `\copy `+name+" FROM '"+file+"' CSV HEADER"))
		cmd := client("--csv", "-f", written(t, "query.sql", query))
		result, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, err.(*exec.ExitError).Stderr)
		}
		return result
	}}, ""
}
