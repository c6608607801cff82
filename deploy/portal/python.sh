# Two environments: `venv` with CKAN and the project, `venv-unit` without CKAN, for the rooms.
# Each has stamps that say from which files it was made; a stamp is written last, so an interrupted step is done again.

fingerprint() { cat -- "$@" | sha256sum | cut -c1-16; }

# stamped NAME VALUE: true when NAME was done with VALUE.
stamped() { [ "$(cat "$STATE/stamps/$1" 2> /dev/null)" = "$2" ]; }
stamp() { printf '%s' "$2" > "$STATE/stamps/$1.part" && mv "$STATE/stamps/$1.part" "$STATE/stamps/$1"; }
unstamp() { (cd "$STATE/stamps" && rm -f -- "$@"); }

# environment FOLDER NAME FILE: made from nothing whenever FILE has changed, so that nothing old stays in it.
environment() {
  local folder=$1 name=$2 file=$PORTAL_TOP/requirements/$3 value
  value=$(fingerprint "$file")
  ! stamped "$name" "$value" || return 0
  unstamp "$name" "$name-project" "$name-test"
  rm -rf "$folder"
  /usr/bin/python3 -m venv "$folder"
  "$folder/bin/python" -m pip install -q --disable-pip-version-check -r "$file"
  open_namespace "$folder"
  stamp "$name" "$value"
}

# Scheming comes as source and sometimes leaves a `ckanext/__init__.py` behind, which no wheel of CKAN has: with it the
# type checker and the import rules find CKAN's folder alone and not ours.
open_namespace() { rm -f -- "$1"/lib/python3*/site-packages/ckanext/__init__.py; }

add_test_tools() {
  local file=$PORTAL_TOP/requirements/test.txt value
  value=$(fingerprint "$file")
  ! stamped venv-test "$value" || return 0
  "$VENV/bin/python" -m pip install -q --disable-pip-version-check -r "$file"
  open_namespace "$VENV"
  stamp venv-test "$value"
}

# The project itself, editable: done again when a file that says what is installed has changed.
project_into() {
  local folder=$1 name=$2 value
  [ -e "$PORTAL_TOP/pyproject.toml" ] || return 0
  value=$(fingerprint "$PORTAL_TOP/pyproject.toml" "$PORTAL_TOP/setup.py")
  ! stamped "$name-project" "$value" || return 0
  "$folder/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e "$PORTAL_TOP"
  stamp "$name-project" "$value"
}

portal_environment() {
  stamped venv "$(fingerprint "$PORTAL_TOP/requirements/portal.txt")" || {
    need_space "$STATE" 1000 "the Python environment"
    fetch_step "Python environment with CKAN" environment "$VENV" venv portal.txt
  }
  step "This project in it" project_into "$VENV" venv
}

test_environment() {
  portal_environment
  stamped venv-test "$(fingerprint "$PORTAL_TOP/requirements/test.txt")" || {
    need_space "$STATE" 1200 "the test tools"
    fetch_step "Test tools" add_test_tools
  }
}

unit_environment() {
  fetch_step "Python environment without CKAN" environment "$VENV_UNIT" unit unit.txt
  step "This project in it" project_into "$VENV_UNIT" unit
}
