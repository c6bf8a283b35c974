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

    /// <summary>The largest tolerance, in per cent of what the order owes, whatever the settings say.</summary>
    public const decimal LargestTolerancePercent = 20m;

    /// <summary>
    /// How much of what an order owes may be missing: the larger of the two tolerances, up to <see cref="LargestTolerancePercent"/>.
    /// </summary>
    /// <param name="owed">What the order owes now, in the primary store currency.</param>
    public decimal ToleranceOf(decimal owed) =>
        Math.Min(Math.Max(owed * UnderpaidPercent / 100m, UnderpaidAmount), owed * LargestTolerancePercent / 100m);

    public static PaymentPolicy From(CryptoGatewaysSettings settings) => new()
    {
        UnderpaidPercent = settings.UnderpaidPercent,
        UnderpaidAmount = settings.UnderpaidAmount,
        AcceptLate = settings.AcceptLate,
        ReviveCancelled = settings.ReviveCancelled,
        CancelUnpaidAfter = settings.CancelUnpaidAfterHours > 0 ? TimeSpan.FromHours(settings.CancelUnpaidAfterHours) : null
    };
}
