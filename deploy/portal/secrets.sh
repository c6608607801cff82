# Passwords and keys: random, made once, in a file that only this user reads, and given to processes by environment.
# So neither ckan.ini nor a command line nor a log shows one.

SECRET_NAMES="POSTGRES_PASSWORD CKAN_DB_PASSWORD DATASTORE_RO_PASSWORD REDIS_PASSWORD CKAN_SECRET_KEY CKAN_CSRF_SECRET CKAN_API_TOKEN_SECRET TEST_OWNER_PASSWORD SATUDATA_SIGNING_KEY"

# A name that a newer ./portal knows is added; what is there stays.
make_secrets() {
  local name
  (
    umask 077
    touch "$STATE/secrets.env"
    cp "$STATE/secrets.env" "$STATE/secrets.env.part"
    # Hexadecimal: no character in it means anything to a URL, to SQL or to CKAN's configuration file.
    for name in $SECRET_NAMES; do
      grep -q "^$name=" "$STATE/secrets.env.part" ||
        echo "$name=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" >> "$STATE/secrets.env.part"
    done
    mv "$STATE/secrets.env.part" "$STATE/secrets.env"
  )
}

# shellcheck source=/dev/null
read_secrets() { . "$STATE/secrets.env"; }
