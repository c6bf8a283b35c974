using System.Security.Cryptography;
using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;

/// <summary>
/// Webhooks of Coinskro Pay: flat JSON with X-Signature = base64(HMAC-SHA256(raw body, API secret key)). X-Event-Id is ignored because it is
/// not signed.
/// </summary>
internal static class CoinskroWebhook
{
    /// <summary>The header of the signature. Coinskro's FAQ uses the second name.</summary>
    private static readonly string[] _signatureHeaders = ["X-Signature", "X-Coinskro-Signature"];

    public static VerifiedSignature? Verify(WebhookRequest request, string secretKey)
    {
        var signature = ExternalText.FirstNonEmpty([.. _signatureHeaders.Select(request.Header)]);
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
