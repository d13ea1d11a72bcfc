#!/usr/bin/env python3
"""How long questions about many principals take on an exported policy set, in DuckDB and PostgreSQL.

usage: measure.py POL DIR [ACTION [PRINCIPALS]]

POL is the program, DIR a policy set. Each principal, a million unless told, holds one or two of its
policies everywhere; who of them can do the action (the first of the catalogue unless told) outside of all
units? PostgreSQL is started on a socket of its own by postgres.sh, as another user where this one is root. Both must find the
same number.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))

FILL = """
-- Databases order texts differently, but not these.
CREATE TABLE numbered AS
  SELECT policy, row_number() OVER (ORDER BY md5(policy)) - 1 AS number FROM pol_policies;
INSERT INTO pol_principals (principal, kind, id, open_groups)
  SELECT 'p' || CAST(i AS TEXT), 'user', 'user-' || CAST(i AS TEXT), ARRAY[]::TEXT[]
  FROM generate_series(0, {count} - 1) AS t(i);
INSERT INTO pol_principal_policies (principal, policy, everywhere)
  SELECT 'p' || CAST(i AS TEXT), policy, TRUE
  FROM generate_series(0, {count} - 1) AS t(i)
  JOIN numbered ON number = i % (SELECT count(*) FROM numbered);
INSERT INTO pol_principal_policies (principal, policy, everywhere)
  SELECT 'p' || CAST(i AS TEXT), policy, TRUE
  FROM generate_series(0, {count} - 1, 2) AS t(i)
  JOIN numbered ON number = (i * 5 + 1) % (SELECT count(*) FROM numbered);
INSERT INTO pol_resources (resource, outside) VALUES ('r', TRUE);
INSERT INTO pol_requests (request, principal, action, resource)
  SELECT principal, principal, '{action}', 'r' FROM pol_principals;
"""
ASK = "SELECT count(*) FROM pol_decisions WHERE allowed;"


def in_duckdb(script, fill):
    try:
        import duckdb
    except ImportError:
        return print("DuckDB: no Python package duckdb")
    connection = duckdb.connect()
    connection.execute(script)
    connection.execute(fill)
    start = time.perf_counter()
    count = connection.execute(ASK).fetchone()[0]
    print(f"DuckDB {duckdb.__version__}: {count} of them, in {time.perf_counter() - start:.1f} s")
    return count


def in_postgres(script, fill):
    if not all(map(shutil.which, ["initdb", "pg_ctl", "psql"])):
        return print("PostgreSQL: no initdb, pg_ctl and psql in PATH")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "script.sql")
        with open(path, "w", encoding="utf-8") as file:
            clock = "SELECT extract(epoch FROM clock_timestamp());"
            file.write(f"{script}\n{fill}\nANALYZE;\n{clock}\n{ASK}\n{clock}\n")
        tool = shutil.copy(os.path.join(here, "postgres.sh"), folder)
        command = ["sh", tool, folder, path]
        if os.getuid() == 0:
            shutil.chown(folder, "nobody")
            command = ["runuser", "-u", "nobody", "--"] + command
        run = subprocess.run(command, capture_output=True, text=True, cwd="/")
        if run.returncode:
            return print("PostgreSQL:", run.stderr)
        start, count, end = run.stdout.split()[-3:]
        print(f"PostgreSQL: {count} of them, in {float(end) - float(start):.1f} s")
        return int(count)


def main():
    pol, directory = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "policies.sql")
        start = time.perf_counter()
        subprocess.run([pol, "export", directory, "--format", "sql", "-o", path], check=True)
        seconds = time.perf_counter() - start
        with open(path, encoding="utf-8") as file:
            script = file.read()
    actions = script.split("INTO pol_actions VALUES")[1].split("'")
    action = sys.argv[3] if len(sys.argv) > 3 else actions[1]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 1_000_000
    print(f"{len(script) / 1e6:.1f} MB of SQL, written in {seconds:.1f} s")
    print(f"who of {count} principals can {action}?")
    fill = FILL.format(count=count, action=action.replace("'", "''"))
    found = [in_duckdb(script, fill), in_postgres(script, fill)]
    if None not in found and found[0] != found[1]:
        sys.exit("they differ")


main()
