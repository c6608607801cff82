# A Redis of this checkout. Debian's redis-tools holds the whole server: one binary that looks at the name by which it is
# called, installed as redis-check-rdb. Under the name redis-server it is the server, and so the package redis-server,
# which would bring and start a service of the system's own, is not needed.

start_redis() {
  is_running redis || {
    refuse_taken_port redis
    ln -sfn /usr/bin/redis-check-rdb "$STATE/bin/redis-server"
    mkdir -p "$STATE/redis"
    (
      umask 077
      cat > "$STATE/redis.conf" << CONF
bind 127.0.0.1
port $(port redis)
dir "$STATE/redis"
appendonly yes
requirepass $REDIS_PASSWORD
CONF
    )
    spawn redis "$STATE/bin/redis-server" "$STATE/redis.conf"
  }
  wait_for redis 60 redis_answers
}

ask_redis() { REDISCLI_AUTH=$REDIS_PASSWORD redis-cli -h 127.0.0.1 -p "$(port redis)" "$@"; }

redis_answers() { [ "$(ask_redis ping)" = PONG ]; }

# The whole of a site's database; called within its environment (with_site).
empty_queue() { ask_redis -n "${CKAN_REDIS_URL##*/}" flushdb; }
