#!/usr/bin/env python3
"""Reads files of comma-separated values by Python's csv and, where it is there, by DuckDB.

usage: tables.py FILE.csv…

Prints one JSON document: for each file the header and rows as texts, as `Grammar/export-csv.md` says to
read them. Readers that differ end the run.
"""

import csv
import json
import sys

try:
    import duckdb
except ImportError:
    duckdb = None


def unguarded(field):
    return field[1:] if field.startswith("'") else field


tables = []
for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert all(len(row) == len(rows[0]) for row in rows), f"{path}: rows of other lengths"
    if duckdb is not None:
        query = "SELECT * FROM read_csv(?, header = true, all_varchar = true)"
        relation = duckdb.connect().execute(query, [path])
        read = [[column[0] for column in relation.description]]
        read += [[value or "" for value in row] for row in relation.fetchall()]
        assert read == rows, f"{path}: DuckDB reads something else"
    tables.append([[unguarded(field) for field in row] for row in rows])
json.dump(tables, sys.stdout)
