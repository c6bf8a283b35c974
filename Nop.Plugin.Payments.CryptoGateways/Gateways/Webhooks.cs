using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A request to the store's webhook URL.
/// </summary>
/// <param name="Body">The raw bytes, over which signatures are made.</param>
/// <param name="Header">Returns the value of a header, or null.</param>
public sealed record WebhookRequest(byte[] Body, Func<string, string?> Header)
{
    /// <summary>Returns the value of a query parameter, or null.</summary>
    public Func<string, string?> Query { get; init; } = _ => null;
}

/// <summary>
/// The content of a webhook. Its sender is known only after <see cref="IWebhookGateway.Verify"/>.
/// </summary>
public sealed record WebhookMessage
{
    public required string EventName { get; init; }

    /// <summary>The store's reference; null if the provider does not return it, in which case <see cref="ExternalId"/> identifies the payment.</summary>
    public required string? Reference { get; init; }

    /// <summary>The provider's id of the payment; null if not stated.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The amount of the payment; null if not stated.</summary>
    public Money? Amount { get; init; }

    /// <summary>
    /// The status of the payment; null if not stated. It is used only for payments that cannot be queried, and then only to alert the owner.
    /// </summary>
    public ProviderStatus? Status { get; init; }

    /// <summary>The amount credited to the store after the provider's fee; null if not stated.</summary>
    public Money? Net { get; init; }

    /// <summary>The body without secrets and personal data. It distinguishes events, so it includes the provider's id of the event.</summary>
    public required string ScrubbedBody { get; init; }

    /// <summary>
    /// Identifies the event: the SHA-256 of the whole message in hexadecimal. Every delivery of an event has the same key; messages that could
    /// lead to different decisions have different keys. It covers only signed data, as long as nothing else is parsed.
    /// </summary>
    public string EventKey => ExternalText.Hash(
        GatewayJson.Write(new object?[] { EventName, Reference, ExternalId, Amount?.ToString(), Status, Net?.ToString(), ScrubbedBody }));
}
