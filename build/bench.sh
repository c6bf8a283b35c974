#!/usr/bin/env bash
# Measures on real processes and prints tables: the schedule task with 1,000, 10,000 and 100,000 open payments (provider limits
# off; and on, which takes minutes of waiting), a hundred copies of one webhook on two nodes, and 200 and 1,000 open pay pages on
# one node. Takes up to half an hour; nothing else should run on the machine.
#   ./build/bench.sh                          everything
#   ./build/bench.sh webhooks                 one of them: reconciler, limited, webhooks, pages
#   ./build/bench.sh reconciler 1000 10000    with these numbers of payments
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
dotnet build tests/Benchmarks -c Release -v quiet
dotnet tests/Benchmarks/bin/Release/net9.0/CryptoGateways.Benchmarks.dll "$@"
