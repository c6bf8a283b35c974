using Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;

namespace CryptoGateways.Tests.Gateways.Coinskro;

public abstract class CoinskroFixture : GatewayFixture<CoinskroGateway>
{
    protected const string Key = "sk_test_4fX9mQ2vL7bT0cN5";

    protected override Dictionary<string, string> Defaults => new()
    {
        [CoinskroSettings.SecretKeyField] = Key,
        [CoinskroSettings.BaseUrlField] = Provider.Url.AbsoluteUri
    };
}
