using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;

/// <summary>
/// Callbacks of CoolPay: the payment as returned by GET /payments/{id}, signed with hex(HMAC-SHA256(raw body, private key)).
/// </summary>
internal static class CoolPayWebhook
{
    /// <summary>The header of the signature: CoolPay's documentation and most of its plugins use the first name, one plugin the second.</summary>
    private static readonly string[] _signatureHeaders = ["CoolPay-Checksum-Sha256", "QuickPay-Checksum-Sha256"];

    /// <summary>Verifies the first non-empty header; its name becomes the signature's form.</summary>
    public static VerifiedSignature? Verify(WebhookRequest request, string privateKey)
    {
        var header = _signatureHeaders.FirstOrDefault(name => !string.IsNullOrEmpty(request.Header(name)));
        return header is not null && WebhookSignature.MatchesHex(request.Header(header)?.Trim(), HashAlgorithmName.SHA256, privateKey, request.Body)
            ? new VerifiedSignature(header) : null;
    }

    public static WebhookMessage Read(WebhookRequest request)
    {
        var body = GatewayJson.Read<CoolPayPayment>(Encoding.UTF8.GetString(request.Body));
        if (body.Id is not { } number)
            throw new FormatException("id is missing");
        if (string.IsNullOrEmpty(body.OrderId))
            throw new FormatException("order_id is missing");

        var (id, last) = (number.ToString(CultureInfo.InvariantCulture), CoolPayOperations.Last(body));
        return new WebhookMessage
        {
            EventName = last is null ? NameOf(body.State) : $"{NameOf(last.Type)} {NameOf(body.State)}".Trim(),
            Reference = body.OrderId,
            ExternalId = id,
            Amount = body is { Link.Amount: { } amount, Currency: { } currency } ? CoolPayOperations.FromMinorUnits(amount, currency) : null,
            // The URL would give access to the shopper's card page.
            ScrubbedBody = GatewayJson.Write(body with { Link = body.Link is { } link ? link with { Url = null } : null })
        };
    }

    private static string NameOf(string? text) => ExternalText.FirstNonEmpty(text) ?? "payment";
}
