#!/usr/bin/env bash
# Starts a store that hosts the packed plugin, and the simulated payment providers. Ctrl-C ends both; payments survive a restart.
#   ./build/sandbox.sh           the plugin is installed, active and configured
#   ./build/sandbox.sh --fresh   a new database; the plugin waits in the admin's plugin list
# Needs the .NET SDK only. Other ports: STORE_PORT=8080 PROVIDER_PORT=8081 ./build/sandbox.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
store=http://127.0.0.1:${STORE_PORT:-5080}
provider=http://127.0.0.1:${PROVIDER_PORT:-5081}
data=artifacts/sandbox-data
ready=true

case "${1:-}" in
  --fresh) ready=false ;;
  "") ;;
  *) sed -n '2,5p' "$0"; exit 2 ;;
esac

for address in "$store" "$provider"; do
  if (exec 3<>"/dev/tcp/127.0.0.1/${address##*:}") 2>/dev/null; then
    echo "Port ${address##*:} is in use; choose others with STORE_PORT and PROVIDER_PORT." >&2
    exit 1
  fi
done
[ "$ready" = true ] || rm -rf "$data"

pids=()
stop() { trap - EXIT INT TERM; kill "${pids[@]}" 2>/dev/null || true; wait "${pids[@]}" 2>/dev/null || true; }
trap stop EXIT
trap 'stop; exit 0' INT TERM

# Runs a step of the build in the background and prints a dot every two seconds.
log=artifacts/sandbox-build.log
step() {
  printf '%s ' "$1"
  "${@:2}" >"$log" 2>&1 &
  pids=($!)
  while kill -0 "${pids[0]}" 2>/dev/null; do printf .; sleep 2; done
  wait "${pids[0]}" || { printf '\n'; cat "$log"; exit 1; }
  printf ' done\n'
}
mkdir -p artifacts
echo "Building (about a minute the first time)"
step "1/3 store" dotnet build build/sandbox -c Release -v minimal
step "2/3 simulated providers" dotnet build build/simulators -c Release -v minimal
step "3/3 plugin" ./build/pack.sh --no-restore
echo "Starting ..."

dotnet build/simulators/bin/Release/net9.0/CryptoGateways.Simulators.dll --urls "$provider" --Data "$data" \
  --Coinskro:WebhookUrl="$store/Plugins/CryptoGateways/Webhook/coinskro" \
  --BtcPay:WebhookUrl="$store/Plugins/CryptoGateways/Webhook/btcpay" \
  --CoinPayment:WebhookUrl="$store/Plugins/CryptoGateways/Webhook/coinpayment" --CoinPayment:Plans=1=12.5 &
pids=($!)
dotnet build/sandbox/bin/Release/net9.0/CryptoGateways.Sandbox.dll --urls "$store" --Data "$data" --Provider "$provider" \
  --Ready="$ready" --SetUp="$(tr -d '\n' <<SETUP
coinskro.Enabled=true;coinskro.SecretKey=sk_test_sandbox;coinskro.BaseUrl=$provider/coinskro;
coinpay24.Enabled=true;coinpay24.ApiKey=cp24_sandbox;coinpay24.BaseUrl=$provider/coinpay24/v1;coinpay24.Coins=ANY,BTC;coinpay24.Page=own;
coolpay.Enabled=true;coolpay.ApiKey=cp_test_sandbox;coolpay.PrivateKey=cp_private_sandbox;coolpay.BaseUrl=$provider/coolpay;
btcpay.Enabled=true;btcpay.BaseUrl=$provider/btcpay;btcpay.ApiKey=btcpay_sandbox;btcpay.StoreId=SandboxStore1111111111111111111111111111111;btcpay.WebhookSecret=btcpay_webhook_sandbox;btcpay.Coins=ANY,BTC;btcpay.Page=own;
cryptofuse.Enabled=true;cryptofuse.ApiKey=cf_test_sandbox;cryptofuse.WalletId=550e8400-e29b-41d4-a716-446655440000;cryptofuse.BaseUrl=$provider/cryptofuse;cryptofuse.OwnPage=true;
coinpayment.Enabled=true;coinpayment.AccessToken=orb_sandbox;coinpayment.BaseUrl=$provider/coinpayment;coinpayment.Plans=12.50 = GROUP, 1, 0;
coinpayment.ControlsAccount=true;coinpayment.PublicKey=cp_public_sandbox;coinpayment.PrivateKey=cp_private_sandbox;
coinpayment.MerchantId=cp_merchant_sandbox;coinpayment.IpnSecret=cp_ipn_sandbox;coinpayment.MerchantUrl=$provider/coinpayment/api.php
SETUP
)" &
pids+=($!)
wait -n "${pids[@]}" || true
