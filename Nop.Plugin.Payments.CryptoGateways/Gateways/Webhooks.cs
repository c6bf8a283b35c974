using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A call to the store's webhook address, as it came.
/// </summary>
/// <param name="Body">The raw bytes, which signatures are made over.</param>
/// <param name="Header">A header's value, or null.</param>
public sealed record WebhookRequest(byte[] Body, Func<string, string?> Header)
{
    /// <summary>A value of the address's query, or null.</summary>
    public Func<string, string?> Query { get; init; } = _ => null;
}

/// <summary>
/// What a webhook says. Its sender is known only after <see cref="IWebhookGateway.Verify"/>.
/// </summary>
public sealed record WebhookMessage
{
    public required string EventName { get; init; }

    /// <summary>Our reference of the payment; null when the provider does not keep it: then <see cref="ExternalId"/> names the payment.</summary>
    public required string? Reference { get; init; }

    /// <summary>The provider's id of the payment; null when not stated.</summary>
    public string? ExternalId { get; init; }

    /// <summary>What it says the payment is for; null when not stated.</summary>
    public Money? Amount { get; init; }

    /// <summary>
    /// What it says has become of the payment; null when it does not say. It counts only for payments whose provider cannot be asked,
    /// and then only to call a person.
    /// </summary>
    public ProviderStatus? Status { get; init; }

    /// <summary>What it says is credited to the store after the provider's fee; null when not stated.</summary>
    public Money? Net { get; init; }

    /// <summary>The body without secrets and personal data, for the inbox; it tells one event from another, so that it holds the provider's id of the event.</summary>
    public required string ScrubbedBody { get; init; }

    /// <summary>
    /// Identifies the event: SHA-256, in hexadecimal, of everything that the message says. Each delivery of an event has the same key, and
    /// two messages that could lead to different decisions never share one. Nothing unsigned is part of it as long as nothing unsigned is
    /// read.
    /// </summary>
    public string EventKey => ExternalText.HashOf(
        GatewayJson.Write(new object?[] { EventName, Reference, ExternalId, Amount?.ToString(), Status, Net?.ToString(), ScrubbedBody }));
}
