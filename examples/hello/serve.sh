#!/bin/sh
# Serves one page on port 80 until it is told to stop.
set -eu

mkdir -p /www
echo "Hello from version $VERSION" > /www/index.html

httpd -f -p 80 -h /www &
server=$!
# The first process of a container has to end by itself: ECS waits 30 seconds for that before it kills it.
trap 'kill "$server"' TERM INT

echo "listening on port 80, version $VERSION"
wait "$server" || true
