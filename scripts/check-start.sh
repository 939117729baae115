#!/usr/bin/env bash
# Starts the server twice with `npm start`, with an empty data directory, and checks what a new user sees. Used by .ci/run.
set -euo pipefail
results=$1
data=$(mktemp -d)
server=""
stop() { [ -z "$server" ] || { kill -TERM "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }; server=""; }
trap 'stop; rm -rf "$data"' EXIT

# start <name>: starts the server, waits until it is ready, and sets $url and $seconds.
start() {
  local begun=$SECONDS
  LANDFALL_DATA_DIR="$data" PORT=0 HOST=127.0.0.1 npm start >"$results/$1.out" 2>"$results/$1.err" &
  server=$!
  until grep -q "ready on" "$results/$1.out"; do
    kill -0 "$server" 2>/dev/null || { cat "$results/$1.err"; exit 1; }
    [ $((SECONDS - begun)) -lt 300 ] || { echo "not ready after 300 s"; cat "$results/$1.err"; exit 1; }
    sleep 0.2
  done
  seconds=$((SECONDS - begun))
  url=$(sed -n 's/.*ready on \(http:[^ ]*\).*/\1/p' "$results/$1.out")
}

# stop_cleanly <name>: npm must wait until the server has stopped; in a container, no process outlives npm.
stop_cleanly() {
  local code=0
  kill -TERM "$server"
  wait "$server" || code=$?
  server=""
  [ "$code" = 0 ] && grep -q '"msg":"stopped"' "$results/$1.err" || { echo "npm start ended with $code before the server had stopped"; exit 1; }
}

start first
echo "ready after $seconds s"
if [ ! -e node_modules/.bin/vitest ] && ls node_modules/.pnpm | grep -E '^(@sentry\+|sentry@|@babel\+core|vite@|webpack@|rollup@|playwright)'; then
  echo "an install for serving brings what only tests need"
  exit 1
fi
curl -fsS "$url/" >/dev/null
curl -fsS "$url/readyz" >/dev/null
eval "$(sed -n 's/^ *\(export SENTRY_[A-Z_]*=[^ ]*\)$/\1/p' "$results/first.out")"
curl -fsS -H "Authorization: Bearer $SENTRY_AUTH_TOKEN" "$SENTRY_URL/api/0/organizations/$SENTRY_ORG/releases/" >/dev/null
stop_cleanly first

start second
echo "ready again after $seconds s"
if grep -Eq 'sntry|/setup/' "$results/second.out"; then echo "a later start shows secrets"; exit 1; fi
stop
