using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

/// <summary>What every request carries. The names are those of the forms; JSON has the same.</summary>
internal record CoinPay24Request
{
    [JsonProperty("api_key", Order = -1)] public required string ApiKey { get; init; }
}

/// <summary>Body of POST /invoices/create.</summary>
internal sealed record CoinPay24CreateRequest : CoinPay24Request
{
    [JsonProperty("order_id")] public required string OrderId { get; init; }

    /// <summary>The documents' table calls it amount; their example and the provider's plugins have this name.</summary>
    [JsonProperty("price_amount")] public required decimal PriceAmount { get; init; }
    [JsonProperty("price_currency")] public required string PriceCurrency { get; init; }
    [JsonProperty("title")] public required string Title { get; init; }
    [JsonProperty("description")] public required string Description { get; init; }
    [JsonProperty("callback_url")] public required Uri CallbackUrl { get; init; }
    [JsonProperty("cancel_url")] public required Uri CancelUrl { get; init; }
    [JsonProperty("success_url")] public required Uri SuccessUrl { get; init; }
}

/// <summary>Body of POST /invoices/{id}/checkout.</summary>
internal sealed record CoinPay24CheckoutRequest : CoinPay24Request
{
    [JsonProperty("pay_currency")] public required string PayCurrency { get; init; }
    [JsonProperty("purchaser_fullname")] public string? PurchaserFullname { get; init; }
    [JsonProperty("purchaser_email")] public string? PurchaserEmail { get; init; }
}

/// <summary>Body of POST /invoices.</summary>
internal sealed record CoinPay24ListRequest : CoinPay24Request
{
    [JsonProperty("per_page")] public required int PerPage { get; init; }
    [JsonProperty("page")] public required int Page { get; init; }
    [JsonProperty("sort")] public required string Sort { get; init; }
    [JsonProperty("created_at")] public CoinPay24Days? CreatedAt { get; init; }
}

/// <summary>Days in the documented form, for instance 2018-09-01; from is included, and of to at least its first moment.</summary>
internal sealed record CoinPay24Days([property: JsonProperty("from")] string From, [property: JsonProperty("to")] string To);

/// <summary>Answer to create. It has no id of the invoice.</summary>
internal sealed record CoinPay24Created
{
    [JsonProperty("payment_url")] public string? PaymentUrl { get; init; }
    [JsonProperty("error_message")] public string? ErrorMessage { get; init; }
}

/// <summary>Answer to list.</summary>
internal sealed record CoinPay24Page
{
    [JsonProperty("total_pages")] public int? TotalPages { get; init; }

    /// <summary>Each an invoice, see <see cref="CoinPay24Rows"/>.</summary>
    [JsonProperty("invoices")] public IReadOnlyList<JToken?>? Invoices { get; init; }
}

/// <summary>
/// A page of the list.
/// </summary>
/// <param name="TotalPages">How many pages there are; null when the answer does not tell.</param>
/// <param name="Count">Rows of the page, those too that hold no invoice.</param>
/// <param name="Invoices">The invoices that can be read, in their order.</param>
/// <param name="IsComplete">Those are all of the page.</param>
internal sealed record CoinPay24Rows(int? TotalPages, int Count, IReadOnlyList<CoinPay24Invoice> Invoices, bool IsComplete);

/// <summary>
/// An invoice as get, list and checkout tell it. Amounts with "pay" and underpaid_amount and overpaid_amount are in units of
/// pay_currency; the last two come with get only.
/// </summary>
internal sealed record CoinPay24Invoice
{
    [JsonProperty("id")] public string? Id { get; init; }
    [JsonProperty("order_id")] public string? OrderId { get; init; }
    [JsonProperty("status")] public string? Status { get; init; }
    [JsonProperty("price_amount")] public decimal? PriceAmount { get; init; }
    [JsonProperty("price_currency")] public string? PriceCurrency { get; init; }
    [JsonProperty("pay_amount")] public decimal? PayAmount { get; init; }
    [JsonProperty("pay_currency")] public string? PayCurrency { get; init; }
    [JsonProperty("payment_address")] public string? PaymentAddress { get; init; }
    [JsonProperty("payment_url")] public string? PaymentUrl { get; init; }
    [JsonProperty("underpaid_amount")] public decimal? UnderpaidAmount { get; init; }
    [JsonProperty("overpaid_amount")] public decimal? OverpaidAmount { get; init; }
    [JsonProperty("receive_amount")] public decimal? ReceiveAmount { get; init; }
    [JsonProperty("receive_currency")] public string? ReceiveCurrency { get; init; }
    [JsonProperty("created_at")] public ProviderTime? CreatedAt { get; init; }
    [JsonProperty("expire_at")] public ProviderTime? ExpireAt { get; init; }

    [JsonIgnore] public Money? Price => Of(PriceAmount, PriceCurrency);

    /// <summary>What is credited to the store after the provider's fee; null while nothing is.</summary>
    [JsonIgnore] public Money? Net => ReceiveAmount > 0 ? Of(ReceiveAmount, ReceiveCurrency) : null;

    [JsonIgnore] public DateTime? CreatedOnUtc => CreatedAt?.OnUtc;

    [JsonIgnore] public DateTime? ExpiresOnUtc => ExpireAt?.OnUtc;

    private static Money? Of(decimal? amount, string? currency) => amount is { } value && !string.IsNullOrEmpty(currency) ? new Money(value, currency) : null;
}

/// <summary>Answer to a request that went wrong: the provider's plugins read the first name, the others are customary.</summary>
internal sealed record CoinPay24Error
{
    [JsonProperty("error_message")] public string? ErrorMessage { get; init; }
    [JsonProperty("message")] public string? Message { get; init; }
    [JsonProperty("error")] public string? Error { get; init; }

    [JsonIgnore] public string? Sentence => new[] { ErrorMessage, Message, Error }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
}
