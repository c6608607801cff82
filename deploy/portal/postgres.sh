# A PostgreSQL of this checkout: own folder, own port on 127.0.0.1, no unix socket (its path may not be long), passwords
# by SCRAM.

PG_DATA=$STATE/postgres

make_cluster() {
  [ ! -e "$PG_DATA" ] || return 0
  unstamp databases schema-portal
  rm -rf "$PG_DATA.part"
  (umask 077 && printf '%s\n' "$POSTGRES_PASSWORD" > "$RUN/pg-password")
  "$PG_BIN/initdb" -D "$PG_DATA.part" -U postgres --auth=scram-sha-256 --pwfile="$RUN/pg-password" \
    --encoding=UTF8 --locale=C.UTF-8
  rm -f "$RUN/pg-password"
  mv "$PG_DATA.part" "$PG_DATA"
}

# After its main process was killed, another that was recovering the database may hold on to it for a minute, and its id
# stays in use until its parent collects it. Until then a new one ends at once, and is started again.
start_postgres() {
  local deadline=$((SECONDS + 100)) mark
  until is_running postgres; do
    refuse_taken_port postgres
    mark=$(wc -c 2> /dev/null < "$LOGS/postgres.log" || echo 0)
    spawn postgres "$PG_BIN/postgres" -D "$PG_DATA" -p "$(port postgres)" -c listen_addresses=127.0.0.1 \
      -c unix_socket_directories= -c timezone=UTC -c log_timezone=UTC
    sleep 1
    tail -c "+$((mark + 1))" "$LOGS/postgres.log" | grep -qE 'shared memory block .* still in use|"postmaster.pid" already exists' || break
    [ $SECONDS -lt $deadline ] || break
    sleep 2
  done
  wait_for postgres 120 postgres_answers
}

postgres_answers() { "$PG_BIN/pg_isready" -q -h 127.0.0.1 -p "$(port postgres)" -d postgres; }

as_superuser() {
  PGPASSWORD=$POSTGRES_PASSWORD "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$(port postgres)" -U postgres "$@"
}

# Roles and databases; each statement may be run again. Passwords reach psql by its environment, and a statement that
# fails is kept out of the server's log.
make_databases() {
  local value site
  value=$(fingerprint "$STATE/secrets.env" "${BASH_SOURCE[0]}" "$PORTAL_TOP/ckanext/satudata/model/proof_tables.py")
  ! stamped databases "$value" || return 0
  CKAN_DB_PASSWORD=$CKAN_DB_PASSWORD DATASTORE_RO_PASSWORD=$DATASTORE_RO_PASSWORD TEST_OWNER_PASSWORD=$TEST_OWNER_PASSWORD as_superuser -d postgres << 'SQL'
SET log_min_error_statement = panic;
\getenv ckan_password CKAN_DB_PASSWORD
\getenv reader_password DATASTORE_RO_PASSWORD
\getenv owner_password TEST_OWNER_PASSWORD
SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY['ckan', 'datastore_ro', 'satudata_owner_test']) AS name
 WHERE name NOT IN (SELECT rolname FROM pg_roles) \gexec
ALTER ROLE ckan PASSWORD :'ckan_password';
ALTER ROLE datastore_ro PASSWORD :'reader_password';
ALTER ROLE satudata_owner_test PASSWORD :'owner_password';
SELECT format('CREATE DATABASE %I OWNER ckan ENCODING ''UTF8'' TEMPLATE template0', name)
  FROM unnest(ARRAY['ckan', 'datastore', 'ckan_test', 'datastore_test', 'ckan_test2', 'datastore_test2']) AS name
 WHERE name NOT IN (SELECT datname FROM pg_database) \gexec
-- Tests commit thousands of times and keep nothing; the portal's own databases wait for the disk.
SELECT format('ALTER DATABASE %I SET synchronous_commit = off', name)
  FROM unnest(ARRAY['ckan_test', 'datastore_test', 'ckan_test2', 'datastore_test2']) AS name \gexec
SQL
  datastore_permissions portal
  proof_tables satudata_owner with_site portal
  for site in $TEST_SITES; do
    datastore_permissions "$site"
    proof_tables satudata_owner_test with_site "$site"
  done
  stamp databases "$value"
}

datastore_permissions() {
  local sql
  sql=$(with_site "$1" ckan_command datastore set-permissions)
  as_superuser -d postgres <<< "$sql"
}

# The tables of proof belong to a role that the portal cannot act as: satudata_owner, which nobody can log in as. Those of
# the test databases belong to satudata_owner_test, whose address only the runner of the tests is given.
# proof_tables OWNER SITE…: SITE is the beginning of a command that runs on the database that is meant.
proof_tables() {
  local owner=$1 sql
  shift
  sql=$("$@" ckan_command satudata proof-tables --owner "$owner")
  as_superuser -d postgres <<< "$sql"
}

# owner_url DATABASE: of a test database.
owner_url() { printf 'postgresql://satudata_owner_test:%s@127.0.0.1:%s/%s' "$TEST_OWNER_PASSWORD" "$(port postgres)" "$1"; }

# What CKAN's own `db clean` leaves of a test site, because the portal's role cannot drop it.
empty_test_proof() {
  as_superuser -d "ckan_$1" -c 'DROP SCHEMA IF EXISTS satudata_proof CASCADE'
  proof_tables satudata_owner_test with_site "$1"
}
