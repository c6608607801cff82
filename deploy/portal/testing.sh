# ./portal test and ./portal check. Each part writes JUnit files; the last line sums them up.

ALL_PARTS="unit integration browser faults packaging check"

# run_pytest NAME PYTHON FOLDER OPTIONS…
run_pytest() {
  local name=$1 python=$2 folder=$3 rc=0
  shift 3
  if [ ! -d "$PORTAL_TOP/$folder" ]; then
    say "There is no $folder yet: nothing to run."
    return 0
  fi
  "$python" -m pytest "$folder" -o cache_dir="$STATE/pytest" --junitxml "$STATE/test/$name.xml" "$@" || rc=$?
  # 5: nothing was collected.
  [ $rc -ne 5 ] || { say "$folder holds no test yet."; rc=0; }
  return $rc
}

# Whole, in two processes; a selection by PYTEST_ADDOPTS in one, which starts sooner.
part_unit() {
  local side_by_side=()
  [ -n "${PYTEST_ADDOPTS:-}" ] || side_by_side=(-n 2 --dist worksteal)
  run_pytest unit "$VENV_UNIT/bin/python" tests/unit "${side_by_side[@]}"
}

# Whether tests run in two processes, each on a test site of its own: a selection by PYTEST_ADDOPTS does not, which starts
# sooner so, nor does a Solr that the site named, for it has one core for tests.
two_at_once() { own_solr && [ -z "${PYTEST_ADDOPTS:-}" ]; }

part_integration() {
  local side_by_side=()
  ! two_at_once || side_by_side=(-n 2 --dist worksteal)
  SATUDATA_OWNER_URL=$(owner_url ckan_test) with_site test run_pytest integration "$VENV/bin/python" tests/integration \
    -o addopts="--import-mode=importlib --ckan-ini test.ini" "${side_by_side[@]}"
}

# What fails in the middle of an act: all of it by `./portal test faults`, a little of it within `./portal test`. A commit
# waits for the disk here, as on the portal's own databases: the server is stopped without warning.
part_faults() {
  PGOPTIONS="-c synchronous_commit=on" SATUDATA_OWNER_URL=$(owner_url ckan_test) SATUDATA_POSTGRES="$PG_BIN/pg_ctl -D '$PG_DATA'" \
    SATUDATA_POSTGRES_ID=$RUN/postgres.pid SATUDATA_POSTGRES_LOG=$LOGS/postgres.log \
    with_site test run_pytest faults "$VENV/bin/python" tests/faults -o addopts="--import-mode=importlib --ckan-ini test.ini"
}

# A server of its own on the databases of each test site, with the portal's real settings (test.ini switches CSRF off).
# Whole, in two processes, each before a site of its own and with whole files of tests, whose tests share what they have
# made; a selection by PYTEST_ADDOPTS in one.
part_browser() {
  local rc=0 sites=test side_by_side=() site
  [ -d "$PORTAL_TOP/tests/browser" ] || {
    say "There is no tests/browser yet: nothing to run."
    return 0
  }
  ! two_at_once || sites=$TEST_SITES side_by_side=(-n 2 --dist loadfile)
  rm -rf "$STATE/test/screenshots"
  mkdir -p "$STATE/test/screenshots"
  step "Test sites: empty tables" for_each_at_once "$sites" empty_test_site
  step "Test sites: web server, dispatcher and job worker" for_each_at_once "$sites" begin_test_site
  SATUDATA_URL=http://127.0.0.1:$(port test_web) SATUDATA_URL2=http://127.0.0.1:$(port test2_web) \
    SATUDATA_CHROMIUM=/usr/bin/chromium SATUDATA_SCREENSHOTS=$STATE/test/screenshots \
    with_site test run_pytest browser "$VENV/bin/python" tests/browser \
    -o addopts="--import-mode=importlib -p no:ckan -p no:ckan_fixtures" "${side_by_side[@]}" || rc=$?
  for site in $sites; do
    end_test_site "$site"
  done
  return $rc
}

begin_test_site() { begin_site "$1_web" "$1_dispatcher" "$1_worker" "$1"; }

end_test_site() {
  stop "$1_worker"
  stop "$1_dispatcher"
  stop "$1_web"
}

# empty_test_site [SITE]
empty_test_site() {
  local site=${1:-test}
  end_test_site "$site"
  rm -rf "$(site_folder "$site")/files"
  with_site "$site" empty_queue
  with_site "$site" ckan_command db clean --yes
  empty_test_proof "$site"
  upgrade_tables "$site"
  with_site "$site" ckan_command search-index clear
}

# for_each_at_once "NAME…" COMMAND: COMMAND NAME for each, side by side; fails when one has failed.
for_each_at_once() {
  local name one rc=0
  local -a children=()
  for name in $1; do
    "$2" "$name" &
    children+=($!)
  done
  for one in "${children[@]}"; do
    wait "$one" || rc=$?
  done
  return $rc
}

part_packaging() { run_pytest packaging "$VENV/bin/python" tests/packaging -o addopts="--import-mode=importlib -p no:ckan -p no:ckan_fixtures"; }

part_docs() { run_pytest docs "$VENV/bin/python" tests/docs -o addopts="--import-mode=importlib -p no:ckan -p no:ckan_fixtures"; }

# The type checker works on one core for as long as all the others together.
part_check() {
  local rc=0 types
  one_check "pyright" "$VENV/bin/pyright" --pythonpath "$VENV/bin/python" > "$STATE/test/pyright.said" &
  types=$!
  one_check "ruff format" "$VENV/bin/ruff" format --check . || rc=1
  one_check "ruff check" "$VENV/bin/ruff" check . || rc=1
  one_check "lint-imports" env PYTHONPATH="$PORTAL_TOP" "$VENV/bin/lint-imports" --no-cache || rc=1
  part_docs || rc=1
  wait $types || rc=1
  cat "$STATE/test/pyright.said"
  return $rc
}

# One line when all is well, the whole output when not; counted like one test.
one_check() {
  local name=$1 said result='' rc=0
  shift
  said=$("$@" 2>&1) || rc=$?
  if [ $rc -eq 0 ]; then
    printf '  %-20s ok\n' "$name"
  else
    printf '  %-20s failed\n%s\n' "$name" "$said"
    result='<failure/>'
  fi
  printf '<testsuite tests="1" failures="%d"><testcase name="%s">%s</testcase></testsuite>\n' $((rc != 0)) "$name" "$result" \
    > "$STATE/test/check ${name// /-}.xml"
  return $rc
}

needs_services() { [[ " $* " == *" integration "* || " $* " == *" browser "* || " $* " == *" faults "* ]]; }

# run_parts PART…: all of them, even when one has failed.
run_parts() {
  local part began rc=0
  local -a times=()
  rm -f "$STATE"/test/*.xml
  for part in "$@"; do
    say "" && say "--- $part"
    began=$SECONDS
    set +e
    (
      set -e
      cd "$PORTAL_TOP"
      "part_$part"
    )
    [ $? -eq 0 ] || rc=1
    set -e
    times+=("$(printf '%s %d s' "$part" $((SECONDS - began)))")
  done
  say "" && printf 'Time: %s\n' "$(IFS=,; echo "${times[*]}" | sed 's/,/, /g')"
  /usr/bin/python3 "$PORTAL_TOP/deploy/portal/tally.py" "$STATE"/test || rc=1
  return $rc
}
