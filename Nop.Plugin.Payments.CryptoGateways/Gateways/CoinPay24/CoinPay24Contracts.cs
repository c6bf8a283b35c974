using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

/// <summary>The base of every request. Forms and JSON use the same names.</summary>
internal record CoinPay24Request
{
    [JsonProperty("api_key", Order = -1)] public required string ApiKey { get; init; }
}

/// <summary>Body of POST /invoices/create.</summary>
internal sealed record CoinPay24CreateRequest : CoinPay24Request
{
    [JsonProperty("order_id")] public required string OrderId { get; init; }

    /// <summary>Called "amount" in the documentation's table; its example and CoinPay24's own plugins use this name.</summary>
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

/// <summary>Days such as 2018-09-01. "from" is inclusive; at least the first moment of "to" is included.</summary>
internal sealed record CoinPay24Days([property: JsonProperty("from")] string From, [property: JsonProperty("to")] string To);

/// <summary>The create response. It does not contain the invoice's id.</summary>
internal sealed record CoinPay24Created
{
    [JsonProperty("payment_url")] public string? PaymentUrl { get; init; }
    [JsonProperty("error_message")] public string? ErrorMessage { get; init; }
}

/// <summary>The list response.</summary>
internal sealed record CoinPay24Page
{
    [JsonProperty("total_pages")] public int? TotalPages { get; init; }

    /// <summary>Parsed row by row, see <see cref="CoinPay24ListPage"/>.</summary>
    [JsonProperty("invoices")] public IReadOnlyList<JToken?>? Invoices { get; init; }
}

/// <summary>
/// One page of the list.
/// </summary>
/// <param name="TotalPages">The number of pages; null if not stated.</param>
/// <param name="Count">All rows of the page, including unreadable ones.</param>
/// <param name="Invoices">The readable invoices in their order.</param>
/// <param name="IsComplete">True if every row was readable.</param>
internal sealed record CoinPay24ListPage(int? TotalPages, int Count, IReadOnlyList<CoinPay24Invoice> Invoices, bool IsComplete);

/// <summary>
/// An invoice in the responses of get, list and checkout. pay_amount, underpaid_amount and overpaid_amount are in units of pay_currency; only
/// get returns the last two.
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

    /// <summary>The amount credited to the store after CoinPay24's fee; null if none.</summary>
    [JsonIgnore] public Money? Net => ReceiveAmount > 0 ? Of(ReceiveAmount, ReceiveCurrency) : null;

    [JsonIgnore] public DateTime? CreatedOnUtc => CreatedAt?.OnUtc;

    [JsonIgnore] public DateTime? ExpiresOnUtc => ExpireAt?.OnUtc;

    private static Money? Of(decimal? amount, string? currency) => amount is { } value && !string.IsNullOrEmpty(currency) ? new Money(value, currency) : null;
}

/// <summary>An error response. CoinPay24's own plugins read the first name; the others are common alternatives.</summary>
internal sealed record CoinPay24Error
{
    [JsonProperty("error_message")] public string? ErrorMessage { get; init; }
    [JsonProperty("message")] public string? Message { get; init; }
    [JsonProperty("error")] public string? Error { get; init; }

    [JsonIgnore] public string? FirstMessage => new[] { ErrorMessage, Message, Error }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
}
