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

    public static bool IsAuthentic(WebhookRequest request, string secretKey)
    {
        var signature = FirstFilled([.. _signatureHeaders.Select(request.Header)]);
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (secretKey.Length == 0 || signature is null || !Convert.TryFromBase64String(signature.Trim(), given, out var length) || length != given.Length)
            return false;

        return CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(Encoding.UTF8.GetBytes(secretKey), request.Body));
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

    private static string? FirstFilled(params string?[] values) => values.FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
