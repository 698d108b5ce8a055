# shellcheck shell=bash
# What the checks need of the machine.

as_root() {
  if [[ $(id -u) = 0 ]]; then "$@"; else sudo "$@"; fi
}

engine_answers() {
  docker version > /dev/null 2>&1
}

has() {
  command -v "$1" > /dev/null
}

# A docker client may be there without an engine.
missing_packages() {
  has git || echo git
  has npm || echo nodejs npm
  has pgrep || echo procps
  has skopeo || echo skopeo
  [[ -x /usr/bin/aws ]] || echo awscli
  [[ -x /bin/busybox ]] || echo busybox-static
  engine_answers || has dockerd || echo docker.io
}

install_programs() {
  local packages
  mapfile -t packages < <(missing_packages | tr ' ' '\n')
  if [[ ${#packages[@]} = 0 ]]; then return 0; fi
  echo "Installing ${packages[*]}"
  if ! { as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"; } \
    > "$work/apt.log" 2>&1; then
    cat "$work/apt.log"
    echo 'The packages cannot be installed; checks that need them will fail'
  fi
}

engine_job=

# The group lets a user other than root talk to the engine. The pid file is its own, because the job is that of a shell
# or of sudo.
start_engine() {
  if engine_answers; then return 0; fi
  echo 'Starting a docker engine'
  as_root dockerd --group "$(id -gn)" --pidfile "$work/dockerd.pid" > "$work/dockerd.log" 2>&1 &
  engine_job=$!
  for _ in {1..60}; do
    if engine_answers; then return 0; fi
    kill -0 "$engine_job" 2> /dev/null || break
    sleep 0.5
  done
  tail -20 "$work/dockerd.log"
  echo 'No docker engine answers; checks that need one will fail'
}

stop_engine() {
  # In a trap a bare return would pass on the exit code of the whole run.
  if [[ -z $engine_job ]]; then return 0; fi
  if [[ -f $work/dockerd.pid ]]; then as_root kill "$(cat "$work/dockerd.pid")" || true; fi
  wait "$engine_job" || true
}
