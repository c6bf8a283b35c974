using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>A call of a GraphQL server.</summary>
internal sealed record GraphQlRequest(
    [property: JsonProperty("query")] string Query,
    [property: JsonProperty("variables")] CoinPaymentVariables? Variables = null);

/// <summary>Variables of the mutation.</summary>
internal sealed record CoinPaymentVariables
{
    [JsonProperty("category")] public required string Category { get; init; }
    [JsonProperty("groupId")] public int? GroupId { get; init; }
    [JsonProperty("moreLoginCount")] public int? MoreLoginCount { get; init; }
    [JsonProperty("coin")] public required string Coin { get; init; }
}

/// <summary>What every answer of a GraphQL server is wrapped in.</summary>
internal sealed record GraphQlAnswer
{
    [JsonProperty("data")] public CoinPaymentData? Data { get; init; }
    [JsonProperty("errors")] public IReadOnlyList<GraphQlError?>? Errors { get; init; }
}

internal sealed record CoinPaymentData
{
    [JsonProperty("coinpaymentCreatePayment")] public CoinPaymentCreated? Payment { get; init; }

    /// <summary>The answer to the harmless question that the connection test asks.</summary>
    [JsonProperty("__typename")] public string? TypeName { get; init; }
}

internal sealed record GraphQlError
{
    [JsonProperty("message")] public string? Message { get; init; }
    [JsonProperty("extensions")] public GraphQlExtensions? Extensions { get; init; }
}

internal sealed record GraphQlExtensions
{
    /// <summary>The server's name for the kind of error; some kinds are an object.</summary>
    [JsonProperty("classification")] public JToken? Classification { get; init; }
}

/// <summary>The mutation's answer. The seed has id as text, the server's schema as a number; both are read.</summary>
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

/// <summary>What every answer of CoinPayments.net's api.php is wrapped in: with an error, the result is an empty list.</summary>
internal sealed record MerchantAnswer
{
    [JsonProperty("error")] public string? Error { get; init; }
    [JsonProperty("result")] public JToken? Payload { get; init; }

    /// <summary>For reading <see cref="Payload"/>, see <see cref="GatewayResponse"/>.</summary>
    [JsonIgnore] public TimeSpan ClockAhead { get; init; }
}

/// <summary>Answer to get_tx_info.</summary>
internal sealed record MerchantTransaction
{
    /// <summary>Only in the answer to get_tx_info_multi, for each transaction.</summary>
    [JsonProperty("error")] public string? Error { get; init; }

    /// <summary>Seconds since 1970, UTC.</summary>
    [JsonProperty("time_expires"), JsonConverter(typeof(UnixTimeConverter))] public ProviderTime? TimeExpires { get; init; }
    [JsonProperty("status")] public string? Status { get; init; }
    [JsonProperty("status_text")] public string? StatusText { get; init; }
    [JsonProperty("coin")] public string? Coin { get; init; }

    /// <summary>What is to be paid, in units of the coin; the field amount beside it counts in hundred-millionths.</summary>
    [JsonProperty("amountf")] public decimal? Amount { get; init; }
    [JsonProperty("receivedf")] public decimal? Received { get; init; }
    [JsonProperty("recv_confirms")] public int? Confirms { get; init; }
}
