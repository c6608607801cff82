# Two runs of ./portal must not do the same thing at once. The kernel drops these locks when their holder dies, however it
# dies, so a stale one cannot be in the way. Services are started without them (process.sh).

# Root's part locks the script itself: it needs no file that another user could have replaced.
lock_system() {
  exec 8< "$PORTAL_TOP/portal"
  flock -n 8 || {
    say "Another ./portal is at work in this checkout; waiting for it."
    flock 8
  }
}

unlock_system() { exec 8<&-; }

lock_state() {
  exec 9>> "$STATE/lock"
  flock -n 9 || {
    say "Another ./portal is at work in this checkout (process $(tail -n 1 "$STATE/lock")); waiting for it."
    flock 9
  }
  echo $$ > "$STATE/lock"
}

unlock_state() { exec 9>&-; }

# One test run at a time: they share the test databases. Taken before the lock of the state, which a test run takes again
# when it stops the services: two runs in the other order would wait for each other for ever.
lock_tests() {
  exec 7>> "$STATE/test.lock"
  flock -n 7 || {
    say "Another ./portal test is running in this checkout; waiting for it."
    flock 7
  }
}
