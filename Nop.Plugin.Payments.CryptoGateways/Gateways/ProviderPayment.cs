using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A payment as the provider tells it when asked with the store's own key.
/// </summary>
public sealed record ProviderPayment
{
    public required ProviderStatus Status { get; init; }

    /// <summary>The provider's own word, for people.</summary>
    public required string StatusText { get; init; }

    /// <summary>Our reference as the provider has it.</summary>
    public required string Reference { get; init; }

    /// <summary>The provider's id; null when the answer does not hold it.</summary>
    public string? ExternalId { get; init; }

    /// <summary>What the payment is for. It must be what was quoted.</summary>
    public required Money Amount { get; init; }

    /// <summary>What arrived; null when the provider does not tell: then a completed payment is one of <see cref="Amount"/>.</summary>
    public Money? Received { get; init; }

    /// <summary>The most that <see cref="Amount"/> may exceed the quoted amount, for a fee that the shopper pays on top.</summary>
    public decimal FeeAllowance { get; init; }
}

/// <summary>
/// What the providers' words mean to us.
/// </summary>
public enum ProviderStatus
{
    /// <summary>A word that the provider does not document: keep waiting.</summary>
    Unknown,
    Waiting,
    Confirming,
    Completed,

    /// <summary>Final, with less than <see cref="ProviderPayment.Amount"/>.</summary>
    Underpaid,
    Expired,
    Failed,
    Canceled,
    Disputed
}
