#!/usr/bin/env bash
# Runs the BTCPay Server contract against a real server on regtest and prints how the simulator differs from it.
#   ./build/btcpay-check.sh --url http://127.0.0.1:14142 --token KEY --store ID --bitcoin "bitcoin-cli -regtest -rpcwallet=miner"
# The key needs all permissions for the store, and the store a Bitcoin wallet with a fixed rate for EUR. Creates invoices and mines blocks; five minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
while [ $# -gt 1 ]; do
  case "$1" in
    --url) export BTCPAY_CHECK_URL=$2 ;;
    --token) export BTCPAY_CHECK_TOKEN=$2 ;;
    --store) export BTCPAY_CHECK_STORE=$2 ;;
    --bitcoin) export BTCPAY_CHECK_BITCOIN=$2 ;;
    *) break ;;
  esac
  shift 2
done
if [ $# -gt 0 ] || [ -z "${BTCPAY_CHECK_URL:-}" ] || [ -z "${BTCPAY_CHECK_TOKEN:-}" ] || [ -z "${BTCPAY_CHECK_STORE:-}" ] || [ -z "${BTCPAY_CHECK_BITCOIN:-}" ]; then
  sed -n '2,4p' "$0"
  exit 2
fi
dotnet test tests/Simulators -c Release --filter "FullyQualifiedName~BtcPayAgainstServerTests" --logger "console;verbosity=normal"
