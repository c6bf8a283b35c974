#!/usr/bin/env bash
# Builds everything once and runs every test project, one after the other. The last line is "N passed, N failed";
# the exit code is not 0 when a test failed, a run broke off or a project ran no test.
# Needs the .NET SDK; installs Chromium, a reader of QR codes and a checker of accessibility for the browser tests where
# they are missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
results=artifacts/test-results
rm -rf "$results"

missing=()
command -v chromium >/dev/null || missing+=(chromium)
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

dotnet build Nop.Plugin.Payments.CryptoGateways.sln -c Release -v minimal

# Of a test run's report: how many were executed, passed, failed.
counter() { grep -o '<Counters [^>]*' "$1" 2>/dev/null | grep -o " $2=\"[0-9]*" | grep -o '[0-9]*$' || echo 0; }

passed=0 failed=0 broken=0
for project in $(grep -l Microsoft.NET.Test.Sdk tests/*/*.csproj); do
  name=$(basename "$project" .csproj)
  report=$results/$name.trx
  started=$SECONDS
  dotnet test "$project" -c Release --no-build --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
    --blame-hang --blame-hang-timeout 4m --blame-hang-dump-type none || broken=1
  [ "$(counter "$report" executed)" -gt 0 ] || { echo "$name ran no test." >&2; broken=1; }
  passed=$((passed + $(counter "$report" passed)))
  failed=$((failed + $(counter "$report" failed)))
  echo "$name: $((SECONDS - started)) s"
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$broken" = 0 ]
