#!/usr/bin/env bash
# A consistent backup of the system database and every tenant's, one file each, while the service runs.
#   deploy/backup.sh FOLDER
# MySQL/MariaDB: mariadb-dump in one transaction a database, with the login of ~/.my.cnf. SQLite: the online backup of its own library.
set -euo pipefail
folder=${1:?usage: deploy/backup.sh FOLDER}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
umask 077
mkdir -p "$folder"
data=${COUNTINGHOUSE_DATA_DIR:-$here/var}

if [ -f "$data/system.db" ]; then
    "$here/.venv/bin/python" - "$data" "$folder" <<'PY'
import sqlite3, sys
from pathlib import Path
data, folder = map(Path, sys.argv[1:])
for source in [data / "system.db", *sorted((data / "tenants").glob("*.db"))]:
    with sqlite3.connect(source) as books, sqlite3.connect(folder / source.name) as copy:
        books.backup(copy)
    print(folder / source.name)
PY
else
    prefix=${TENANT_DATABASE_PREFIX:-countinghouse_tenant_}
    for name in countinghouse_system $(mariadb --batch --skip-column-names -e "SHOW DATABASES LIKE '${prefix//_/\\_}%'"); do
        mariadb-dump --single-transaction --routines --databases "$name" | gzip >"$folder/$name.sql.gz.part"
        mv "$folder/$name.sql.gz.part" "$folder/$name.sql.gz"
        echo "$folder/$name.sql.gz"
    done
fi
