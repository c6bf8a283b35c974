using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// What a gateway needs to create a payment.
/// </summary>
public sealed record PaymentRequest
{
    /// <summary>Ours; unique for each attempt.</summary>
    public required string Reference { get; init; }

    /// <summary>The quoted amount in the unit of <see cref="IPaymentGateway.BasisFor"/>; the currency is the coin's code.</summary>
    public required Money Amount { get; init; }

    public required int OrderId { get; init; }

    /// <summary>The number that the shopper knows the order by.</summary>
    public required string OrderNumber { get; init; }

    public required int StoreId { get; init; }

    public required int Attempt { get; init; }

    public required int CustomerId { get; init; }

    /// <summary>The shopper's address; null when the order has none.</summary>
    public string? CustomerEmail { get; init; }

    public required Uri SuccessUrl { get; init; }

    public required Uri FailureUrl { get; init; }

    /// <summary>The order's lines; empty unless their sum is exactly <see cref="Amount"/>.</summary>
    public IReadOnlyList<PaymentItem> Items { get; init; } = [];
}

/// <summary>
/// A line of the order, priced in the unit of the payment's amount.
/// </summary>
public sealed record PaymentItem(string Name, decimal Price, int Quantity);

/// <summary>
/// The provider's answer to a create call.
/// </summary>
/// <param name="ExternalId">The provider's id of the payment.</param>
/// <param name="CheckoutUrl">The provider's page for the shopper.</param>
/// <param name="ProviderStatus">The provider's word for the status.</param>
public sealed record CreatedPayment(string ExternalId, Uri CheckoutUrl, string ProviderStatus);

/// <summary>
/// The names by which a provider can know a payment.
/// </summary>
/// <param name="Reference">Ours.</param>
/// <param name="ExternalId">The provider's; null when it was never received.</param>
public sealed record PaymentHandle(string Reference, string? ExternalId);
