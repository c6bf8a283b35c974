using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// The input for creating a payment.
/// </summary>
public sealed record PaymentRequest
{
    /// <summary>The store's reference, unique for each attempt.</summary>
    public required string Reference { get; init; }

    /// <summary>The coin that the shopper chose.</summary>
    public required CoinDescriptor Coin { get; init; }

    /// <summary>
    /// The quoted amount in the unit of <see cref="IPaymentGateway.BasisFor"/>. Its currency is the coin's code or, with
    /// <see cref="PriceBasis.StoreCurrency"/>, the ISO 4217 code of the store's currency.
    /// </summary>
    public required Money Amount { get; init; }

    public required int OrderId { get; init; }

    /// <summary>The order number displayed to the shopper.</summary>
    public required string OrderNumber { get; init; }

    public required int StoreId { get; init; }

    public required int Attempt { get; init; }

    public required int CustomerId { get; init; }

    /// <summary>The shopper's e-mail address; null if the order has none.</summary>
    public string? CustomerEmail { get; init; }

    /// <summary>The shopper's name in the billing address; null if it has none.</summary>
    public string? CustomerName { get; init; }

    /// <summary>The ISO 639-1 code of the shopper's language.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Where the provider announces changes.</summary>
    public required Uri WebhookUrl { get; init; }

    public required Uri SuccessUrl { get; init; }

    public required Uri FailureUrl { get; init; }

    /// <summary>The order items; empty unless they add up to exactly <see cref="Amount"/>.</summary>
    public IReadOnlyList<PaymentItem> Items { get; init; } = [];
}

/// <summary>
/// An order item, priced in the unit of <see cref="PaymentRequest.Amount"/>.
/// </summary>
public sealed record PaymentItem(string Name, decimal Price, int Quantity);

/// <summary>
/// The result of creating a payment.
/// </summary>
/// <param name="ExternalId">The provider's id of the payment; null if not stated.</param>
/// <param name="CheckoutUrl">The provider's payment page; null if there is none, in which case <see cref="PayTo"/> is required.</param>
/// <param name="ProviderStatus">The status as stated by the provider.</param>
public sealed record CreatedPayment(string? ExternalId, Uri? CheckoutUrl, string ProviderStatus)
{
    /// <summary>For the store's payment page; null if the shopper pays on the provider's page.</summary>
    public PayTo? PayTo { get; init; }

    /// <summary>When the provider stops accepting funds, UTC; null if not stated.</summary>
    public DateTime? ExpiresOnUtc { get; init; }

    /// <summary>The number of confirmations that the provider requires; null if not stated.</summary>
    public int? ConfirmationsNeeded { get; init; }
}

/// <summary>
/// The address and amount to send.
/// </summary>
/// <param name="Address">The address on the coin's network.</param>
/// <param name="Due">The exact amount in units of the coin.</param>
public sealed record PayTo(string Address, Money Due)
{
    /// <summary>The memo or destination tag, without which the funds are lost; null if there is none.</summary>
    public string? Tag { get; init; }
}

/// <summary>
/// Identifies a payment when querying the provider.
/// </summary>
/// <param name="Reference">The store's reference.</param>
/// <param name="ExternalId">The provider's id; null if it was never received or is stored only as a hash.</param>
public sealed record PaymentHandle(string Reference, string? ExternalId)
{
    /// <summary>The quoted amount, see <see cref="PaymentRequest.Amount"/>.</summary>
    public Money Quoted { get; init; }

    /// <summary>The amount displayed to the shopper, see <see cref="PayTo.Due"/>; null if paid on the provider's page.</summary>
    public Money? AmountToSend { get; init; }

    /// <summary>When the attempt was created, UTC.</summary>
    public DateTime CreatedOnUtc { get; init; }

    public static PaymentHandle Of(CryptoPayment payment) => new(payment.Reference, payment.KnownExternalId is { } id && !ExternalText.IsHashed(id) ? id : null)
    {
        Quoted = payment.Quoted,
        AmountToSend = payment.AmountToSend,
        CreatedOnUtc = payment.CreatedOnUtc
    };
}
