using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A payment provider. What it can do beyond creating a payment is told by the small capability interfaces that it implements.
/// </summary>
public interface IPaymentGateway
{
    GatewayDescriptor Descriptor { get; }

    /// <summary>
    /// In which unit the provider counts the amount of a payment in this coin.
    /// </summary>
    PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings);

    /// <summary>False when the provider can take no payment of this price (in the store's currency) at all.</summary>
    bool AcceptsPrice(Money price, GatewaySettings settings) => true;

    /// <summary>True when these settings move no real money, false when they do; null when the key does not tell.</summary>
    bool? IsTest(GatewaySettings settings);

    /// <summary>
    /// Creates the payment at the provider. It is called once an attempt: nothing in here repeats the call.
    /// </summary>
    /// <exception cref="GatewayException">The provider refused, or its answer did not arrive whole; see <see cref="GatewayException.CreatedNothing"/>.</exception>
    Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway whose provider can be asked how a payment stands.
/// </summary>
public interface IStatusGateway : IPaymentGateway
{
    /// <summary>False when these settings do not allow to ask: then webhooks and the shopper's word only call a person.</summary>
    bool CanAsk(GatewaySettings settings) => true;

    /// <summary>
    /// The provider's truth about a payment, fetched with the store's own key; null when the provider does not know the payment.
    /// </summary>
    /// <exception cref="GatewayException">No usable answer.</exception>
    Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway whose provider announces changes by calling the store.
/// </summary>
public interface IWebhookGateway : IPaymentGateway
{
    /// <summary>
    /// Reads a webhook without believing it.
    /// </summary>
    /// <exception cref="FormatException">It is not a webhook of this provider; the message says why.</exception>
    WebhookMessage Read(WebhookRequest request);

    /// <summary>
    /// Verifies the signature with the secret in <paramref name="settings"/>.
    /// </summary>
    /// <returns>The signature; null if it is missing or wrong. An empty secret verifies nothing.</returns>
    VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings);
}
