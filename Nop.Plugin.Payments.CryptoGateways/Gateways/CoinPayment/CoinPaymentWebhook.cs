using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>
/// CoinPayments.net's IPN: a form with the header HMAC = hex(HMAC-SHA512(raw body, IPN secret)).
/// </summary>
internal static class CoinPaymentWebhook
{
    /// <summary>The fields that are stored: the documented ones without personal data.</summary>
    private static readonly string[] _stored =
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
            // OrbVPN does not pass the store's reference to CoinPayments.net. The amounts are in the coin and in the currency that OrbVPN
            // charges, neither of which the store quoted.
            Reference = null,
            ExternalId = fields("txn_id") ?? throw new FormatException("txn_id is missing"),
            Status = CoinPaymentStatuses.ToStatus(status),
            Net = fields("net") is { } credited && StrictText.Number(credited) is { } net && fields("currency2") is { } coin ? new Money(net, coin) : null,
            ScrubbedBody = GatewayJson.Write(_stored.Where(name => fields(name) is not null).ToDictionary(name => name, name => fields(name)))
        };
    }

    /// <summary>Values by name; null if missing, empty or duplicated.</summary>
    private static Func<string, string?> Fields(WebhookRequest request)
    {
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body));
        return name => form.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? value : null;
    }
}
