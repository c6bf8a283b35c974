#!/usr/bin/env bash
# Packs the plugin: artifacts/Payments.CryptoGateways/ and artifacts/Payments.CryptoGateways.zip, the file that
# "Upload plugin" of a nopCommerce store takes. The same commit gives the same bytes with the same SDK.
# Arguments go to dotnet build, for example: build/pack.sh -p:NopCommerceBin=/path/to/nopCommerce
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet build Nop.Plugin.Payments.CryptoGateways -c Release -t:PackPlugin -v minimal --nologo "$@"
