# A Solr of this checkout with the cores `ckan`, `ckan_test` and `ckan_test2`, unless the site names its own in SATUDATA_SOLR_URL
# (and, for tests, SATUDATA_TEST_SOLR_URL: tests empty the core that they are given).

SOLR=$STATE/solr

java_home() { printf '/usr/lib/jvm/java-17-openjdk-%s' "$(dpkg --print-architecture)"; }

own_solr() { [ -z "${SATUDATA_SOLR_URL:-}" ]; }

solr_url() {
  local core=$1
  if own_solr; then
    printf 'http://127.0.0.1:%s/solr/%s' "$(port solr)" "$core"
  elif [ "$core" = ckan ]; then
    printf '%s' "$SATUDATA_SOLR_URL"
  else
    printf '%s' "${SATUDATA_TEST_SOLR_URL:-}"
  fi
}

# Maven Central's jars, each checked against its checksum (-C: a bad one is an error).
download_solr() {
  local value
  value=$(fingerprint "$PORTAL_TOP/deploy/solr/pom.xml")
  ! stamped solr-jars "$value" || return 0
  stop solr
  rm -rf "$SOLR/lib" "$SOLR/lib.part"
  JAVA_HOME=$(java_home) mvn -B -q -C -f "$PORTAL_TOP/deploy/solr/pom.xml" -Dmaven.repo.local="$STATE/maven" \
    dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$SOLR/lib.part"
  mv "$SOLR/lib.part" "$SOLR/lib"
  stamp solr-jars "$value"
  # 100 MB that are needed once.
  rm -rf "$STATE/maven"
}

ckan_schema() { "$VENV/bin/python" -c 'import ckan, os; print(os.path.join(os.path.dirname(ckan.__file__), "config/solr/schema.xml"))'; }

# What the running Solr was started with: its cores are looked at only while it is stopped.
solr_fingerprint() { fingerprint "$PORTAL_TOP"/deploy/solr/*.* "$(ckan_schema)" "$STATE/stamps/solr-jars"; }

make_cores() {
  local core schema
  schema=$(ckan_schema)
  mkdir -p "$SOLR/home"
  for core in ckan ckan_test ckan_test2; do
    "$VENV/bin/python" "$PORTAL_TOP/deploy/solr/core.py" --home "$SOLR/home" --core "$core" --schema "$schema"
  done
}

launch_solr() {
  local now
  now=$(solr_fingerprint)
  stamped solr-started "$now" || stop solr
  ! is_running solr || return 0
  refuse_taken_port solr
  make_cores
  stamp solr-started "$now"
  spawn solr "$(java_home)/bin/java" -Xms64m -Xmx512m -Dsolr.solr.home="$SOLR/home" -Dsolr.log.dir="$LOGS" \
    -Dsolr.install.dir="$SOLR" -Dsolr.default.confdir="$SOLR/home" -Djetty.port="$(port solr)" \
    -cp "$SOLR/lib/*" org.eclipse.jetty.xml.XmlConfiguration "$PORTAL_TOP/deploy/solr/jetty.xml"
}

solr_answers() { http_answers "$(solr_url ckan)/select?q=*:*&rows=0"; }

# The stamp lies in the core's own data: a core made anew has lost it, whoever made it and wherever that was interrupted.
index_is_current() { ! own_solr || [ -e "$SOLR/home/ckan/data/indexed-by-portal" ]; }

rebuild_index() {
  with_site portal ckan_command search-index rebuild
  ! own_solr || touch "$SOLR/home/ckan/data/indexed-by-portal"
}
