using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>A GraphQL request.</summary>
internal sealed record GraphQlRequest(
    [property: JsonProperty("query")] string Query,
    [property: JsonProperty("variables")] CoinPaymentVariables? Variables = null);

/// <summary>The variables of the mutation.</summary>
internal sealed record CoinPaymentVariables
{
    [JsonProperty("category")] public required string Category { get; init; }
    [JsonProperty("groupId")] public int? GroupId { get; init; }
    [JsonProperty("moreLoginCount")] public int? MoreLoginCount { get; init; }
    [JsonProperty("coin")] public required string Coin { get; init; }
}

/// <summary>The envelope of every GraphQL response.</summary>
internal sealed record GraphQlResponse
{
    [JsonProperty("data")] public CoinPaymentData? Data { get; init; }
    [JsonProperty("errors")] public IReadOnlyList<GraphQlError?>? Errors { get; init; }
}

internal sealed record CoinPaymentData
{
    [JsonProperty("coinpaymentCreatePayment")] public CoinPaymentCreated? Payment { get; init; }

    /// <summary>The result of the connection test's query.</summary>
    [JsonProperty("__typename")] public string? TypeName { get; init; }
}

internal sealed record GraphQlError
{
    [JsonProperty("message")] public string? Message { get; init; }
    [JsonProperty("extensions")] public GraphQlExtensions? Extensions { get; init; }
}

internal sealed record GraphQlExtensions
{
    /// <summary>The kind of error: a string, or an object with a "type".</summary>
    [JsonProperty("classification")] public JToken? Classification { get; init; }
}

/// <summary>The result of the mutation. The documentation shows id as a string, the server's schema as a number; both are accepted.</summary>
internal sealed record CoinPaymentCreated
{
    [JsonProperty("id")] public string? Id { get; init; }
    [JsonProperty("error")] public string? Error { get; init; }
    [JsonProperty("address")] public string? Address { get; init; }

    /// <summary>In units of the coin.</summary>
    [JsonProperty("amount")] public decimal? Amount { get; init; }
    [JsonProperty("txn_id")] public string? TxnId { get; init; }
    [JsonProperty("confirms_needed")] public int? ConfirmsNeeded { get; init; }

    /// <summary>Seconds.</summary>
    [JsonProperty("timeout")] public int? Timeout { get; init; }
    [JsonProperty("checkout_url")] public string? CheckoutUrl { get; init; }
    [JsonProperty("status_url")] public string? StatusUrl { get; init; }
}

/// <summary>The envelope of every response of CoinPayments.net's api.php. With an error, the result is an empty list.</summary>
internal sealed record CoinPaymentsNetResponse
{
    [JsonProperty("error")] public string? Error { get; init; }
    [JsonProperty("result")] public JToken? Content { get; init; }

    /// <summary>See <see cref="GatewayResponse.ClockAhead"/>.</summary>
    [JsonIgnore] public TimeSpan ClockAhead { get; init; }
}

/// <summary>The result of get_tx_info.</summary>
internal sealed record CoinPaymentsNetTransaction
{
    /// <summary>Set only by get_tx_info_multi, for each transaction.</summary>
    [JsonProperty("error")] public string? Error { get; init; }

    /// <summary>Seconds since 1970, UTC.</summary>
    [JsonProperty("time_expires"), JsonConverter(typeof(UnixTimeConverter))] public ProviderTime? TimeExpires { get; init; }
    [JsonProperty("status")] public string? Status { get; init; }
    [JsonProperty("status_text")] public string? StatusText { get; init; }
    [JsonProperty("coin")] public string? Coin { get; init; }

    /// <summary>The requested amount in units of the coin. The API's field "amount" is in hundred-millionths.</summary>
    [JsonProperty("amountf")] public decimal? Amount { get; init; }
    [JsonProperty("receivedf")] public decimal? Received { get; init; }
    [JsonProperty("recv_confirms")] public int? Confirms { get; init; }
}
