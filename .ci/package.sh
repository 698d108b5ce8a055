# shellcheck shell=bash
# The published package, installed into an empty folder and run there.

package=$work/package
installed=$work/installed
mkdir "$package" "$installed"

# expect <exit code> <pattern in the output> <arguments...>: runs the installed program on the Node.js of the project.
expect() {
  local expected=$1 pattern=$2 exit_code=0 output
  shift 2
  output=$(cd "$installed" && PATH=$clone/node_modules/.bin:$PATH HOME=$installed FARGATE_STATE_DIR=$installed/state \
    node_modules/.bin/fargate "$@" 2>&1) || exit_code=$?
  echo "$output" | head -5
  [[ $exit_code = "$expected" ]] && grep -Eq -- "$pattern" <<< "$output"
}

install_package() {
  npm pack --pack-destination "$package" &&
    (cd "$installed" && npm install --no-audit --no-fund "$package"/*.tgz) &&
    [[ $(npm ls --prefix "$installed" --all --parseable | wc -l) = 2 ]]
}

check 'package: installs, without dependencies' install_package
check 'package: fargate --version' expect 0 '^fargate/[0-9]+\.[0-9]+\.[0-9]+ ' --version
check 'package: fargate --help' expect 0 'service' --help
check 'package: wrong flag' expect 2 '--no-such-flag' service list --no-such-flag
check 'package: unknown command' expect 127 'nonsense' nonsense
check 'package: no local AWS' expect 3 'fargate local start' --local service list
check 'package: fargate local start' expect 0 'answers on http://127\.0\.0\.1:' local start --runtime simulated
check 'package: fargate --local service list' expect 0 'No services found' --local service list
check 'package: unknown service' expect 5 'nowhere' --local service info nowhere
check 'package: fargate local stop' expect 0 'Stopped' local stop
