using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>Body of POST /payments/create.</summary>
internal sealed record CryptoFuseCreateByKey
{
    /// <summary>In units of the coin.</summary>
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

/// <summary>A payment in a response, with the fields of both APIs.</summary>
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

    [JsonIgnore] public string? Id => ExternalText.FirstNonEmpty(TransactionId, PaymentId);

    /// <summary>The received amount in units of the coin; null if no transfer is stated.</summary>
    /// <exception cref="OverflowException">The sum exceeds the range of decimal.</exception>
    /// <exception cref="FormatException">See <see cref="Transfers"/>.</exception>
    [JsonIgnore] public decimal? Paid => Transfers is { Count: > 0 } transfers ? transfers.Sum(transfer => transfer.Amount!.Value) : null;

    /// <summary>
    /// The transfers without duplicates. Rows with the same id or transaction hash, ignoring case, are one transfer; so are rows with neither but
    /// the same amount. Of two different amounts the smaller counts, because only certain funds may count.
    /// </summary>
    /// <exception cref="FormatException">A transfer has no amount.</exception>
    [JsonIgnore]
    public IReadOnlyList<CryptoFuseDeposit> Transfers
    {
        get
        {
            var transfers = (PaymentHistory ?? []).OfType<CryptoFuseDeposit>().OrderBy(transfer => transfer.Amount).ToList();
            if (transfers is [{ Amount: null }, ..])
                throw new FormatException("a transfer without an amount");

            var seen = new HashSet<(string, object)>();
            return transfers.FindAll(transfer => (ExternalText.FirstNonEmpty(transfer.DepositId), ExternalText.FirstNonEmpty(transfer.TransactionHash)) switch
            {
                (null, null) => seen.Add(("amount", transfer.Amount!)),
                var (id, hash) => (id is null || seen.Add(("id", id.ToLowerInvariant()))) & (hash is null || seen.Add(("transaction", hash.ToLowerInvariant())))
            });
        }
    }

    /// <summary>UTC.</summary>
    [JsonIgnore] public DateTime? ExpiresOnUtc => ExpiryTime?.OnUtc;

    [JsonIgnore]
    public string[] TransactionHashes =>
        [.. (PaymentHistory ?? []).Select(deposit => deposit?.TransactionHash).Append(TransactionHash).Where(hash => !string.IsNullOrEmpty(hash)).OfType<string>().Distinct()];
}

/// <summary>A received transfer.</summary>
internal sealed record CryptoFuseDeposit
{
    [JsonProperty("deposit_id")] public string? DepositId { get; init; }

    /// <summary>In units of the coin.</summary>
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

/// <summary>A callback of any documented shape, and the "data" in it. Fields that are only stored may have any form.</summary>
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
    [JsonProperty("payment_history")] public IReadOnlyList<CryptoFuseCallbackDeposit?>? PaymentHistory { get; init; }
    [JsonProperty("updated_at")] public JToken? UpdatedAt { get; init; }
    [JsonProperty("timestamp")] public JToken? Timestamp { get; init; }
    [JsonProperty("data")] public CryptoFuseCallback? Data { get; init; }
}

/// <summary>A transfer in a callback; only stored.</summary>
internal sealed record CryptoFuseCallbackDeposit
{
    [JsonProperty("deposit_id")] public string? DepositId { get; init; }
    [JsonProperty("amount")] public JToken? Amount { get; init; }
    [JsonProperty("transaction_hash")] public string? TransactionHash { get; init; }
    [JsonProperty("confirmations")] public JToken? Confirmations { get; init; }
    [JsonProperty("timestamp")] public JToken? Timestamp { get; init; }
}
