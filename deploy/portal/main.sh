# The commands.

show_help() {
  cat << 'TEXT'
./portal demo            install what is missing, start everything, run the demo, print address and accounts
./portal up              install what is missing and start everything
./portal demo count      users, datasets, files, cases, events and visits of the demo, as JSON
./portal test [PART…]    run tests: unit, integration, browser, faults, packaging, docs, check; all but docs without a name
./portal bench [NAME]    measure what is claimed about cost and speed
./portal check           format, lint, types, import rules, documentation
./portal status          what runs, on which port, with how much memory
./portal logs [NAME]     the last lines of the log of NAME (postgres, redis, solr, web, dispatcher, worker, setup) or of each
./portal ckan ARGUMENTS  CKAN's own command with this portal's configuration
./portal down            stop everything

Everything lies in .portal/ of this checkout; its ports are in .portal/ports. Debian 12; root or sudo for system packages only.
SATUDATA_SOLR_URL        use this Solr core instead of starting one (SATUDATA_TEST_SOLR_URL: an empty one for tests)
SATUDATA_SITE_URL        the address that people use, when it is not http://127.0.0.1:PORT
TEXT
}

main() {
  local command=${1:-help}
  case $command in
    help | -h | --help) show_help; return ;;
    demo | test | bench | check | up | down | status | logs | ckan) ;;
    *) die "There is no command \"$command\"; ./portal help lists them." ;;
  esac
  [ "$command" != test ] || check_part_names "${@:2}"
  case ${PORTAL_STAGE:-} in
    user) as_user "$@" ;;
    mount) know_portal_user; cover_closed_folder; refuse_unreadable_checkout; step_down "$@" ;;
    *) as_caller "$@" ;;
  esac
}

check_part_names() {
  local part
  for part in "$@"; do
    [[ " $ALL_PARTS docs " == *" $part "* ]] || die "There is no test part \"$part\"; there are: $ALL_PARTS docs."
  done
}

# As whoever typed the command: the system's part, then the rest as the portal's user.
as_caller() {
  require_debian
  refuse_unusable_path
  if [ "$EUID" -eq 0 ]; then
    find_portal_user
  elif [ -e "$STATE" ] && [ ! -O "$STATE" ]; then
    die "$STATE belongs to $(stat -c %U "$STATE"): run ./portal as that user or as root."
  fi
  case $1 in
    demo | up | test | bench | check) prepare_system "$@" ;;
    *) [ -e "$STATE/secrets.env" ] || die "Nothing is set up in this checkout yet: run ./portal up." ;;
  esac
  if [ "$EUID" -eq 0 ]; then leave_root "$@"; fi
  as_user "$@"
}

prepare_system() {
  lock_system
  mkdir -p "$STATE"
  if [ "$EUID" -eq 0 ]; then
    # Root writes no file that the portal's user could have replaced by a link.
    SETUP_LOG=$(mktemp /tmp/portal-packages.XXXXXX)
    trap 'rm -f "$SETUP_LOG"' EXIT
  else
    make_state_folders
  fi
  # shellcheck disable=SC2046  # a list of names
  install_packages $(packages_for "$@")
  if [ "$EUID" -eq 0 ]; then
    rm -f "$SETUP_LOG"
    trap - EXIT
    make_portal_user
    hand_over_state
  fi
  unlock_system
}

packages_for() {
  local command=$1 parts
  shift
  printf '%s ' "$PACKAGES_BASE"
  case $command in
    up | demo | bench) printf '%s' "$PACKAGES_SERVICES" ;;
    test)
      parts=${*:-$ALL_PARTS}
      ! needs_services "$parts" || printf '%s ' "$PACKAGES_SERVICES"
      [[ " $parts " != *" browser "* ]] || printf '%s' "$PACKAGES_BROWSER"
      ;;
  esac
}

as_user() {
  local command=$1
  shift
  keep_tools_inside_state
  "do_$command" "$@"
}

do_up() {
  lock_state
  start_portal
  unlock_state
  say "The portal is up: $(portal_address)"
}

# Says nothing of a portal that is up: the demo does, once it has fetched the public page itself.
do_demo() {
  lock_state
  # What is counted is read by programs: nothing else may stand on that output.
  if [ "${1:-}" = count ]; then start_portal >&2; else start_portal; fi
  unlock_state
  run_demo "$@"
}

do_down() {
  lock_state
  stop_portal
}

do_status() {
  read_secrets
  show_status
}

do_logs() {
  local name=${1:-}
  [ -z "$name" ] || [ -e "$LOGS/$name.log" ] || die "There is no log \"$name\"; there are: $(cd "$LOGS" && echo *.log | sed 's/\.log//g')."
  if [ -n "$name" ]; then
    exec tail -n 200 "${@:2}" "$LOGS/$name.log"
  fi
  tail -n 20 "$LOGS"/*.log
}

do_ckan() {
  read_secrets
  is_running postgres || die "The portal is not running: ./portal up starts it."
  cd "${PORTAL_CWD:-$PWD}" 2> /dev/null || cd "$PORTAL_TOP"
  # Only a command signs: no web process holds the key of the daily heads.
  export SATUDATA_SIGNING_KEY
  with_site portal ckan_command "$@"
}

# Measures on the services of the tests, in a database of its own.
do_bench() {
  local ours='' rc=0 name=${1:-cost_of_plugin}
  check_bench_name "$name"
  lock_tests
  lock_state
  prepare_state
  test_environment
  is_running postgres || ours=yes
  start_services
  unlock_state
  step "Test site: empty tables" empty_test_site
  step "Bench: an empty database" empty_bench_database
  run_bench "$name" "${@:2}" || rc=$?
  drop_bench_database
  [ -z "$ours" ] || [ -e "$RUN/wanted" ] || do_down
  return $rc
}

do_check() { do_test check; }

do_test() {
  local rc=0 ours=
  # shellcheck disable=SC2086  # a list of names
  if [ $# -eq 0 ]; then
    set -- $ALL_PARTS
    export SATUDATA_FAULTS=${SATUDATA_FAULTS:-few}
  fi
  lock_tests
  lock_state
  prepare_state
  [[ " $* " != *" unit "* ]] || unit_environment
  [ "$*" = unit ] || test_environment
  if needs_services "$@"; then
    is_running postgres || ours=yes
    start_services
  fi
  unlock_state
  run_parts "$@" || rc=$?
  # Not when somebody has said ./portal up meanwhile.
  [ -z "$ours" ] || [ -e "$RUN/wanted" ] || do_down
  return $rc
}
