using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways.CryptoFuse;

/// <summary>
/// The gateway contract for both APIs of CryptoFuse.
/// </summary>
public abstract class CryptoFuseContractBase : GatewayContract
{
    protected override string SystemName => "cryptofuse";

    protected override bool SendsEmail => false;

    /// <summary>The token in the URL proves the origin.</summary>
    protected override bool SignsBody => false;

    /// <summary>Callbacks state amounts in two units without saying which of them was quoted.</summary>
    protected override Money? StatedAmount => null;

    /// <summary>A callback to the URL that was sent with the create call.</summary>
    protected static WebhookRequest Callback(JsonNode body, PaymentRequest request, string key)
    {
        var code = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes("callback:" + request.Reference));
        return new WebhookRequest(Encoding.UTF8.GetBytes(body.ToJsonString()), _ => null)
        {
            Query = name => name == "token" ? $"{request.Reference}.{Convert.ToHexStringLower(code)}" : null
        };
    }
}
