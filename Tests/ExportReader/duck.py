#!/usr/bin/env python3
"""Runs SQL scripts on DuckDB, each on a database of its own, and prints what the last query of each
gives, columns separated by `|`, or a line that begins with `error:`.

usage: duck.py SCRIPT.sql…
"""

import sys

try:
    import duckdb
except ImportError:
    sys.exit(77)

for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        script = file.read()
    connection = duckdb.connect()
    try:
        for row in connection.execute(script).fetchall():
            print("|".join(str(value) for value in row))
    except duckdb.Error as error:
        print("error:", str(error).replace("\n", " "))
