using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryptoGateways.Simulators.Shared;

namespace CryptoGateways.Simulators.CryptoFuse;

/// <summary>Callbacks in the three documented shapes. The event of <see cref="WebhookContent"/> is the stated status.</summary>
public sealed partial class CryptoFuseProvider
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override Webhook Compose(SimPayment payment, WebhookContent content)
    {
        var p = (CryptoFusePayment)payment;
        var status = content.Event ?? (content.Kind is "correct" or "double" ? p.Status : "completed");
        var told = new Told(status, content.Reference ?? p.Reference, content.Reference ?? p.CustomId, content.Amount ?? p.ReportedAmount, content.Currency ?? p.ReportedCurrency);
        var shape = Settings["callbackShape"] is not "auto" and var set ? set : p.IsCurrent ? "reference" : "v0.9";
        var text = (shape switch
        {
            "v0.9" => Flat(p, told),
            "flow" => Flow(p, told),
            _ => Reference(p, told)
        }).ToJsonString(Json);
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" };
        if (Settings["signatureHeader"] is { Length: > 0 } header && content.Signature != Signature.Missing)
            headers[header] = Sign(text, content.Signature == Signature.Forged ? "forged" : Settings["webhookSecret"]);
        return new(p.Reference, content.Kind, $"{p.Reference}:{status}", status, text, headers, p.CallbackUrl);
    }

    /// <summary>Lower-case hex of HMAC-SHA256 of the raw body: "HMAC signature" is all that the documents say.</summary>
    public static string Sign(string body, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    private sealed record Told(string Status, string Id, string? CustomId, decimal Amount, string Currency);

    private static JsonObject Flat(CryptoFusePayment p, Told told)
    {
        var (token, blockchain) = Split(told.Currency);
        return new()
        {
            ["event_type"] = "payment.status_updated",
            ["payment_id"] = told.Id,
            ["status"] = told.Status,
            ["crypto_amount"] = told.Amount,
            ["token"] = token,
            ["blockchain"] = blockchain,
            ["transaction_hash"] = p.Deposits.LastOrDefault()?.TransactionHash,
            ["confirmations"] = p.Confirmations,
            ["custom_id"] = told.CustomId,
            ["created_at"] = Stamp(p.CreatedUtc),
            ["updated_at"] = Stamp(p.UpdatedUtc)
        };
    }

    private JsonObject Flow(CryptoFusePayment p, Told told) => new()
    {
        ["transaction_id"] = told.Id,
        ["event"] = Settings["callbackEvent"],
        ["status"] = told.Status,
        ["timestamp"] = Stamp(Now),
        ["data"] = new JsonObject
        {
            ["transaction_id"] = told.Id,
            ["status"] = told.Status,
            ["amount_usd"] = Usd(p),
            ["amount_crypto"] = told.Amount,
            ["currency"] = told.Currency,
            ["address"] = p.Address,
            ["transaction_hash"] = p.Deposits.LastOrDefault()?.TransactionHash,
            ["confirmations"] = p.Confirmations,
            ["payment_history"] = History(p),
            ["total_paid_amount"] = p.PaidTotal
        }
    };

    private JsonObject Reference(CryptoFusePayment p, Told told) => new()
    {
        ["event"] = Settings["callbackEvent"],
        ["data"] = new JsonObject
        {
            ["transaction_id"] = told.Id,
            ["status"] = told.Status,
            ["previous_status"] = p.PreviousStatus,
            ["payment_type"] = PaymentType(p),
            ["order_id"] = told.CustomId,
            ["price_amount"] = Usd(p),
            ["price_currency"] = "USD",
            ["pay_amount"] = told.Amount,
            ["pay_currency"] = told.Currency,
            ["blockchain_address"] = p.Address,
            ["confirmations"] = p.Confirmations,
            ["merchant_received_usd"] = decimal.Round(p.PaidTotal * RateOf(p) * 0.99m, 2),
            ["payment_history"] = History(p)
        },
        ["timestamp"] = Stamp(Now)
    };

    private static JsonArray History(CryptoFusePayment p) => [.. p.Deposits.Select(d => new JsonObject
    {
        ["deposit_id"] = d.DepositId,
        ["amount"] = d.Amount,
        ["transaction_hash"] = d.TransactionHash,
        ["confirmations"] = p.Confirmations,
        ["timestamp"] = Stamp(d.AtUtc)
    })];

    /// <summary>Only "full" is documented.</summary>
    private static string PaymentType(CryptoFusePayment p) => p.Status is "partially_completed" or "partially_paid" ? "partial" : "full";

    private decimal Usd(CryptoFusePayment p) => p.PriceUsd ?? decimal.Round(p.Amount * RateOf(p), 2);

    private decimal RateOf(CryptoFusePayment p) => Rates.GetValueOrDefault(p.Currency);
}
