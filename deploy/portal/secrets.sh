# Passwords and keys: random, made once, in a file that only this user reads, and given to processes by environment.
# So neither ckan.ini nor a command line nor a log shows one.

SECRET_NAMES="POSTGRES_PASSWORD CKAN_DB_PASSWORD DATASTORE_RO_PASSWORD REDIS_PASSWORD CKAN_SECRET_KEY CKAN_CSRF_SECRET CKAN_API_TOKEN_SECRET"

make_secrets() {
  [ ! -e "$STATE/secrets.env" ] || return 0
  (
    umask 077
    # Hexadecimal: no character in it means anything to a URL, to SQL or to CKAN's configuration file.
    for name in $SECRET_NAMES; do
      echo "$name=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"
    done > "$STATE/secrets.env.part"
    mv "$STATE/secrets.env.part" "$STATE/secrets.env"
  )
}

# shellcheck source=/dev/null
read_secrets() { . "$STATE/secrets.env"; }
