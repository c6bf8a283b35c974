#!/usr/bin/env bash
# Checks the formatting, builds everything once and runs every test project, the browser tests beside the others. The last line is "N passed, N failed";
# the exit code is not 0 when a test failed, a run broke off or a project ran no test.
# Needs the .NET SDK; installs Chromium, a reader of QR codes and a checker of accessibility for the browser tests where
# they are missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# One compiler server for all projects makes the build, and the packaging test's own build, several times faster; it ends with this script.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=true
trap 'dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true' EXIT
results=artifacts/test-results
rm -rf "$results"

missing=()
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
command -v zbarimg >/dev/null || missing+=(zbar-tools)
command -v npm >/dev/null || missing+=(npm)
if [ ${#missing[@]} -gt 0 ]; then
  root=$([ "$(id -u)" = 0 ] || echo sudo)
  $root apt-get update -qq
  $root apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
fi

# axe-core (MPL-2.0) checks the pages' accessibility in the browser tests; it is no part of the plugin.
axe=artifacts/axe-core-4.11.0
if [ ! -f "$axe/axe.min.js" ]; then
  mkdir -p "$axe"
  (cd "$axe" && npm pack --silent axe-core@4.11.0 >/dev/null && tar -xzf axe-core-4.11.0.tgz --strip-components=1 package/axe.min.js)
fi

dotnet format whitespace --folder . --exclude artifacts build/sandbox/node_modules --verify-no-changes ||
  { echo "Run: dotnet format whitespace --folder ." >&2; exit 1; }
# Compiles the sandbox and the simulators ahead of time (build/ahead-of-time.targets); without that package the tests take longer.
export AheadOfTime=true
dotnet restore build/simulators/Simulators.csproj -v quiet >/dev/null || AheadOfTime=false
dotnet build Nop.Plugin.Payments.CryptoGateways.sln -c Release -v minimal

# The tests start many processes that live for seconds. Profiles and early recompilation do not pay off in them, and fewer garbage
# collections halve the processor time of the tests that read large responses. Both values are hexadecimal: 1024 calls, 64 MB.
export DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=400 DOTNET_gcConcurrent=0 DOTNET_GCgen0size=4000000

# Of a test run's report: how many were executed, passed, failed.
counter() { grep -o '<Counters [^>]*' "$1" 2>/dev/null | grep -o " $2=\"[0-9]*" | grep -o '[0-9]*$' || echo 0; }

# Runs a project's tests; what they say goes into a file, for two projects run at once.
run() {
  local name started=$SECONDS
  name=$(basename "$1" .csproj)
  mkdir -p "$results"
  dotnet test "$1" -c Release --no-build --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
    --blame-hang --blame-hang-timeout 30m --blame-hang-dump-type none >"$results/$name.log" 2>&1 || touch "$results/$name.broken"
  echo "$name: $((SECONDS - started)) s" >>"$results/$name.log"
}

projects=$(grep -l Microsoft.NET.Test.Sdk tests/*/*.csproj)
# The browser tests take longer than all others together, and wait often enough to leave room for them.
run tests/Browser/*.csproj &
for project in $projects; do
  case $project in tests/Browser/*) ;; *) run "$project"; cat "$results/$(basename "$project" .csproj).log" ;; esac
done
wait
cat "$results"/*Browser.log

passed=0 failed=0 broken=0
for project in $projects; do
  name=$(basename "$project" .csproj)
  report=$results/$name.trx
  [ "$(counter "$report" executed)" -gt 0 ] || { echo "$name ran no test." >&2; broken=1; }
  [ ! -e "$results/$name.broken" ] || broken=1
  passed=$((passed + $(counter "$report" passed)))
  failed=$((failed + $(counter "$report" failed)))
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$broken" = 0 ]
