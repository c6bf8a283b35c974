using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A payment provider. Further interfaces in this file declare what a gateway supports beyond creating a payment.
/// </summary>
public interface IPaymentGateway
{
    GatewayDescriptor Descriptor { get; }

    /// <summary>The unit in which the provider expects the amount of a payment in this coin.</summary>
    PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings);

    /// <summary>False if the provider cannot accept a payment of this price, which is in the store's currency.</summary>
    bool AcceptsPrice(Money price, GatewaySettings settings) => true;

    /// <summary>True if payments with these settings are test payments, false if they are real; null if the key does not tell.</summary>
    bool? IsTest(GatewaySettings settings);

    /// <summary>
    /// Creates the payment at the provider. Called once per attempt and never retried.
    /// </summary>
    /// <exception cref="GatewayException">
    /// The provider refused, or no complete response arrived; see <see cref="GatewayException.CreatedNothing"/>.
    /// </exception>
    Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway that can query the status of a payment.
/// </summary>
public interface IStatusGateway : IPaymentGateway
{
    /// <summary>False if these settings do not allow status queries. Webhooks and the shopper's return then only alert the owner.</summary>
    bool CanQuery(GatewaySettings settings) => true;

    /// <summary>Queries a payment with the store's own key; returns null if the provider does not know it.</summary>
    /// <exception cref="GatewayException">No usable response.</exception>
    Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway that can query many payments with a few calls.
/// </summary>
public interface IBatchStatusGateway : IStatusGateway
{
    /// <summary>
    /// Returns payments by the store's reference. Those missing from the result must be queried one by one: the provider's list does not contain
    /// them, or says too little about them.
    /// </summary>
    /// <exception cref="GatewayException">No usable response.</exception>
    Task<IReadOnlyDictionary<string, ProviderPayment>> FindManyAsync(IReadOnlyList<PaymentHandle> payments, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway whose provider announces changes with webhooks.
/// </summary>
public interface IWebhookGateway : IPaymentGateway
{
    /// <summary>Parses a webhook without verifying it.</summary>
    /// <exception cref="FormatException">It is not a webhook of this provider; the message says why.</exception>
    WebhookMessage Read(WebhookRequest request);

    /// <summary>Verifies the signature with the secret in <paramref name="settings"/>.</summary>
    /// <returns>The signature; null if it is missing or wrong. An empty secret verifies nothing.</returns>
    VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings);
}

/// <summary>
/// A gateway that authorizes payments first, for the owner to capture later.
/// </summary>
public interface ICaptureGateway : IStatusGateway
{
    /// <summary>Captures an authorized payment.</summary>
    /// <exception cref="GatewayException"><see cref="GatewayFault.Refused"/>: declined. Any other fault is ambiguous: query the payment.</exception>
    Task<OperationResult> CaptureAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway that can void an authorization.
/// </summary>
public interface IVoidGateway : IStatusGateway
{
    /// <summary>Voids an authorized payment.</summary>
    /// <inheritdoc cref="ICaptureGateway.CaptureAsync"/>
    Task<OperationResult> VoidAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway that can refund payments fully and partially.
/// </summary>
public interface IRefundGateway : IStatusGateway
{
    /// <summary>Refunds a captured payment.</summary>
    /// <inheritdoc cref="ICaptureGateway.CaptureAsync"/>
    Task<OperationResult> RefundAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway that can pay out to a user of the provider.
/// </summary>
public interface IPayoutGateway : IPaymentGateway
{
    /// <summary>The provider's payout code for a coin; null if none is documented.</summary>
    string? PayoutCurrencyOf(string coin);

    /// <summary>Sends a payout. The provider offers no way to query whether it was sent.</summary>
    /// <param name="recipient">The provider's name of the user.</param>
    /// <param name="amount">In the provider's payout currency, see <see cref="PayoutCurrencyOf"/>.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="cancellationToken">Stops waiting for the response.</param>
    /// <exception cref="GatewayException">If <see cref="GatewayException.CreatedNothing"/> is false, the payout may have been sent.</exception>
    Task PayOutAsync(string recipient, Money amount, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway whose provider publishes coin prices.
/// </summary>
public interface IRatesGateway : IPaymentGateway
{
    /// <summary>The price of one coin in US dollars; null if it is not available with these settings.</summary>
    /// <exception cref="GatewayException">No usable response.</exception>
    Task<decimal?> PriceAsync(CoinDescriptor coin, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway whose keys and API URL can be tested without creating a payment.
/// </summary>
public interface IConnectionTest : IPaymentGateway
{
    /// <summary>Makes an authenticated call without side effects.</summary>
    /// <exception cref="GatewayException">The provider is unreachable, or a key or address is wrong.</exception>
    Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A capture, void or refund.
/// </summary>
/// <param name="Payment">The payment.</param>
/// <param name="Amount">The amount in the currency of <see cref="PaymentHandle.Quoted"/>.</param>
/// <param name="WebhookUrl">Where the provider announces the result.</param>
public sealed record OperationRequest(PaymentHandle Payment, Money Amount, Uri WebhookUrl);

/// <summary>
/// The result of a capture, void or refund.
/// </summary>
public enum OperationResult
{
    Done,

    /// <summary>The provider has accepted the operation but not completed it yet.</summary>
    Accepted
}
