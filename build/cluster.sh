#!/usr/bin/env bash
# Proves on two nodes of a real nopCommerce store, with its own database, that what comes twice or at once counts once.
#   ./build/cluster.sh <store-url-1> <store-url-2> <simulator-url>
# The simulator is started here, at its address. Needed in the store: the plugin installed, active and configured with the base
# URL <simulator-url>/coinskro and the secret key sk_test_sandbox, the one-page checkout, no minimum interval between orders
# (ordersettings.minimumorderplacementinterval 0), a customer with an address, and a distributed cache that both nodes use.
# Places some orders. Others than the sample data's: CUSTOMER, CUSTOMER_PASSWORD, ADMIN, ADMIN_PASSWORD, PRODUCT (the last part
# of the address of one that needs no shipping), COIN.
set -euo pipefail
[ $# -eq 3 ] || { sed -n '2,9p' "$0"; exit 2; }
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
export CLUSTER_STORE1=${1%/}/ CLUSTER_STORE2=${2%/}/ CLUSTER_SIMULATOR=${3%/}
export CLUSTER_CUSTOMER=${CUSTOMER:-buyer@example.com} CLUSTER_CUSTOMER_PASSWORD=${CUSTOMER_PASSWORD:-Buyer123!}
export CLUSTER_ADMIN=${ADMIN:-admin@yourstore.com} CLUSTER_ADMIN_PASSWORD=${ADMIN_PASSWORD:-admin123}
export CLUSTER_PRODUCT=${PRODUCT:-night-visions} CLUSTER_COIN=${COIN:-USDC}
dotnet build tests/Cluster -c Release -v quiet
dotnet test tests/Cluster -c Release --no-build --filter TestCategory=RealStore --logger "console;verbosity=normal"
