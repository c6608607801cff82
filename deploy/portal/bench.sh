# ./portal bench NAME: measures on the services of the tests, in a database of its own that is made before and dropped after.

bench_names() { (cd "$PORTAL_TOP/bench" && grep -l '^def main' ./*.py | sed 's/^\.\///; s/\.py$//' | tr '\n' ' '); }

check_bench_name() {
  [[ " $(bench_names)" == *" $1 "* ]] || die "There is no bench \"$1\"; there are: $(bench_names)"
}

# on_bench_database COMMAND…, inside with_site: the site's services, and in place of its database the bench's.
on_bench_database() {
  export CKAN_SQLALCHEMY_URL=${CKAN_SQLALCHEMY_URL%/*}/ckan_bench
  "$@"
}

empty_bench_database() {
  need_space "$STATE" 6000 "the database of a bench"
  drop_bench_database
  as_superuser -d postgres -c "CREATE DATABASE ckan_bench OWNER ckan ENCODING 'UTF8' TEMPLATE template0"
  proof_tables satudata_owner_test with_site test on_bench_database
  with_site test on_bench_database ckan_command db upgrade
  # For a rival that is stock CKAN, which makes its tables itself.
  as_superuser -d postgres -c "CREATE DATABASE ckan_bench_stock OWNER ckan ENCODING 'UTF8' TEMPLATE template0"
}

drop_bench_database() {
  as_superuser -d postgres -c "DROP DATABASE IF EXISTS ckan_bench WITH (FORCE)" -c "DROP DATABASE IF EXISTS ckan_bench_stock WITH (FORCE)"
}

run_bench() (
  local name=$1
  shift
  cd "$PORTAL_TOP"
  SATUDATA_OWNER_URL=$(owner_url ckan_bench) with_site test on_bench_database "$VENV/bin/python" -m "bench.$name" "$@"
)
