using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A gateway that captures, voids and refunds as a test makes it do.
/// </summary>
public sealed class OperatingGateway : TalkativeGateway, ICaptureGateway, IVoidGateway, IRefundGateway
{
    /// <summary>What the provider answers; an exception is thrown.</summary>
    public Func<Task<OperationResult>> Operate { get; set; } = () => Task.FromResult(OperationResult.Done);

    /// <summary>What the provider was asked to do, as "refund 30 USDT".</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The amounts of these.</summary>
    public List<decimal> Amounts { get; } = [];

    public Task<OperationResult> CaptureAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) => DoAsync("capture", request.Amount);

    public Task<OperationResult> VoidAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) => DoAsync("void", request.Amount);

    public Task<OperationResult> RefundAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) => DoAsync("refund", request.Amount);

    private Task<OperationResult> DoAsync(string what, Money amount)
    {
        Calls.Add($"{what} {amount}");
        Amounts.Add(amount.Amount);
        return Operate();
    }
}
