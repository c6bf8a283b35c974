using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A gateway whose provider tells about many payments in a few calls.
/// </summary>
public interface IBatchStatusGateway : IStatusGateway
{
    /// <summary>
    /// What could be learnt together, by our reference. Payments that are missing from the answer have to be asked for one by one:
    /// those about which the list says too little, or that it does not hold.
    /// </summary>
    /// <exception cref="GatewayException">No usable answer.</exception>
    Task<IReadOnlyDictionary<string, ProviderPayment>> FindManyAsync(IReadOnlyList<PaymentHandle> payments, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway that first reserves money, which the owner takes later.
/// </summary>
public interface ICaptureGateway : IStatusGateway
{
    /// <summary>Takes reserved money.</summary>
    /// <exception cref="GatewayException"><see cref="GatewayFault.Refused"/>: declined. Other faults: it may have happened; ask the provider.</exception>
    Task<OperationResult> CaptureAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway that can let reserved money go.
/// </summary>
public interface IVoidGateway : IStatusGateway
{
    /// <inheritdoc cref="ICaptureGateway.CaptureAsync"/>
    Task<OperationResult> VoidAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway that can send money back to where it came from, also in parts.
/// </summary>
public interface IRefundGateway : IStatusGateway
{
    /// <inheritdoc cref="ICaptureGateway.CaptureAsync"/>
    Task<OperationResult> RefundAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway that can send money to a user of the provider.
/// </summary>
public interface IPayoutGateway : IPaymentGateway
{
    /// <summary>The code under which the provider pays out what was paid in a coin; null when it is not documented.</summary>
    string? PayoutCurrencyOf(string coin);

    /// <summary>Sends money; the provider has no way to ask whether it did.</summary>
    /// <param name="recipient">The provider's name of the user.</param>
    /// <param name="amount">By the provider's code of the currency, see <see cref="PayoutCurrencyOf"/>.</param>
    /// <param name="settings">The order's store's.</param>
    /// <param name="cancellationToken">Ends waiting for the answer.</param>
    /// <exception cref="GatewayException">See <see cref="GatewayException.CreatedNothing"/>: false means that it may have been sent.</exception>
    Task PayOutAsync(string recipient, Money amount, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway whose provider tells prices of coins.
/// </summary>
public interface IRatesGateway : IPaymentGateway
{
    /// <summary>What one coin costs in US dollars; null when the provider does not tell with these settings.</summary>
    /// <exception cref="GatewayException">No usable answer.</exception>
    Task<decimal?> PriceAsync(CoinDescriptor coin, GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A gateway whose keys and address can be tried without moving money.
/// </summary>
public interface IConnectionTest : IPaymentGateway
{
    /// <summary>A harmless authenticated call. Nothing is thrown when provider and keys are fine.</summary>
    /// <exception cref="GatewayException">What is wrong.</exception>
    Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken);
}

/// <summary>
/// A capture, void or refund.
/// </summary>
/// <param name="Payment">Of which payment.</param>
/// <param name="Amount">How much, in the currency of <see cref="PaymentHandle.Quoted"/>.</param>
/// <param name="WebhookUrl">Where the provider is to announce what became of it.</param>
public sealed record OperationRequest(PaymentHandle Payment, Money Amount, Uri WebhookUrl);

/// <summary>
/// How a capture, void or refund went.
/// </summary>
public enum OperationResult
{
    Done,

    /// <summary>The provider has taken the order and not yet done it.</summary>
    Accepted
}
