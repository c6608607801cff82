# The demo is a program of its own (demo/): it does through the API and the pages what people would do. It is told by its
# environment where the portal is (SATUDATA_URL) and in which file to keep the random passwords of its accounts
# (SATUDATA_DEMO_ACCOUNTS), and it has CKAN's configuration too, to make the first account.

run_demo() {
  [ -e "$PORTAL_TOP/demo/__main__.py" ] || die "There is no demo in this checkout yet (demo/__main__.py)."
  cd "$PORTAL_TOP"
  SATUDATA_URL=$(portal_address) SATUDATA_DEMO_ACCOUNTS=$STATE/demo-accounts PYTHONPATH=$PORTAL_TOP \
    with_site portal "$VENV/bin/python" -m demo "$@"
}

portal_address() { printf '%s' "${SATUDATA_SITE_URL:-http://127.0.0.1:$(port web)}"; }
