using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>
/// CoinPayments.net's "IPN": a form, header HMAC = hexadecimal HMAC-SHA512(raw body, IPN secret).
/// </summary>
internal static class CoinPaymentWebhook
{
    /// <summary>What is kept: the documented fields that name nobody.</summary>
    private static readonly string[] _kept =
    [
        "ipn_version", "ipn_type", "ipn_mode", "ipn_id", "txn_id", "status", "status_text", "currency1", "currency2", "amount1", "amount2", "fee", "net",
        "received_amount", "received_confirms"
    ];

    public static VerifiedSignature? Verify(WebhookRequest request, string merchantId, string secret)
    {
        if (merchantId.Length == 0 || !WebhookSignature.MatchesHex(request.Header("HMAC")?.Trim(), HashAlgorithmName.SHA512, secret, request.Body))
            return null;

        var fields = Fields(request);
        return fields("merchant") == merchantId && fields("ipn_mode") == "hmac" ? new VerifiedSignature() : null;
    }

    public static WebhookMessage Read(WebhookRequest request)
    {
        var fields = Fields(request);
        var status = fields("status") ?? throw new FormatException("status is missing");
        return new WebhookMessage
        {
            EventName = $"status {status}",
            // OrbVPN sends no reference of ours to CoinPayments, so that none comes back. The amounts are in the coin and in the
            // currency that OrbVPN charges: neither is what the store quoted.
            Reference = null,
            ExternalId = fields("txn_id") ?? throw new FormatException("txn_id is missing"),
            Status = CoinPaymentStatus.Of(status),
            Net = fields("net") is { } credited && StrictText.Number(credited) is { } net && fields("currency2") is { } coin ? new Money(net, coin) : null,
            ScrubbedBody = GatewayJson.Write(_kept.Where(name => fields(name) is not null).ToDictionary(name => name, name => fields(name)))
        };
    }

    /// <summary>Values by name; null for what is missing, empty or stands twice.</summary>
    private static Func<string, string?> Fields(WebhookRequest request)
    {
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body));
        return name => form.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? value : null;
    }
}
