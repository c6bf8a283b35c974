#!/usr/bin/env bash
# Breaks every write and every call on every way in (create, webhook, return, task, a cancelled order that is opened again, late coins,
# the rest of a partial payment, a clock that jumped) by an exception, by a time-out, by kill -9 and by a pause that is longer than the
# lease, on two store processes with one database, and prints what became of the money. Takes about a quarter of an hour.
# The exit code is not 0 when something was lost or doubled.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
export FAULTS=full FAULTS_TABLE=$PWD/artifacts/faults.txt
mkdir -p artifacts
rm -f "$FAULTS_TABLE"
dotnet build tests/Cluster -c Release -v quiet
dotnet test tests/Cluster -c Release --no-build --filter FullyQualifiedName~FaultMatrix --logger "console;verbosity=normal" | grep -v '^ *$' || failed=1
[ -s "$FAULTS_TABLE" ] && printf '\n' && cat "$FAULTS_TABLE"
[ -z "${failed:-}" ]
