# Where things lie and which ports they answer on.

STATE=$PORTAL_TOP/.portal
VENV=$STATE/venv
VENV_UNIT=$STATE/venv-unit
LOGS=$STATE/log
RUN=$STATE/run
SETUP_LOG=$LOGS/setup.log
PORT_NAMES="postgres redis solr web test_web test2_web"

# Tools leave caches and build folders beside the sources unless told otherwise, and the user that runs them here
# cannot write beside the sources.
keep_tools_inside_state() {
  export HOME=$STATE/home
  export PYTHONPYCACHEPREFIX=$STATE/pycache
  export HYPOTHESIS_STORAGE_DIRECTORY=$STATE/hypothesis
  export RUFF_CACHE_DIR=$STATE/ruff
  export PYRIGHT_PYTHON_CACHE_DIR=$STATE/pyright
  export DIST_EXTRA_CONFIG=$STATE/setuptools.cfg
  unset PYTHONPATH PYTHONHOME VIRTUAL_ENV
}

make_state_folders() {
  umask 022
  mkdir -p "$STATE"
  # Uploads that are not public yet lie in it.
  chmod 0700 "$STATE"
  mkdir -p "$STATE"/{home,log,run,stamps,pycache,bin,build,test}
  keep_tools_inside_state
  printf '[egg_info]\negg_base = %s\n[build]\nbuild_base = %s\n' "$STATE/build" "$STATE/build" > "$STATE/setuptools.cfg"
  [ ! -e "$SETUP_LOG" ] || [ "$(stat -c %s "$SETUP_LOG")" -lt 5000000 ] || mv "$SETUP_LOG" "$SETUP_LOG.1"
  printf '\n##### %s\n' "$(date -u +%FT%TZ)" >> "$SETUP_LOG"
}

# Python's configuration files, PATH and Java each give one of these characters a meaning of their own.
refuse_unusable_path() {
  case $PORTAL_TOP in
    *[%:\"\'\\\$]* | *$'\n'*)
      die "The folder $PORTAL_TOP has a character in its path that CKAN or Java cannot take (% : \" ' \\ \$): move the checkout." ;;
  esac
}

port() {
  local line
  line=$(grep "^$1=" "$STATE/ports") || die "The file $STATE/ports has no line for $1: remove the file and run ./portal up."
  printf '%s' "${line#*=}"
}

port_is_taken() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# Chosen once, below the range from which the kernel gives ports to outgoing connections. A name that a newer ./portal
# knows is added; what is there stays.
choose_ports() {
  local name candidate chosen
  touch "$STATE/ports"
  chosen=" $(sed 's/.*=//' "$STATE/ports" | tr '\n' ' ')"
  cp "$STATE/ports" "$STATE/ports.part"
  for name in $PORT_NAMES; do
    ! grep -q "^$name=" "$STATE/ports.part" || continue
    candidate=
    while [ -z "$candidate" ] || port_is_taken "$candidate" || [[ $chosen == *" $candidate "* ]]; do
      candidate=$((20000 + RANDOM % 10000))
    done
    chosen+="$candidate "
    echo "$name=$candidate" >> "$STATE/ports.part"
  done
  mv "$STATE/ports.part" "$STATE/ports"
}

refuse_taken_port() {
  end_remains "$1"
  local name=$1 number
  number=$(port "$name")
  ! port_is_taken "$number" ||
    die "Port $number, which $name of this checkout uses, is taken by another program: stop that program, or change the line \"$name=$number\" in $STATE/ports, and run ./portal again."
}

# need_space FOLDER MEGABYTES PURPOSE
need_space() {
  local free
  free=$(($(df -Pk -- "$1" | awk 'NR == 2 { print $4 }') / 1024))
  [ "$free" -ge "$2" ] ||
    die "The disk that holds $1 is full: $3 needs $2 MB and $free MB are free. Make room and run ./portal again."
}
