# Root's part: install, make a system user, hand .portal/ to it, step down. A PostgreSQL server refuses to run as root,
# and nothing else here needs to.

PORTAL_USER=satudata
# What the services may know of the caller's environment: how to reach the network, and what is meant for ./portal.
PASSED_ON='^(LANG|LANGUAGE|LC_[A-Z]+|TERM|TZ|CI|PIP_[A-Z_]+|PYTEST_[A-Z_]+|SATUDATA_[A-Z_]+|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS|MAVEN_OPTS|npm_config_[a-z_]+|(http|https|no|all)_proxy|(HTTP|HTTPS|NO|ALL)_PROXY)='

# A .portal/ that somebody made without root keeps its owner.
find_portal_user() {
  local owner
  [ ! -e "$STATE" ] || {
    owner=$(stat -c %U "$STATE")
    [ "$owner" = root ] || [ "$owner" = UNKNOWN ] || PORTAL_USER=$owner
  }
}

make_portal_user() {
  id "$PORTAL_USER" > /dev/null 2>&1 ||
    useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$PORTAL_USER"
}

hand_over_state() {
  chown "$PORTAL_USER:$(id -g "$PORTAL_USER")" "$STATE"
  chmod 0700 "$STATE"
}

# What turns root into that user for good: the words to put before a command.
know_portal_user() {
  find_portal_user
  id "$PORTAL_USER" > /dev/null 2>&1 || die "The user $PORTAL_USER is gone from this system: run ./portal up, which makes it again."
  AS_PORTAL_USER=(setpriv --reuid "$PORTAL_USER" --regid "$(id -g "$PORTAL_USER")" --clear-groups --inh-caps=-all
    --bounding-set=-all --no-new-privs --)
}

# The topmost folder above the checkout that the user may not enter, or nothing.
closed_folder() {
  local folder='' name
  local IFS=/
  for name in ${PORTAL_TOP#/}; do
    folder=$folder/$name
    "${AS_PORTAL_USER[@]}" test -x "$folder" || {
      printf '%s' "$folder"
      return
    }
  done
}

# Runs `./portal ARGUMENTS` as the user, from inside the checkout.
step_down() {
  local -a kept
  mapfile -d '' -t kept < <(env -0 | grep -zE "$PASSED_ON")
  exec env -i "${kept[@]}" PATH=/usr/local/bin:/usr/bin:/bin USER="$PORTAL_USER" LOGNAME="$PORTAL_USER" \
    PORTAL_STAGE=user PORTAL_CWD="$PORTAL_CWD" "${AS_PORTAL_USER[@]}" bash "$PORTAL_TOP/portal" "$@"
}

refuse_unreadable_checkout() {
  local found
  # Hidden folders at the top are tools' own (.git, caches): nothing of the portal reads them.
  found=$(cd "$PORTAL_TOP" && "${AS_PORTAL_USER[@]}" find . -path './.*' -prune -o ! -readable -print -quit 2> /dev/null)
  [ -z "$found" ] || die "The user $PORTAL_USER, as whom the portal runs, may not read $PORTAL_TOP/${found#./}: run \"find '$PORTAL_TOP' -path '$STATE' -prune -o -exec chmod o+rX {} +\" and then ./portal again."
}

leave_root() {
  local closed
  know_portal_user
  export PORTAL_CWD=$PWD
  closed=$(closed_folder)
  cd "$PORTAL_TOP"
  if [ -n "$closed" ] && [ "$closed" != "$PORTAL_TOP" ]; then
    open_a_way_in "$closed" "$@"
  fi
  refuse_unreadable_checkout
  step_down "$@"
}
