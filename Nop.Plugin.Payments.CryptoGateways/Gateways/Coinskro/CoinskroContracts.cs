using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;

/// <summary>Body of PUT /payment/create.</summary>
internal sealed record CoinskroCreateRequest
{
    [JsonProperty("amount")] public required decimal Amount { get; init; }
    [JsonProperty("currency")] public required string Currency { get; init; }
    [JsonProperty("payment_type")] public required string PaymentType { get; init; }
    [JsonProperty("payment_reference")] public required string PaymentReference { get; init; }
    [JsonProperty("customer_email")] public string? CustomerEmail { get; init; }
    [JsonProperty("customer_reference")] public required string CustomerReference { get; init; }
    [JsonProperty("success_url")] public required Uri SuccessUrl { get; init; }
    [JsonProperty("failure_url")] public required Uri FailureUrl { get; init; }
    [JsonProperty("payment_note")] public required string PaymentNote { get; init; }
    [JsonProperty("fee_payer")] public required string FeePayer { get; init; }
    [JsonProperty("item_list")] public CoinskroItemList? ItemList { get; init; }

    /// <summary>JSON text inside the JSON, as documented.</summary>
    [JsonProperty("meta_data")] public required string MetaData { get; init; }
}

internal sealed record CoinskroItemList([property: JsonProperty("items")] IReadOnlyList<CoinskroItem> Items);

internal sealed record CoinskroItem(
    [property: JsonProperty("name")] string Name,
    [property: JsonProperty("price")] decimal Price,
    [property: JsonProperty("quantity")] int Quantity);

/// <summary>Body of POST /payment/fund-user. The currency includes the network, as in usdt-bep20.</summary>
internal sealed record CoinskroFundUserRequest(
    [property: JsonProperty("username")] string Username,
    [property: JsonProperty("amount")] decimal Amount,
    [property: JsonProperty("currency")] string Currency);

/// <summary>The envelope of every response.</summary>
internal sealed record CoinskroResponse<T>
{
    [JsonProperty("message")] public string? Message { get; init; }
    [JsonProperty("data")] public T? Data { get; init; }
}

internal sealed record CoinskroCreated
{
    [JsonProperty(nameof(PaymentData))] public CoinskroPayment? PaymentData { get; init; }
    [JsonProperty("PaymentURL")] public string? PaymentUrl { get; init; }
}

internal sealed record CoinskroPayment
{
    /// <summary>Only in the create response.</summary>
    [JsonProperty("id")] public string? Id { get; init; }
    [JsonProperty("payment_reference")] public string? PaymentReference { get; init; }
    [JsonProperty("amount")] public decimal? Amount { get; init; }
    [JsonProperty("currency")] public string? Currency { get; init; }
    [JsonProperty("payment_status")] public string? PaymentStatus { get; init; }

    /// <summary>When the status last changed; missing in the create response.</summary>
    [JsonProperty("updated_at")] public ProviderTime? UpdatedAt { get; init; }

    [JsonIgnore] public Money? Quoted => Amount is { } amount && Currency is { } currency ? new Money(amount, currency) : null;
}

/// <summary>A webhook's body, which is flat. customer_email and customer_reference are left out because the plugin does not need them.</summary>
internal sealed record CoinskroWebhookBody
{
    [JsonProperty("event_id")] public string? EventId { get; init; }
    [JsonProperty("event_type")] public string? EventType { get; init; }
    [JsonProperty("payment_id")] public string? PaymentId { get; init; }
    [JsonProperty("payment_reference")] public string? PaymentReference { get; init; }
    [JsonProperty("payment_status")] public string? PaymentStatus { get; init; }
    [JsonProperty("amount")] public decimal? Amount { get; init; }
    [JsonProperty("currency")] public string? Currency { get; init; }
    [JsonProperty("service_fee")] public JToken? ServiceFee { get; init; }
    [JsonProperty("integration_id")] public string? IntegrationId { get; init; }
    [JsonProperty("timestamp")] public JToken? Timestamp { get; init; }
}
