using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;

/// <summary>
/// CoolPay's callback: the payment as GET /payments/{id} shows it, signed with hex(HMAC-SHA256(raw body, private key)).
/// </summary>
internal static class CoolPayWebhook
{
    /// <summary>Header of the signature: the provider's documents and most of its plugins have the first name, one plugin the second.</summary>
    private static readonly string[] _signatureHeaders = ["CoolPay-Checksum-Sha256", "QuickPay-Checksum-Sha256"];

    public static bool IsAuthentic(WebhookRequest request, string privateKey) => SignatureForm(request, privateKey) is not null;

    /// <summary>The header that holds the right signature; null when none does. Of two headers the first that is filled counts.</summary>
    public static string? SignatureForm(WebhookRequest request, string privateKey)
    {
        var header = _signatureHeaders.FirstOrDefault(name => !string.IsNullOrEmpty(request.Header(name)));
        if (privateKey.Length == 0 || header is null || request.Header(header)!.Trim() is not { Length: HMACSHA256.HashSizeInBytes * 2 } signature)
            return null;

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.FromHexString(signature, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(Encoding.UTF8.GetBytes(privateKey), request.Body)) ? header : null;
    }

    public static WebhookMessage Read(WebhookRequest request)
    {
        var body = GatewayJson.Read<CoolPayPayment>(Encoding.UTF8.GetString(request.Body));
        if (body.Id is not { } number)
            throw new FormatException("id is missing");
        if (string.IsNullOrEmpty(body.OrderId))
            throw new FormatException("order_id is missing");

        var (id, last) = (number.ToString(CultureInfo.InvariantCulture), CoolPayState.Last(body));
        return new WebhookMessage
        {
            EventName = last is null ? Word(body.State) : $"{Word(last.Type)} {Word(body.State)}".Trim(),
            Reference = body.OrderId,
            ExternalId = id,
            Amount = body is { Link.Amount: { } amount, Currency: { } currency } ? CoolPayState.MoneyOf(amount, currency) : null,
            // The link is a key to the shopper's card page.
            ScrubbedBody = GatewayJson.Write(body with { Link = body.Link is { } link ? link with { Url = null } : null })
        };
    }

    private static string Word(string? text) => string.IsNullOrEmpty(text) ? "payment" : text;
}
