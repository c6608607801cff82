# CKAN itself. There are three sites: `portal`; `test`, which the tests use and may empty at any time; and `test2`, the
# like of it for a second process of tests beside the first.

TEST_SITES="test test2"

site_folder() { if [ "$1" = portal ]; then printf '%s' "$STATE"; else printf '%s' "$STATE/$1-site"; fi; }

# with_site SITE COMMAND…: COMMAND with the site's configuration in its environment, and in nobody else's.
with_site() (
  local site=$1 suffix='' db=0 web=web
  shift
  [ "$site" = portal ] || { suffix=_$site db=1 web=${site}_web; }
  [ "$site" != test2 ] || db=2
  local server
  server=127.0.0.1:$(port postgres)
  export CKAN_SECRET_KEY CKAN_CSRF_SECRET CKAN_API_TOKEN_SECRET
  export CKAN_INI=$(site_folder "$site")/ckan.ini
  export CKAN_SITE_URL=${SATUDATA_SITE_URL:-http://127.0.0.1:$(port "$web")}
  [ "$site" = portal ] || CKAN_SITE_URL=http://127.0.0.1:$(port "$web")
  export CKAN_SQLALCHEMY_URL=postgresql://ckan:$CKAN_DB_PASSWORD@$server/ckan$suffix
  export CKAN_DATASTORE_WRITE_URL=postgresql://ckan:$CKAN_DB_PASSWORD@$server/datastore$suffix
  export CKAN_DATASTORE_READ_URL=postgresql://datastore_ro:$DATASTORE_RO_PASSWORD@$server/datastore$suffix
  export CKAN_REDIS_URL=redis://:$REDIS_PASSWORD@127.0.0.1:$(port redis)/$db
  export CKAN_SOLR_URL=$(solr_url "ckan$suffix")
  [ -n "$CKAN_SOLR_URL" ] || die "SATUDATA_SOLR_URL is set, and tests empty the core that they are given: name an empty one in SATUDATA_TEST_SOLR_URL."
  "$@"
)

ckan_command() { "$VENV/bin/ckan" -c "$CKAN_INI" "$@"; }

# The template as it stands, beside the folders that it names relative to itself. What is not as on an office's portal:
# the demo and the browser tests log in as invented approvers, by passwords of a file and without a telephone.
write_configuration() {
  local site folder plugins=
  [ -e "$PORTAL_TOP/ckanext/satudata/plugin.py" ] || plugins='s/^ckan\.plugins = .*/ckan.plugins = datastore/'
  for site in portal $TEST_SITES; do
    folder=$(site_folder "$site")
    mkdir -p "$folder"
    sed -e "$plugins" -e 's/^\(ckanext\.satudata\.second_factor = \).*/\1nobody/' "$PORTAL_TOP/deploy/ckan.ini" > "$folder/ckan.ini.part"
    mv "$folder/ckan.ini.part" "$folder/ckan.ini"
  done
}

# Tables of CKAN and of each plugin; asked again whenever a migration or CKAN's version is another.
migrations_fingerprint() {
  (cd "$PORTAL_TOP" && find ckanext -path '*/migration/*' -name '*.py' -exec sha256sum {} + | sort && cat requirements/portal.txt "$(site_folder portal)/ckan.ini") | sha256sum | cut -c1-16
}

upgrade_tables() {
  local site=$1
  with_site "$site" ckan_command db upgrade
  [ "$site" != portal ] || stamp schema-portal "$(migrations_fingerprint)"
}

# What a running web process was started with.
code_fingerprint() {
  (cd "$PORTAL_TOP" && find ckanext schemas i18n deploy/wsgi.py deploy/ckan.ini "$STATE/stamps/venv" -type f ! -name '*.pyc' -printf '%p %s %T@\n' 2> /dev/null | sort) | sha256sum | cut -c1-16
}

# launch_web NAME SITE, launch_worker NAME SITE: names differ by site, so that both sites can run at once.
launch_web() {
  local name=$1 site=$2
  is_running "$name" && return 0
  refuse_taken_port "$name"
  with_site "$site" spawn "$name" "$VENV/bin/python" -m gunicorn --chdir "$PORTAL_TOP/deploy" --workers 2 --timeout 120 \
    --bind "127.0.0.1:$(port "$name")" --worker-tmp-dir /dev/shm wsgi:application
}

launch_worker() {
  local name=$1 site=$2
  # What a worker that was killed has left undone is done first; a fault in it keeps no worker from starting.
  # shellcheck disable=SC2016
  with_site "$site" keep "$name" bash -c '"$1" -c "$2" satudata work || true; exec "$1" -c "$2" jobs worker' \
    bash "$VENV/bin/ckan" "$(site_folder "$site")/ckan.ini"
}

# Delivers to search and to the worker what acts have noted in their commits, and does the daily duties: it signs the
# heads, so it has the key, which no web process has.
launch_dispatcher() (
  export SATUDATA_SIGNING_KEY
  with_site "$2" keep "$1" "$VENV/bin/ckan" -c "$(site_folder "$2")/ckan.ini" satudata dispatch
)

web_answers() { http_answers "http://127.0.0.1:$(port "$1")/api/3/action/status_show"; }

# A dispatcher has no port; its connection to the database, on which it is woken, bears its process id.
dispatcher_answers() {
  local pid
  pid=$(pid_of "$1") || return 1
  [ "$(as_superuser -d postgres -Atc "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'satudata dispatch $pid'")" = 1 ]
}

# What acts have noted and nobody has delivered yet, a line for each topic.
show_waiting() {
  as_superuser -d ckan -At -F ' ' -c "SELECT * FROM satudata_waiting()" 2> /dev/null | while read -r topic waiting failing oldest; do
    printf '%-16s %s wait to be delivered (%s failed before), the oldest for %s s\n' "$topic" "$waiting" "$failing" "$oldest"
  done
}

# What the portal does every day by itself and could not do.
show_failed_duties() {
  as_superuser -d ckan -At -F ' ' -c "SELECT name, failures, error FROM satudata_duty WHERE error IS NOT NULL ORDER BY name" 2> /dev/null |
    while read -r duty failures error; do
      printf '%-16s the duty failed %s times: %s\n' "$duty" "$failures" "$error"
    done
}

# A worker has no port; it has put its process id into Redis when it is ready.
worker_answers() {
  local db=0 pid key
  [ "$1" = worker ] || db=1
  [[ $1 != test2_* ]] || db=2
  pid=$(pid_of "$1") || return 1
  while read -r key; do
    [ "$(ask_redis -n $db hget "$key" pid)" = "$pid" ] && return 0
  done < <(ask_redis -n $db smembers rq:workers)
  return 1
}
