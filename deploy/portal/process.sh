# Processes, known by a file that holds process id and start time: an id alone may by now belong to someone else.

# The fields of /proc/PID/stat after the name, which stands in brackets and may hold blanks: state, parent, group, session …
# A process that is dead but not yet collected by its parent has none.
stat_fields() {
  local line
  { read -r line < "/proc/$1/stat"; } 2> /dev/null || return 1
  line=${line##*) }
  [[ $line != [ZX]* ]] && printf '%s\n' "$line"
}

# Clock ticks since boot; with the process id it names one process for ever.
start_time() {
  local -a fields
  read -r -a fields < <(stat_fields "$1") && printf '%s' "${fields[19]}"
}

# Prints the id of a running process of ours, or fails.
pid_of() {
  local pid started
  read -r pid started 2> /dev/null < "$RUN/$1.pid" || return 1
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] || return 1
  printf '%s' "$pid"
}

is_running() { pid_of "$1" > /dev/null; }

# The ids of a service's processes: its session, and its children where these, as PostgreSQL's, have sessions of their own.
members_of() {
  local folder
  local -a fields
  for folder in /proc/[0-9]*; do
    read -r -a fields < <(stat_fields "${folder#/proc/}") || continue
    [ "${fields[3]}" != "$1" ] && [ "${fields[1]}" != "$1" ] || printf '%s ' "${folder#/proc/}"
  done
}

# Children of a service that was killed hold its port until they notice, gunicorn's for up to a minute: they are asked to
# end. They are known by the session, whose number the kernel gives to nobody else while one of them lives, and by the
# path of this checkout in their command line.
end_remains() {
  local pid started now member tries
  read -r pid started 2> /dev/null < "$RUN/$1.pid" || return 0
  for tries in {1..60}; do
    # Somebody else has the number by now.
    ! now=$(start_time "$pid") || [ "$now" = "$started" ] || return 0
    [ -n "$(members_of "$pid")" ] || return 0
    if [ "$tries" -eq 1 ]; then
      for member in $(members_of "$pid"); do
        ! tr '\0' ' ' 2> /dev/null < "/proc/$member/cmdline" | grep -qF "$STATE/" || kill -TERM "$member" 2> /dev/null || true
      done
    fi
    sleep 0.5
  done
}

# spawn NAME COMMAND…: in a session of its own. The new process writes its own file before it becomes COMMAND, so that
# there is no moment at which it runs unknown.
spawn() {
  local name=$1 log=$LOGS/$1.log
  [ ! -e "$log" ] || [ "$(stat -c %s "$log")" -lt 20000000 ] || mv "$log" "$log.1"
  # shellcheck disable=SC2016
  setsid bash -c '
    file=$1; shift
    read -r stat < "/proc/$$/stat"; fields=(${stat##*) })
    echo "$$ ${fields[19]}" > "$file.part" && mv "$file.part" "$file"
    exec "$@"' bash "$RUN/$name.pid" "${@:2}" >> "$log" 2>&1 < /dev/null 7>&- 9>&- &
}

# keep NAME COMMAND…: spawned, and spawned again whenever it ends by itself. Who does that is a process too, NAME_keeper.
keep() {
  local name=$1
  ! is_running "$name" || ! is_running "${name}_keeper" || return 0
  # One of the two alone: the other was killed.
  stop "$name"
  rm -f "$RUN/$name.restarts"
  export PORTAL_TOP
  spawn "${name}_keeper" bash "$PORTAL_TOP/deploy/portal/keeper" "$@"
}

# keep_running NAME COMMAND…: what a keeper does until it is asked to end; its process is stopped by who stops it.
# After 1, 2, 4 … 30 seconds; at once again when it ran for a minute.
keep_running() {
  local name=$1 pause=1 began child rc
  trap 'exit 0' TERM INT
  while true; do
    began=$SECONDS
    end_remains "$name"
    spawn "$@"
    child=$!
    # A signal that comes meanwhile ends the keeper and not the process.
    rc=0
    { wait "$child"; } 2> /dev/null || rc=$?
    [ $((SECONDS - began)) -lt 60 ] || pause=1
    printf '%s %s ended with %d; it is started again in %d s\n' "$(date -u +%FT%TZ)" "$name" "$rc" "$pause"
    sleep "$pause" &
    wait $!
    pause=$((pause * 2 < 30 ? pause * 2 : 30))
    echo $(($(restarts_of "$name") + 1)) > "$RUN/$name.restarts"
  done
}

# How often a kept process was started again since ./portal started it.
restarts_of() { cat "$RUN/$1.restarts" 2> /dev/null || echo 0; }

# Its keeper is there and has not yet come to start it for the first time.
is_about_to_run() { is_running "$1_keeper" && [ ! -e "$RUN/$1.pid" ]; }

# wait_for NAME SECONDS COMMAND…: until COMMAND succeeds; a process that has ended meanwhile is an error at once.
wait_for() {
  local name=$1 deadline=$((SECONDS + $2))
  shift 2
  sleep 0.2
  until "$@" > /dev/null 2>&1; do
    is_running "$name" || is_about_to_run "$name" || {
      stop "$name"
      tail -n 15 "$LOGS/$name.log"
      die "$name has ended instead of starting; see $LOGS/$name.log."
    }
    [ $SECONDS -lt $deadline ] || die "$name does not answer; see $LOGS/$name.log."
    sleep 0.2
  done
}

# stop NAME [SIGNAL]: its own signal first, and the whole session after thirty seconds.
stop() {
  local pid tries=0
  # Who would start it again goes first.
  [ ! -e "$RUN/$1_keeper.pid" ] || stop "$1_keeper"
  if pid=$(pid_of "$1"); then
    kill -"${2:-TERM}" "$pid" 2> /dev/null || true
    while is_running "$1"; do
      tries=$((tries + 1))
      [ $tries -lt 150 ] || kill -KILL -- "-$pid" 2> /dev/null || true
      sleep 0.2
    done
  fi
  end_remains "$1"
  rm -f "$RUN/$1.pid"
}

# MB of a service's processes; memory that several share (PSS) counts once.
memory_of() {
  local pid total=0 kb
  for pid in $(members_of "$1"); do
    kb=$(awk '$1 == "Pss:" { print $2 }' "/proc/$pid/smaps_rollup" 2> /dev/null) || continue
    total=$((total + ${kb:-0}))
  done
  printf '%d' $((total / 1024))
}

http_answers() {
  "$VENV/bin/python" - "$1" << 'PY'
import sys
import urllib.request

with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1], timeout=30) as answer:
    sys.exit(answer.status != 200)
PY
}
