using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A payment as reported by the provider in response to an authenticated query.
/// </summary>
public sealed record ProviderPayment
{
    public required ProviderStatus Status { get; init; }

    /// <summary>The status as stated by the provider, for display.</summary>
    public required string StatusText { get; init; }

    /// <summary>The store's reference as stated by the provider; null if it keeps none, in which case <see cref="ExternalId"/> identifies the payment.</summary>
    public required string? Reference { get; init; }

    /// <summary>The provider's id; null if not stated.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The amount of the payment. It must match the quote.</summary>
    public required Money Amount { get; init; }

    /// <summary>
    /// The received amount in the provider's unit: coins if it counts coins (see <see cref="Expected"/>), otherwise the unit of
    /// <see cref="Amount"/>. Null if not stated; a completed payment then counts as <see cref="Amount"/>.
    /// </summary>
    public Money? Received { get; init; }

    /// <summary>
    /// The requested total in the unit of <see cref="Received"/>; null if it is <see cref="Amount"/> itself. It must match the amount displayed to the
    /// shopper (<see cref="PayTo.Due"/>), if any.
    /// </summary>
    public Money? Expected { get; init; }

    /// <summary>The total refunded amount in the currency of <see cref="Amount"/>; null if not stated.</summary>
    public Money? Refunded { get; init; }

    /// <summary>
    /// When the provider first detected funds: UTC, corrected for the difference between its clock and the store's. Null if not stated.
    /// </summary>
    public DateTime? FundsSeenOnUtc { get; init; }

    /// <summary>
    /// True after a partial payment while the same address accepts the outstanding balance. The status is then
    /// <see cref="ProviderStatus.Confirming"/>, so that the shopper is not asked to pay again.
    /// </summary>
    public bool AcceptsBalance { get; init; }

    /// <summary>
    /// The outstanding balance at the same address in units of the coin, for providers that add a network fee after a partial payment. Null if it is
    /// the missing share of the amount due.
    /// </summary>
    public Money? Balance { get; init; }

    /// <summary>The response as JSON, reduced to the fields that the plugin reads; shown only to administrators.</summary>
    public string? Answer { get; init; }

    /// <summary>The amount credited to the store after the provider's fee, for accounting; null if not stated.</summary>
    public Money? Net { get; init; }

    /// <summary>The provider's payment page; null if not stated.</summary>
    public Uri? CheckoutUrl { get; init; }

    /// <summary>For the store's payment page; null if not stated.</summary>
    public PayTo? PayTo { get; init; }

    /// <summary>Why <see cref="PayTo"/> was removed, see <see cref="CoinDescriptor.AddressFault"/>; null if it was not.</summary>
    public string? AddressFault { get; init; }

    /// <summary>When the provider stops accepting funds, UTC; null if not stated.</summary>
    public DateTime? ExpiresOnUtc { get; init; }

    /// <summary>The ids of the transactions on the blockchain; empty if none are stated.</summary>
    public IReadOnlyList<string> TransactionIds { get; init; } = [];

    public int? ConfirmationsSeen { get; init; }

    public int? ConfirmationsNeeded { get; init; }

    /// <summary>The maximum by which <see cref="Amount"/> may exceed the quoted amount, for a fee added for the shopper.</summary>
    public decimal FeeAllowance { get; init; }
}

/// <summary>
/// The status of a payment at the provider.
/// </summary>
public enum ProviderStatus
{
    /// <summary>A status that the provider does not document: keep waiting.</summary>
    Unknown,
    Waiting,
    Confirming,

    /// <summary>Authorized but not captured.</summary>
    Authorized,
    Completed,

    /// <summary>Final, with less than <see cref="ProviderPayment.Amount"/>.</summary>
    Underpaid,
    Expired,
    Failed,
    Canceled,
    Disputed,

    /// <summary>Fully refunded.</summary>
    Refunded,
    PartiallyRefunded
}
