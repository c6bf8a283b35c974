using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// CryptoFuse's callbacks. Its pages show three shapes (flat of v0.9; the flow guide's and the webhook reference's with "data"), and
/// none says which contract sends which: all are read by their fields, and so are the flat fields of the create answer.
/// </summary>
internal static class CryptoFuseWebhook
{
    /// <summary>
    /// Verifies the token in the URL. If the owner has configured how callbacks are signed, each must carry that signature as well; only a
    /// signed callback to the account's default URL needs no token.
    /// </summary>
    public static VerifiedSignature? Verify(WebhookRequest request, CryptoFuseSettings settings)
    {
        var token = CallbackToken.In(request);
        var isGenuine = token is not null && CallbackToken.IsGenuine(token, settings.CallbackKey);
        if (!settings.ExpectsSignature)
            return isGenuine ? new VerifiedSignature("token") { CoversBody = false } : null;

        return token is null || isGenuine ? VerifySignature(request, settings) : null;
    }

    public static WebhookMessage Read(WebhookRequest request)
    {
        var body = GatewayJson.Read<CryptoFuseCallback>(Encoding.UTF8.GetString(request.Body));
        var data = body.Data ?? body;
        var reference = CallbackToken.In(request) is { } token ? CallbackToken.ReferenceIn(token) : FirstFilled(data.CustomId, data.OrderId, body.CustomId, body.OrderId);
        var id = FirstFilled(data.TransactionId, data.PaymentId, body.TransactionId, body.PaymentId);
        if (id is null && FirstFilled(data.CustomId, data.OrderId) is null)
            throw new FormatException("neither transaction_id, payment_id, custom_id nor order_id is there");

        return new WebhookMessage
        {
            EventName = FirstFilled(body.Event, body.EventType, data.Status, body.Status) ?? "callback",
            Reference = reference,
            ExternalId = id,
            // The shapes tell amounts in coins and in dollars, and not which of the two the payment was quoted in: asking the provider
            // tells it.
            Amount = null,
            Status = FirstFilled(data.Status, body.Status) is { } word ? CryptoFuseStatuses.Meaning(word) : null,
            Net = data.MerchantReceivedUsd is { } net ? new Money(net, "USD") : null,
            ScrubbedBody = GatewayJson.Write(body)
        };
    }

    /// <summary>HMAC-SHA256 of the raw body, in hex or base64: CryptoFuse documents neither algorithm nor encoding.</summary>
    private static VerifiedSignature? VerifySignature(WebhookRequest request, CryptoFuseSettings settings)
    {
        var signature = request.Header(settings.SignatureHeader)?.Trim() ?? string.Empty;
        if (signature.StartsWith("sha256=", StringComparison.OrdinalIgnoreCase))
            signature = signature["sha256=".Length..];

        return WebhookSignature.MatchesHex(signature, HashAlgorithmName.SHA256, settings.WebhookSecret, request.Body) ? new VerifiedSignature("HMAC-SHA256, hex")
            : WebhookSignature.MatchesBase64(signature, HashAlgorithmName.SHA256, settings.WebhookSecret, request.Body) ? new VerifiedSignature("HMAC-SHA256, base64")
            : null;
    }

    private static string? FirstFilled(params string?[] values) => values.FirstOrDefault(value => !string.IsNullOrEmpty(value));
}

/// <summary>A callback of any shape, and the "data" in it. What nothing depends on may be of any form; it is kept for people.</summary>
internal sealed record CryptoFuseCallback
{
    [JsonProperty("event")] public string? Event { get; init; }
    [JsonProperty("event_type")] public string? EventType { get; init; }
    [JsonProperty("transaction_id")] public string? TransactionId { get; init; }
    [JsonProperty("payment_id")] public string? PaymentId { get; init; }
    [JsonProperty("custom_id")] public string? CustomId { get; init; }
    [JsonProperty("order_id")] public string? OrderId { get; init; }
    [JsonProperty("status")] public string? Status { get; init; }
    [JsonProperty("previous_status")] public string? PreviousStatus { get; init; }
    [JsonProperty("payment_type")] public string? PaymentType { get; init; }
    [JsonProperty("amount")] public JToken? Amount { get; init; }
    [JsonProperty("currency")] public string? Currency { get; init; }
    [JsonProperty("crypto_amount")] public JToken? CryptoAmount { get; init; }
    [JsonProperty("token")] public string? Token { get; init; }
    [JsonProperty("blockchain")] public string? Blockchain { get; init; }
    [JsonProperty("price_amount")] public JToken? PriceAmount { get; init; }
    [JsonProperty("price_currency")] public string? PriceCurrency { get; init; }
    [JsonProperty("pay_amount")] public JToken? PayAmount { get; init; }
    [JsonProperty("pay_currency")] public string? PayCurrency { get; init; }
    [JsonProperty("amount_usd")] public JToken? AmountUsd { get; init; }
    [JsonProperty("amount_crypto")] public JToken? AmountCrypto { get; init; }
    [JsonProperty("total_paid_amount")] public JToken? TotalPaidAmount { get; init; }
    [JsonProperty("merchant_received_usd")] public decimal? MerchantReceivedUsd { get; init; }
    [JsonProperty("address")] public string? Address { get; init; }
    [JsonProperty("blockchain_address")] public string? BlockchainAddress { get; init; }
    [JsonProperty("transaction_hash")] public string? TransactionHash { get; init; }
    [JsonProperty("confirmations")] public JToken? Confirmations { get; init; }
    [JsonProperty("payment_history")] public IReadOnlyList<CryptoFuseToldDeposit?>? PaymentHistory { get; init; }
    [JsonProperty("updated_at")] public JToken? UpdatedAt { get; init; }
    [JsonProperty("timestamp")] public JToken? Timestamp { get; init; }
    [JsonProperty("data")] public CryptoFuseCallback? Data { get; init; }
}

/// <summary>A transfer in a callback, for people only.</summary>
internal sealed record CryptoFuseToldDeposit
{
    [JsonProperty("deposit_id")] public string? DepositId { get; init; }
    [JsonProperty("amount")] public JToken? Amount { get; init; }
    [JsonProperty("transaction_hash")] public string? TransactionHash { get; init; }
    [JsonProperty("confirmations")] public JToken? Confirmations { get; init; }
    [JsonProperty("timestamp")] public JToken? Timestamp { get; init; }
}
