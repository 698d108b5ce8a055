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
  has chromium || echo chromium
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

base_image=busybox:1.37
base_imported=

# The examples are based on busybox. Where it cannot be pulled, the one of this machine becomes that image for this run,
# so that the demo runs real containers.
provide_base_image() {
  if ! engine_answers || docker image inspect "$base_image" > /dev/null 2>&1; then return 0; fi
  local root=$work/busybox applet
  mkdir -p "$root/bin" "$root/tmp"
  cp /bin/busybox "$root/bin/busybox" || return 0
  for applet in $(/bin/busybox --list); do
    [[ $applet = busybox ]] || ln -sf busybox "$root/bin/$applet"
  done
  if tar -C "$root" -c . | docker import - "$base_image" > /dev/null; then base_imported=yes; fi
}

# Where it was there before, it stays.
remove_base_image() {
  if [[ -z $base_imported ]]; then return 0; fi
  docker image rm "$base_image" > /dev/null || true
}

stop_engine() {
  # In a trap a bare return would pass on the exit code of the whole run.
  if [[ -z $engine_job ]]; then return 0; fi
  if [[ -f $work/dockerd.pid ]]; then as_root kill "$(cat "$work/dockerd.pid")" || true; fi
  wait "$engine_job" || true
}
