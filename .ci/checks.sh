# shellcheck shell=bash
# How checks run, are counted and told. A check that fails does not keep the others from running.

passed=0
failed=0
lines=()

# check <title> <command...>: one check.
check() {
  local title=$1
  shift
  if timed "$title" "$@"; then
    count "$title" 1 0
  else
    count "$title" 0 1
  fi
}

# tests <title> <command...>: a run of vitest, which counts its own tests; the command gets its flags at its end.
tests() {
  local title=$1 report exit_code=0 counts
  shift
  report=$reports/$(date +%s%N).json
  timed "$title" "$@" --reporter=default --reporter=json --outputFile.json="$report" || exit_code=$?
  counts=$(npm_node "$root/.ci/count-tests.mjs" "$report" "$exit_code") || counts='0 1'
  # shellcheck disable=SC2086
  count "$title" $counts
}

# The Node.js that the project brings along, or else the one of the machine.
npm_node() {
  local node=$clone/node_modules/.bin/node
  if [[ -x $node ]]; then "$node" "$@"; else node "$@"; fi
}

timed() {
  local title=$1 exit_code=0
  shift
  echo
  echo "══ $title"
  SECONDS=0
  # A check cannot leave the folder for the next one.
  ("$@") || exit_code=$?
  if [[ $exit_code != 0 ]]; then echo "══ failed with exit code $exit_code: $title"; fi
  took=$SECONDS
  return "$exit_code"
}

# count <title> <passed> <failed> [skipped]
count() {
  passed=$((passed + $2))
  failed=$((failed + $3))
  local line
  line=$(printf '%5d passed %5d failed %5d s  %s' "$2" "$3" "$took" "$1")
  if [[ ${4:-0} != 0 ]]; then line+=" ($4 skipped)"; fi
  lines+=("$line")
}

summary() {
  echo
  printf '%s\n' "${lines[@]}"
  echo "$passed passed, $failed failed"
  [[ $failed = 0 ]]
}

# CI may own the checkout under another user than the one that runs this.
clone_commit() {
  git config --file "$work/gitconfig" safe.directory '*'
  GIT_CONFIG_GLOBAL=$work/gitconfig git clone --quiet "$1" "$2"
  git -C "$2" log -1 --format='%h %s'
}

nothing_in() {
  local left
  # Node.js keeps what it has compiled there, for all programs of the machine.
  left=$(find "$1" -mindepth 1 -maxdepth 1 ! -name node-compile-cache)
  [[ -z $left ]] || { echo "$left"; return 1; }
}

# The engine that this run has started goes on until its end and is not meant.
no_process_of() {
  ! pgrep --full --list-full "$1"
}

unchanged() {
  local changes
  changes=$(git -C "$clone" status --porcelain)
  [[ -z $changes ]] || { echo "$changes"; return 1; }
}
