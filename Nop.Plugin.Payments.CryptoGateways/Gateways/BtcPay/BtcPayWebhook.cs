using System.Security.Cryptography;
using System.Text;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.BtcPay;

/// <summary>
/// Webhooks of BTCPay Server: JSON with BTCPay-Sig: sha256=hexadecimal(HMAC-SHA256(raw body, the webhook's secret)).
/// </summary>
internal static class BtcPayWebhook
{
    private const string SignatureHeader = "BTCPay-Sig";
    private const string SignaturePrefix = "sha256=";

    public static VerifiedSignature? Verify(WebhookRequest request, string secret) =>
        request.Header(SignatureHeader) is { } signature && signature.StartsWith(SignaturePrefix, StringComparison.Ordinal)
            && WebhookSignature.MatchesHex(signature[SignaturePrefix.Length..], HashAlgorithmName.SHA256, secret, request.Body) ? new VerifiedSignature() : null;

    /// <summary>Invoices that were not created by a store have no orderId; payouts and payment requests have no invoiceId.</summary>
    public static WebhookMessage Read(WebhookRequest request)
    {
        var body = GatewayJson.Read<BtcPayWebhookBody>(Encoding.UTF8.GetString(request.Body));
        return new WebhookMessage
        {
            EventName = body.Type is { Length: > 0 } type ? type : throw new FormatException("type is missing"),
            Reference = body.Metadata?.OrderId is { Length: > 0 } reference ? reference : null,
            ExternalId = body.InvoiceId is { Length: > 0 } id ? id : throw new FormatException("invoiceId is missing: the event is not about an invoice"),
            ScrubbedBody = GatewayJson.Write(body)
        };
    }
}
