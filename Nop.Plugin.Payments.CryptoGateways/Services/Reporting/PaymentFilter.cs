using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Which payments the administrator wants to see. What is null or empty does not matter.
/// </summary>
public sealed record PaymentFilter
{
    public IReadOnlyList<CryptoPaymentStatus> Statuses { get; init; } = [];

    /// <summary>System name.</summary>
    public string? Gateway { get; init; }

    public string? Coin { get; init; }

    /// <summary>First day on which payments were started, UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, UTC.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The order's number as people see it, whole.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Our reference or the provider's id, whole; or a long part of a transaction id.</summary>
    public string? Search { get; init; }

    public int? StoreId { get; init; }
}

/// <summary>
/// By what the list is sorted.
/// </summary>
public enum PaymentOrder
{
    Created,
    Order,
    Gateway,
    Status,
    Paid
}
