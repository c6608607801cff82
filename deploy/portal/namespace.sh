# A checkout below a folder that the portal's user may not enter, such as /root: its part runs in a mount namespace of its
# own, in which an empty folder lies over the closed one and the checkout stands in it at the very same path. Nothing
# changes outside, and all paths are the same inside and outside.

refuse_closed_folder() {
  die "The folder $1 may not be entered by the user $PORTAL_USER, and this system does not let ./portal make a mount namespace: move the checkout to a folder that everybody may enter, such as /srv."
}

open_a_way_in() {
  local closed=$1
  shift
  local -a how=(unshare --mount)
  # In a chroot the root folder is no mount point, whose propagation unshare could set.
  "${how[@]}" true 2> /dev/null || how+=(--propagation unchanged)
  "${how[@]}" true 2> /dev/null || refuse_closed_folder "$closed"
  PORTAL_STAGE=mount PORTAL_CLOSED=$closed "${how[@]}" bash "$PORTAL_TOP/portal" "$@" && exit 0 || exit $?
}

# Inside the namespace, still as root. The working folder holds on to the checkout while its path is covered.
cover_closed_folder() {
  local closed=$PORTAL_CLOSED
  unset PORTAL_STAGE PORTAL_CLOSED
  mount -t tmpfs -o mode=0755,size=64k tmpfs "$closed" || refuse_closed_folder "$closed"
  : > "$closed/.covered"
  # The parent process is outside: what it sees there must be as before.
  if [ -e "/proc/$PPID/root$closed/.covered" ]; then
    umount "$closed"
    refuse_closed_folder "$closed"
  fi
  mkdir -p "$PORTAL_TOP"
  mount --no-canonicalize --bind . "$PORTAL_TOP" || refuse_closed_folder "$closed"
  cd "$PORTAL_TOP"
}
