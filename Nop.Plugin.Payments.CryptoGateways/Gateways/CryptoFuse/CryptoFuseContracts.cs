using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>Body of POST /payments/create.</summary>
internal sealed record CryptoFuseCreateByKey
{
    /// <summary>Units of the coin.</summary>
    [JsonProperty("amount")] public required decimal Amount { get; init; }
    [JsonProperty("currency")] public required string Currency { get; init; }
    [JsonProperty("wallet_id")] public string? WalletId { get; init; }
    [JsonProperty("callback_url")] public Uri? CallbackUrl { get; init; }
    [JsonProperty("custom_id")] public required string CustomId { get; init; }
    [JsonProperty("description")] public required string Description { get; init; }
}

/// <summary>Body of POST /payments/.</summary>
internal sealed record CryptoFuseCreateByToken
{
    [JsonProperty("price_amount")] public required decimal PriceAmount { get; init; }
    [JsonProperty("price_currency")] public required string PriceCurrency { get; init; }
    [JsonProperty("pay_currency")] public required string PayCurrency { get; init; }
    [JsonProperty("order_id")] public required string OrderId { get; init; }
    [JsonProperty("order_description")] public required string OrderDescription { get; init; }
    [JsonProperty("callback_url")] public Uri? CallbackUrl { get; init; }
    [JsonProperty("success_url")] public required Uri SuccessUrl { get; init; }
    [JsonProperty("cancel_url")] public required Uri CancelUrl { get; init; }
    [JsonProperty("is_fee_paid_by_user")] public required bool IsFeePaidByUser { get; init; }
}

/// <summary>A payment in an answer, with the names of both contracts; what a contract does not have is null.</summary>
internal sealed record CryptoFusePayment
{
    [JsonProperty("payment_id")] public string? PaymentId { get; init; }
    [JsonProperty("transaction_id")] public string? TransactionId { get; init; }
    [JsonProperty("custom_id")] public string? CustomId { get; init; }
    [JsonProperty("order_id")] public string? OrderId { get; init; }
    [JsonProperty("status")] public string? Status { get; init; }
    [JsonProperty("amount")] public decimal? Amount { get; init; }
    [JsonProperty("currency")] public string? Currency { get; init; }
    [JsonProperty("price_amount")] public decimal? PriceAmount { get; init; }
    [JsonProperty("price_currency")] public string? PriceCurrency { get; init; }
    [JsonProperty("pay_amount")] public decimal? PayAmount { get; init; }
    [JsonProperty("pay_currency")] public string? PayCurrency { get; init; }
    [JsonProperty("amount_usd")] public decimal? AmountUsd { get; init; }
    [JsonProperty("amount_crypto")] public decimal? AmountCrypto { get; init; }
    [JsonProperty("address")] public string? Address { get; init; }
    [JsonProperty("expiry_time")] public ProviderTime? ExpiryTime { get; init; }
    [JsonProperty("payment_url")] public string? PaymentUrl { get; init; }
    [JsonProperty("transaction_hash")] public string? TransactionHash { get; init; }
    [JsonProperty("confirmations")] public int? Confirmations { get; init; }
    [JsonProperty("payment_history")] public IReadOnlyList<CryptoFuseDeposit?>? PaymentHistory { get; init; }
    [JsonProperty("merchant_received_usd")] public decimal? MerchantReceivedUsd { get; init; }

    [JsonIgnore] public string? Id => Filled(TransactionId) ?? Filled(PaymentId);

    /// <summary>What arrived, in units of the coin; null when no transfer is told.</summary>
    /// <exception cref="OverflowException">The sum is larger than a decimal.</exception>
    /// <exception cref="FormatException">See <see cref="Transfers"/>.</exception>
    [JsonIgnore] public decimal? Paid => Transfers is { Count: > 0 } transfers ? transfers.Sum(transfer => transfer.Amount!.Value) : null;

    /// <summary>
    /// The transfers, each once: rows with one id, or with one transaction, in capitals or not, are the same transfer, and so are rows
    /// with neither that have one amount. Nothing is counted that did not certainly arrive, so that of two amounts the smaller counts.
    /// </summary>
    /// <exception cref="FormatException">One has no amount.</exception>
    [JsonIgnore] public IReadOnlyList<CryptoFuseDeposit> Transfers
    {
        get
        {
            var transfers = (PaymentHistory ?? []).OfType<CryptoFuseDeposit>().OrderBy(transfer => transfer.Amount).ToList();
            if (transfers is [{ Amount: null }, ..])
                throw new FormatException("a transfer without an amount");

            var seen = new HashSet<(string, object)>();
            return transfers.FindAll(transfer => (Filled(transfer.DepositId), Filled(transfer.TransactionHash)) switch
            {
                (null, null) => seen.Add(("amount", transfer.Amount!)),
                var (id, hash) => (id is null || seen.Add(("id", id.ToLowerInvariant()))) & (hash is null || seen.Add(("transaction", hash.ToLowerInvariant())))
            });
        }
    }

    /// <summary>UTC.</summary>
    [JsonIgnore] public DateTime? ExpiresOnUtc => ExpiryTime?.OnUtc;

    [JsonIgnore] public string[] TransactionHashes =>
        [.. (PaymentHistory ?? []).Select(deposit => deposit?.TransactionHash).Append(TransactionHash).Select(Filled).OfType<string>().Distinct()];

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>A transfer that arrived for a payment.</summary>
internal sealed record CryptoFuseDeposit
{
    [JsonProperty("deposit_id")] public string? DepositId { get; init; }

    /// <summary>Units of the coin.</summary>
    [JsonProperty("amount")] public decimal? Amount { get; init; }
    [JsonProperty("transaction_hash")] public string? TransactionHash { get; init; }
    [JsonProperty("confirmations")] public JToken? Confirmations { get; init; }
    [JsonProperty("timestamp")] public ProviderTime? Timestamp { get; init; }
}

internal sealed record CryptoFuseToken
{
    [JsonProperty("access_token")] public string? AccessToken { get; init; }

    /// <summary>Seconds.</summary>
    [JsonProperty("expires_in")] public decimal? ExpiresIn { get; init; }
}

internal sealed record CryptoFuseRate
{
    [JsonProperty("rate_usd")] public decimal? RateUsd { get; init; }
}
