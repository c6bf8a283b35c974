using System.Security.Cryptography;
using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;

/// <summary>
/// Coinskro Pay's webhook: flat JSON, X-Signature = base64(HMAC-SHA256(raw body, API secret key)). The header X-Event-Id is not signed and not read.
/// </summary>
internal static class CoinskroWebhook
{
    /// <summary>Header of the signature; an older page of the provider calls it by the second name.</summary>
    private static readonly string[] _signatureHeaders = ["X-Signature", "X-Coinskro-Signature"];

    public static VerifiedSignature? Verify(WebhookRequest request, string secretKey)
    {
        var signature = _signatureHeaders.Select(request.Header).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return WebhookSignature.MatchesBase64(signature?.Trim(), HashAlgorithmName.SHA256, secretKey, request.Body) ? new VerifiedSignature() : null;
    }

    public static WebhookMessage Read(WebhookRequest request)
    {
        var body = GatewayJson.Read<CoinskroWebhookBody>(Encoding.UTF8.GetString(request.Body));
        return new WebhookMessage
        {
            EventName = body.EventType ?? string.Empty,
            Reference = body.PaymentReference is { Length: > 0 } reference ? reference : throw new FormatException("payment_reference is missing"),
            ExternalId = body.PaymentId,
            Amount = body is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null,
            ScrubbedBody = GatewayJson.Write(body)
        };
    }
}
