using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// All that a decision about a payment depends on, read afresh while the order's lease is held.
/// </summary>
public sealed record PaymentFacts
{
    public required CryptoPaymentStatus Status { get; init; }

    /// <summary>What was quoted to the provider.</summary>
    public required Money Quoted { get; init; }

    /// <summary>What the order owed when it was quoted, in the store's currency.</summary>
    public required decimal PriceAmount { get; init; }

    public required string Reference { get; init; }

    /// <summary>The provider's id; null while unknown.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Age of the attempt.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>How long an attempt that nobody pays is watched.</summary>
    public required TimeSpan Watch { get; init; }

    public required Lookup Lookup { get; init; }

    /// <summary>The provider's answer; null unless <see cref="Lookup"/> is <see cref="Lookup.Found"/>.</summary>
    public ProviderPayment? Provider { get; init; }

    /// <summary>The provider's id in the answer is that of another payment here.</summary>
    public bool IdIsAnothers { get; init; }

    /// <summary>What verified webhooks said about the payment.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];

    public required OrderState Order { get; init; }

    /// <summary>Of a cancelled order only.</summary>
    public Revival Revival { get; init; }

    /// <summary>The order's total today, in the store's currency, without what others brought of it, see <see cref="OrderRest.OwedOf"/>.</summary>
    public required decimal OrderTotal { get; init; }

    public required PaidClaim Claim { get; init; }

    /// <summary>A capture, void or refund was begun, and the platform was not seen to write the order after it.</summary>
    public bool OperationLeft { get; init; }

    public PaymentPolicy Policy { get; init; } = new();

    /// <summary>The order has a newer attempt, or another one holds money: this one must not get the order cancelled.</summary>
    public bool OthersMatter { get; init; }
}

/// <summary>
/// What a verified webhook stated; null where it stated nothing.
/// </summary>
/// <param name="Amount">What the payment is for.</param>
/// <param name="ExternalId">The provider's id.</param>
/// <param name="Status">What has become of it.</param>
public sealed record Statement(Money? Amount, string? ExternalId, ProviderStatus? Status = null);

/// <summary>
/// How asking the provider went.
/// </summary>
public enum Lookup
{
    Found,

    /// <summary>The provider says that it does not know the payment.</summary>
    NotFound,

    /// <summary>This provider, or these settings, do not allow to ask.</summary>
    Impossible,

    /// <summary>No usable answer.</summary>
    Failed
}

/// <summary>
/// What matters of an order's statuses.
/// </summary>
public enum OrderState
{
    /// <summary>Waiting for money.</summary>
    Open,

    /// <summary>Money is reserved for it.</summary>
    Authorized,
    Paid,

    /// <summary>Refunded or voided, in whole or in part: it had been paid.</summary>
    Returned,
    Cancelled,

    /// <summary>Marked as deleted, or gone.</summary>
    Deleted
}

/// <summary>
/// Who holds the one permission to mark the order as paid.
/// </summary>
public enum PaidClaim
{
    None,

    /// <summary>This attempt, but the platform was not seen to finish what belongs to an order's being paid.</summary>
    OursOpen,

    /// <summary>This attempt, and the platform has finished.</summary>
    OursDone,

    /// <summary>Another attempt of the same order.</summary>
    Others
}

/// <summary>
/// Whether a cancelled order can be opened again.
/// </summary>
public enum Revival
{
    /// <summary>It was paid with points or a gift card, holds something that cannot be bought a second time, or is out of stock.</summary>
    Impossible,
    Possible,

    /// <summary>It was begun and has to be finished.</summary>
    Begun
}
