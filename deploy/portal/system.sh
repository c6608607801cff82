# The part that may need an administrator: the system's packages. Everything else runs as an ordinary user.

PG_VERSION=15
PG_BIN=/usr/lib/postgresql/$PG_VERSION/bin
PG_MARKER=$STATE/postgresql-comes-from-us

# media-types: without /etc/mime.types Python 3.11 does not know what an .xlsx is, and CKAN asks it.
# fonts-liberation: the sheet of a SOP is measured and set in it.
PACKAGES_BASE="python3 python3-venv libmagic1 media-types fonts-liberation"
# redis-tools, not redis-server: see redis.sh.
PACKAGES_SERVICES="postgresql-$PG_VERSION redis-tools openjdk-17-jre-headless maven"
PACKAGES_BROWSER="chromium fonts-dejavu-core"

require_debian() {
  local id='' version_id='' pretty_name='an unknown system'
  if [ -r /etc/os-release ]; then
    id=$(. /etc/os-release && echo "${ID:-}")
    version_id=$(. /etc/os-release && echo "${VERSION_ID:-}")
    pretty_name=$(. /etc/os-release && echo "${PRETTY_NAME:-}")
  fi
  [ "$id $version_id" = "debian 12" ] || die "./portal is made for Debian 12 and this is $pretty_name."
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2> /dev/null)" = "ii " ]; }

missing_packages() {
  local package
  for package in "$@"; do is_installed "$package" || printf '%s ' "$package"; done
}

as_admin() {
  if [ "$EUID" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

apt_quietly() {
  # Another apt may be at work on this machine: wait for it.
  as_admin env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=900 "$@"
}

# install_packages PACKAGE…: nothing at all happens when all are there.
install_packages() {
  local missing
  drop_interrupted_cluster
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  [ "$EUID" -eq 0 ] || command -v sudo > /dev/null ||
    die "These packages are missing: ${missing% }. You are not root and there is no sudo: let an administrator run \"apt-get install ${missing% }\", then run ./portal again."
  need_space /usr 1500 "installing ${missing% }"
  [[ " $missing" != *" postgresql-$PG_VERSION "* ]] || mark_postgresql_as_ours
  fetch_step "System packages" install_missing "$missing"
  drop_interrupted_cluster
}

install_missing() {
  finish_interrupted_installation
  apt_quietly update
  # shellcheck disable=SC2086  # a list of names
  apt_quietly install --no-install-recommends $1
}

# Takes up what an installation that was killed has left half done, once the packages are nobody else's work: dpkg, other
# than apt, does not wait for that.
finish_interrupted_installation() {
  local said tries
  for tries in {1..180}; do
    ! said=$(as_admin dpkg --configure -a 2>&1) || return 0
    grep -q 'is locked by another process' <<< "$said" || break
    [ "$tries" -lt 180 ] || break
    sleep 5
  done
  printf '%s\n' "$said"
  return 1
}

# Debian's postgresql-15 makes a cluster 15/main and starts it as it is installed. When it is we who install it, that
# cluster goes at once, so that no service runs which nobody asked for. The marker, written before the installation,
# lets a later run finish this; a cluster that was there before is never touched.
mark_postgresql_as_ours() {
  [ ! -e "/etc/postgresql/$PG_VERSION/main" ] && [ ! -e "/var/lib/postgresql/$PG_VERSION/main" ] || return 0
  # An interrupted run may have left one; noclobber: never through a link that lies in the way.
  rm -f "$PG_MARKER"
  (set -o noclobber && echo "$PG_VERSION/main" > "$PG_MARKER")
}

drop_interrupted_cluster() {
  # Believed only when the one who may install packages has written it.
  [ -f "$PG_MARKER" ] && [ ! -L "$PG_MARKER" ] && [ "$(stat -c %u "$PG_MARKER")" -eq "$EUID" ] || return 0
  if [ -e "/etc/postgresql/$PG_VERSION/main" ]; then
    step "Removing the cluster that Debian's package has made" as_admin pg_dropcluster --stop "$PG_VERSION" main
  fi
  is_installed "postgresql-$PG_VERSION" || return 0
  rm -f "$PG_MARKER"
}
