namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What a store's owner wants done when a payment is not just as quoted.
/// </summary>
public sealed record PaymentPolicy
{
    /// <summary>Per cent of the quoted amount that may be missing.</summary>
    public decimal UnderpaidPercent { get; init; }

    /// <summary>What may be missing, in the primary store currency.</summary>
    public decimal UnderpaidAmount { get; init; }

    /// <summary>Money that arrives after the attempt expired still pays an order that is open.</summary>
    public bool AcceptLate { get; init; } = true;

    /// <summary>Age at which an attempt that nobody paid lets the order be cancelled; null when orders stay open.</summary>
    public TimeSpan? CancelUnpaidAfter { get; init; }

    /// <summary>Money that arrives in full for a cancelled order opens it again, where that is possible.</summary>
    public bool ReviveCancelled { get; init; }

    /// <summary>
    /// The least that pays a quote: the larger of the two tolerances counts.
    /// </summary>
    /// <param name="quoted">The quoted amount, in the coin.</param>
    /// <param name="price">What the order owes, in the primary store currency.</param>
    public decimal LeastFor(decimal quoted, decimal price)
    {
        var byAmount = price > 0 ? quoted * UnderpaidAmount / price : 0m;
        return quoted - Math.Max(quoted * UnderpaidPercent / 100m, byAmount);
    }

    public static PaymentPolicy From(CryptoGatewaysSettings settings) => new()
    {
        UnderpaidPercent = settings.UnderpaidPercent,
        UnderpaidAmount = settings.UnderpaidAmount,
        AcceptLate = settings.AcceptLate,
        ReviveCancelled = settings.ReviveCancelled,
        CancelUnpaidAfter = settings.CancelUnpaidAfterHours > 0 ? TimeSpan.FromHours(settings.CancelUnpaidAfterHours) : null
    };
}
