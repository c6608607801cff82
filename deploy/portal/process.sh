# Processes, known by a file that holds process id and start time: an id alone may by now belong to someone else.

start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2> /dev/null) || return 1
  # The name, in brackets, may hold blanks; the fields after it do not. Field 22 is the 20th after the name.
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  printf '%s' "${20}"
}

# Prints the id of a running process of ours, or fails.
pid_of() {
  local pid started
  read -r pid started 2> /dev/null < "$RUN/$1.pid" || return 1
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] || return 1
  printf '%s' "$pid"
}

is_running() { pid_of "$1" > /dev/null; }

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

# wait_for NAME SECONDS COMMAND…: until COMMAND succeeds; a process that has ended meanwhile is an error at once.
wait_for() {
  local name=$1 deadline=$((SECONDS + $2))
  shift 2
  sleep 0.2
  until "$@" > /dev/null 2>&1; do
    is_running "$name" || {
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
  if pid=$(pid_of "$1"); then
    kill -"${2:-TERM}" "$pid"
    while is_running "$1"; do
      tries=$((tries + 1))
      [ $tries -lt 150 ] || kill -KILL -- "-$pid"
      sleep 0.2
    done
  fi
  rm -f "$RUN/$1.pid"
}

# MB of the process and its descendants, which all belong to its session.
memory_of() {
  local session=$1 total=0 stat pages
  local -a fields
  for stat in /proc/[0-9]*/stat; do
    { read -r line < "$stat"; } 2> /dev/null || continue
    # shellcheck disable=SC2206
    fields=(${line##*) })
    [ "${fields[3]}" = "$session" ] || continue
    pages=${fields[21]}
    total=$((total + pages))
  done
  printf '%d' $((total * $(getconf PAGESIZE) / 1048576))
}

http_answers() {
  "$VENV/bin/python" - "$1" << 'PY'
import sys
import urllib.request

with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1], timeout=30) as answer:
    sys.exit(answer.status != 200)
PY
}
