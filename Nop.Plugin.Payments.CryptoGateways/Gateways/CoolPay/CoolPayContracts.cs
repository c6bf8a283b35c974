using Newtonsoft.Json;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;

/// <summary>Body of POST /payments.</summary>
internal sealed record CoolPayCreateRequest
{
    [JsonProperty("order_id")] public required string OrderId { get; init; }
    [JsonProperty("currency")] public required string Currency { get; init; }

    /// <summary>Shown in CoolPay's dashboard.</summary>
    [JsonProperty("variables")] public required IReadOnlyDictionary<string, string> Variables { get; init; }
}

/// <summary>Body of PUT /payments/{id}/link.</summary>
internal sealed record CoolPayLinkRequest
{
    /// <summary>In minor units of the currency.</summary>
    [JsonProperty("amount")] public required long Amount { get; init; }
    [JsonProperty("continue_url")] public Uri? ContinueUrl { get; init; }
    [JsonProperty("cancel_url")] public Uri? CancelUrl { get; init; }
    [JsonProperty("callback_url")] public Uri? CallbackUrl { get; init; }

    /// <summary>"true" as a string, as documented; null to capture later.</summary>
    [JsonProperty("auto_capture")] public string? AutoCapture { get; init; }
    [JsonProperty("continueurl")] public Uri? JoinedContinueUrl { get; init; }
    [JsonProperty("cancelurl")] public Uri? JoinedCancelUrl { get; init; }
    [JsonProperty("callbackurl")] public Uri? JoinedCallbackUrl { get; init; }
    [JsonProperty("autocapture")] public string? JoinedAutoCapture { get; init; }
    [JsonProperty("language")] public required string Language { get; init; }
    [JsonProperty("payment_methods")] public string? PaymentMethods { get; init; }
}

/// <summary>Body of a capture or refund, in minor units of the currency.</summary>
internal sealed record CoolPayAmount([property: JsonProperty("amount")] long Amount);

/// <summary>The response of PUT /payments/{id}/link; also part of a payment.</summary>
internal sealed record CoolPayLink
{
    [JsonProperty("url")] public string? Url { get; init; }

    /// <summary>In minor units of the currency.</summary>
    [JsonProperty("amount")] public decimal? Amount { get; init; }
}

/// <summary>
/// A payment in responses and callbacks. Variables, card data, addresses and baskets are left out because the plugin does not need them.
/// </summary>
internal sealed record CoolPayPayment
{
    [JsonProperty("id")] public long? Id { get; init; }
    [JsonProperty("order_id")] public string? OrderId { get; init; }
    [JsonProperty("accepted")] public bool? Accepted { get; init; }
    [JsonProperty("test_mode")] public bool? TestMode { get; init; }
    [JsonProperty("type")] public string? Type { get; init; }
    [JsonProperty("currency")] public string? Currency { get; init; }
    [JsonProperty("state")] public string? State { get; init; }
    [JsonProperty("link")] public CoolPayLink? Link { get; init; }
    [JsonProperty("operations")] public IReadOnlyList<CoolPayOperation?>? Operations { get; init; }
}

/// <summary>An authorization, capture, refund or cancellation, whether it succeeded or not.</summary>
internal sealed record CoolPayOperation
{
    [JsonProperty("id")] public long? Id { get; init; }
    [JsonProperty("type")] public string? Type { get; init; }

    /// <summary>In minor units of the currency.</summary>
    [JsonProperty("amount")] public decimal? Amount { get; init; }
    [JsonProperty("pending")] public bool? Pending { get; init; }

    /// <summary>CoolPay's own plugins read the code and message with either prefix.</summary>
    [JsonProperty("qp_status_code")] public string? QpStatusCode { get; init; }
    [JsonProperty("qp_status_msg")] public string? QpStatusMessage { get; init; }
    [JsonProperty("cp_status_code")] public string? CpStatusCode { get; init; }
    [JsonProperty("cp_status_msg")] public string? CpStatusMessage { get; init; }
}
