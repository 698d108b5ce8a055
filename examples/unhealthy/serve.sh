#!/bin/sh
# Listens on port 80, but has nothing to serve.
set -eu

mkdir -p /www
httpd -f -p 80 -h /www &
server=$!
trap 'kill "$server"' TERM INT

echo "error: /www/index.html is missing" >&2
wait "$server" || true
