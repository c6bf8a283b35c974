using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// One of the two ways in which CryptoFuse can be spoken to.
/// </summary>
internal interface ICryptoFuseContract
{
    PriceBasis Basis { get; }

    Task<CryptoFusePayment> CreateAsync(PaymentRequest request, CryptoFuseSettings settings, CancellationToken cancellationToken);

    /// <summary>Null when the provider does not know the payment.</summary>
    Task<CryptoFusePayment?> FindAsync(PaymentHandle payment, CryptoFuseSettings settings, CancellationToken cancellationToken);

    Task TestAsync(CryptoFuseSettings settings, CancellationToken cancellationToken);

    /// <summary>Our reference as the answer has it; null when it does not.</summary>
    string? ReferenceOf(CryptoFusePayment payment);

    /// <summary>What the payment is for, in the currency of the quote; null when the answer does not tell.</summary>
    Money? AmountOf(CryptoFusePayment payment);

    /// <summary>What a wallet has to send, in units of the coin; null when the answer does not tell.</summary>
    Money? DueOf(CryptoFusePayment payment);

    /// <summary>The coin that transfers are counted in; null when the answer does not tell.</summary>
    string? CoinOf(CryptoFusePayment payment);
}
