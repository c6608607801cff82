# What the person at the terminal sees.

die() {
  printf 'portal: %s\n' "$*" >&2
  exit 1
}

say() { printf '%s\n' "$*"; }

# step "What happens" COMMAND…: one line with its seconds; the output goes to the log and is shown only when it failed.
# The subshell keeps `set -e` in force, which bash would switch off if COMMAND stood in a condition.
step() {
  local text=$1 began=$SECONDS mark rc
  shift
  printf '  %-58s' "$text"
  mark=$(wc -c < "$SETUP_LOG")
  printf '\n=== %s\n' "$text" >> "$SETUP_LOG"
  set +e
  (
    set -e
    "$@"
  ) >> "$SETUP_LOG" 2>&1
  rc=$?
  set -e
  if [ $rc -eq 0 ]; then
    printf '%4d s\n' $((SECONDS - began))
    return
  fi
  printf 'failed\n'
  tail -c "+$((mark + 1))" "$SETUP_LOG" | explain_failure "$text" || exit 1
}

# A step that downloads: only there can a failed connection mean that there is no network.
fetch_step() { NEEDS_NETWORK=yes step "$@"; }

# One clear sentence for the causes that have one; else the end of what the command said.
explain_failure() {
  local said last
  said=$(cat)
  last=$(sed -n 's/^portal: //p' <<< "$said" | tail -1)
  [ -z "$last" ] || die "$last"
  if grep -qiE 'No space left on device|not enough free space|Disk quota exceeded' <<< "$said"; then
    die "The disk is full: make room on the disk that holds $PORTAL_TOP and run ./portal again; it goes on where it stopped."
  fi
  if [ -n "${NEEDS_NETWORK:-}" ] && grep -qE 'Temporary failure (in name resolution|resolving)|Could not resolve|Network is unreachable|Failed to establish a new connection|Unknown host|No route to host|Could not connect to|Connection timed out|Name or service not known' <<< "$said"; then
    die "No network: \"$1\" could not reach the package servers. Connect this machine and run ./portal again; it goes on where it stopped."
  fi
  tail -n 25 <<< "$said" >&2
  die "\"$1\" failed; above is the end of what it said."
}
