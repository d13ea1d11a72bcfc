#!/bin/sh
# Runs an SQL script on a PostgreSQL server of its own, on a socket in a new folder, and prints the rows
# of its queries, columns separated by `|`.
#
# usage: postgres.sh FOLDER SCRIPT.sql, with initdb, pg_ctl and psql in the PATH; not as root
set -eu
data=$1/data
common="-D $data -U postgres -A trust --no-sync -E UTF8"
# Texts in the order of a language, as databases often have them; some servers are built without.
initdb $common --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US >"$1/log" 2>&1 || {
  rm -rf "$data"
  initdb $common --locale=C >"$1/log" 2>&1
}
trap 'pg_ctl -D "$data" -m immediate stop >>"$1/log" 2>&1' EXIT
pg_ctl -D "$data" -o "-k $1 -c listen_addresses= -c fsync=off" -l "$1/server" -w start >>"$1/log" 2>&1
PGOPTIONS='-c client_min_messages=warning' \
  psql -h "$1" -U postgres -d postgres -XqAt -v ON_ERROR_STOP=1 -f "$2"
