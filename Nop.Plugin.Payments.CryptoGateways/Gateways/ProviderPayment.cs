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

    /// <summary>Our reference as the provider has it; null when the provider keeps none: then <see cref="ExternalId"/> names it.</summary>
    public required string? Reference { get; init; }

    /// <summary>The provider's id; null when the answer does not hold it.</summary>
    public string? ExternalId { get; init; }

    /// <summary>What the payment is for. It must be what was quoted.</summary>
    public required Money Amount { get; init; }

    /// <summary>
    /// What arrived, in the provider's own unit: coins where it counts coins (see <see cref="Expected"/>), else the unit of
    /// <see cref="Amount"/>. Null when the provider does not tell: then a completed payment is one of <see cref="Amount"/>.
    /// </summary>
    public Money? Received { get; init; }

    /// <summary>
    /// What the provider asks for in all, in the unit of <see cref="Received"/>; null when that is <see cref="Amount"/> itself. Where the
    /// shopper was told an amount to send (<see cref="PayTo.Due"/>), it must be that amount.
    /// </summary>
    public Money? Expected { get; init; }

    /// <summary>What was sent back in all, in the currency of <see cref="Amount"/>; null when the provider does not tell.</summary>
    public Money? Refunded { get; init; }

    /// <summary>
    /// When the provider first saw funds, UTC by the store's clock (corrected by the provider's own, see its Date header); null when it
    /// does not tell.
    /// </summary>
    public DateTime? FundsSeenOnUtc { get; init; }

    /// <summary>
    /// <see cref="Received"/> is a part of <see cref="Amount"/>, and the same address still takes the rest. The status is then
    /// <see cref="ProviderStatus.Confirming"/>: nobody is led to pay anew.
    /// </summary>
    public bool AcceptsBalance { get; init; }

    /// <summary>The answer as JSON, with no more of it than is read here, for the administrator's eyes.</summary>
    public string? Answer { get; init; }

    /// <summary>What is credited to the store after the provider's fee, for the books; null when the answer does not hold it.</summary>
    public Money? Net { get; init; }

    /// <summary>The provider's page for the shopper; null when the answer does not hold it.</summary>
    public Uri? CheckoutUrl { get; init; }

    /// <summary>For the store's own page; null when the answer does not hold it.</summary>
    public PayTo? PayTo { get; init; }

    /// <summary>Why <see cref="PayTo"/> was dropped, see <see cref="CoinDescriptor.FaultOf"/>; null when it was not.</summary>
    public string? AddressFault { get; init; }

    /// <summary>When the provider stops accepting money, UTC; null when the answer does not hold it.</summary>
    public DateTime? ExpiresOnUtc { get; init; }

    /// <summary>Ids of the transactions on the chain; empty when the answer holds none.</summary>
    public IReadOnlyList<string> TransactionIds { get; init; } = [];

    public int? ConfirmationsSeen { get; init; }

    public int? ConfirmationsNeeded { get; init; }

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

    /// <summary>Reserved on a card; it has to be captured.</summary>
    Authorized,
    Completed,

    /// <summary>Final, with less than <see cref="ProviderPayment.Amount"/>.</summary>
    Underpaid,
    Expired,
    Failed,
    Canceled,
    Disputed,

    /// <summary>All of it was sent back.</summary>
    Refunded,
    PartiallyRefunded
}
