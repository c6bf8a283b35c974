using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// What a gateway needs to create a payment.
/// </summary>
public sealed record PaymentRequest
{
    /// <summary>Ours; unique for each attempt.</summary>
    public required string Reference { get; init; }

    /// <summary>What the shopper chose to pay with.</summary>
    public required CoinDescriptor Coin { get; init; }

    /// <summary>
    /// The quoted amount in the unit of <see cref="IPaymentGateway.BasisFor"/>; the currency is the coin's code, or with
    /// <see cref="PriceBasis.StoreCurrency"/> that of the store (ISO 4217).
    /// </summary>
    public required Money Amount { get; init; }

    public required int OrderId { get; init; }

    /// <summary>The number that the shopper knows the order by.</summary>
    public required string OrderNumber { get; init; }

    public required int StoreId { get; init; }

    public required int Attempt { get; init; }

    public required int CustomerId { get; init; }

    /// <summary>The shopper's address; null when the order has none.</summary>
    public string? CustomerEmail { get; init; }

    /// <summary>The shopper's name as the billing address has it; null when it has none.</summary>
    public string? CustomerName { get; init; }

    /// <summary>ISO 639-1 code of the shopper's language.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Where the provider is to announce changes.</summary>
    public required Uri WebhookUrl { get; init; }

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
/// <param name="ExternalId">The provider's id of the payment; null when the answer does not tell it.</param>
/// <param name="CheckoutUrl">The provider's page for the shopper; null when there is none, then <see cref="PayTo"/> is needed.</param>
/// <param name="ProviderStatus">The provider's word for the status.</param>
public sealed record CreatedPayment(string? ExternalId, Uri? CheckoutUrl, string ProviderStatus)
{
    /// <summary>What the store's own page shows; null when the shopper is to pay on the provider's page.</summary>
    public PayTo? PayTo { get; init; }

    /// <summary>When the provider stops accepting money, UTC; null when it does not tell.</summary>
    public DateTime? ExpiresOnUtc { get; init; }

    /// <summary>How many confirmations the provider waits for; null when it does not tell.</summary>
    public int? ConfirmationsNeeded { get; init; }
}

/// <summary>
/// Where and how much a wallet has to send.
/// </summary>
/// <param name="Address">The address on the coin's network.</param>
/// <param name="Due">Exactly this, in units of the coin.</param>
public sealed record PayTo(string Address, Money Due)
{
    /// <summary>Memo or destination tag without which the money is lost; null when the network has none.</summary>
    public string? Tag { get; init; }
}

/// <summary>
/// A payment as the store knows it, for asking the provider about it.
/// </summary>
/// <param name="Reference">Our name of it.</param>
/// <param name="ExternalId">The provider's; null when it was never received, or was not kept as it is.</param>
public sealed record PaymentHandle(string Reference, string? ExternalId)
{
    /// <summary>What was quoted, see <see cref="PaymentRequest.Amount"/>.</summary>
    public Money Quoted { get; init; }

    /// <summary>What the shopper was told to send, see <see cref="PayTo.Due"/>; null on a provider's page.</summary>
    public Money? Due { get; init; }

    /// <summary>When the attempt was made, UTC.</summary>
    public DateTime CreatedOnUtc { get; init; }

    public static PaymentHandle Of(CryptoPayment payment) => new(payment.Reference, payment.KnownExternalId is { } id && !ExternalText.IsHashed(id) ? id : null)
    {
        Quoted = payment.Quoted,
        Due = payment.Due,
        CreatedOnUtc = payment.CreatedOnUtc
    };
}
