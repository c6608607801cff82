# From nothing to a running portal, and back. Every step looks first whether it is done, so a run goes on where another
# was interrupted.

prepare_state() {
  refuse_unusable_path
  make_state_folders
  choose_ports
  make_secrets
  read_secrets
}

# What tests and portal share: databases, queue and search, with nothing served yet.
start_services() {
  prepare_state
  portal_environment
  write_configuration
  ! own_solr || stamped solr-jars "$(fingerprint "$PORTAL_TOP/deploy/solr/pom.xml")" || {
    need_space "$STATE" 400 "Solr"
    fetch_step "Solr from Maven Central" download_solr
  }
  ! own_solr || step "Solr: cores, start" launch_solr
  [ -e "$PG_DATA" ] || need_space "$STATE" 300 "the database"
  step "PostgreSQL" begin_postgres
  step "Redis" start_redis
  step "Databases and permissions" make_databases
  ! own_solr || step "Solr answers" wait_for solr 120 solr_answers
}

begin_postgres() {
  make_cluster
  start_postgres
}

start_portal() {
  local now
  start_services
  : > "$RUN/wanted"
  stamped schema-portal "$(migrations_fingerprint)" || step "Tables" upgrade_tables portal
  index_is_current || step "Search index" rebuild_index
  now=$(code_fingerprint)
  stamped code-started "$now" || {
    stop worker
    stop dispatcher
    stop web
    stamp code-started "$now"
  }
  step "Web server, dispatcher and job worker" begin_site web dispatcher worker portal
}

# begin_site WEB DISPATCHER WORKER SITE
begin_site() {
  launch_web "$1" "$4"
  launch_dispatcher "$2" "$4"
  launch_worker "$3" "$4"
  wait_for "$1" 90 web_answers "$1"
  wait_for "$2" 90 dispatcher_answers "$2"
  # The worker first does what is left over, dataset by dataset.
  wait_for "$3" 600 worker_answers "$3"
}

stop_portal() {
  local name signal
  rm -f "$RUN/wanted"
  for name in test2_worker test2_dispatcher test2_web test_worker test_dispatcher test_web worker dispatcher web solr redis postgres; do
    [ -e "$RUN/$name.pid" ] || [ -e "$RUN/${name}_keeper.pid" ] || continue
    # SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client.
    signal=TERM
    [ "$name" != postgres ] || signal=INT
    step "Stopping $name" stop "$name" $signal
  done
}

answers() {
  case $1 in
    postgres) postgres_answers ;;
    redis) redis_answers ;;
    solr) solr_answers ;;
    web | test_web | test2_web) web_answers "$1" ;;
    dispatcher | test_dispatcher | test2_dispatcher) dispatcher_answers "$1" ;;
    worker | test_worker | test2_worker) worker_answers "$1" ;;
  esac
}

# Fails when something that belongs to a running portal does not answer.
show_status() {
  local name pid number reply again all=0
  printf '%-16s %8s %6s %8s %9s  %s\n' name pid port memory restarts answers
  for name in postgres redis solr web dispatcher worker test_web test_dispatcher test_worker test2_web test2_dispatcher test2_worker; do
    number=-
    [[ " $PORT_NAMES " != *" $name "* ]] || number=$(port "$name")
    again=-
    [ ! -e "$RUN/${name}_keeper.pid" ] || again=$(restarts_of "$name")
    if pid=$(pid_of "$name"); then
      if answers "$name" > /dev/null 2>&1; then reply=yes; else reply=no all=1; fi
      printf '%-16s %8s %6s %5s MB %9s  %s\n' "$name" "$pid" "$number" "$(memory_of "$pid")" "$again" "$reply"
    elif [ "$name" = solr ] && ! own_solr; then
      printf '%-16s %s\n' solr "the site's own, SATUDATA_SOLR_URL"
    elif [[ $name != test* ]]; then
      printf '%-16s %8s %6s %8s %9s  %s\n' "$name" - "$number" - "$again" "not running"
      all=1
    fi
  done
  show_waiting
  show_failed_duties
  return $all
}
