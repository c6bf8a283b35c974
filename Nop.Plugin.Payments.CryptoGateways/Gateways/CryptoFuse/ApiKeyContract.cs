using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// The contract of 2025-04: an API key, and amounts in units of the coin. Its page describes only the create call; that
/// GET /payments/{payment_id} answers with the same fields, and with custom_id, is what we take from "use this to check status".
/// </summary>
internal sealed class ApiKeyContract(CryptoFuseClient client) : ICryptoFuseContract
{
    public PriceBasis Basis => PriceBasis.Coin;

    public async Task<CryptoFusePayment> CreateAsync(PaymentRequest request, CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        var created = await client.CreateByKeyAsync(new CryptoFuseCreateByKey
        {
            Amount = request.Amount.Amount,
            Currency = request.Coin.Code,
            WalletId = settings.WalletId,
            CallbackUrl = CallbackToken.UrlFor(request, settings),
            CustomId = request.Reference,
            Description = $"Payment for order #{request.OrderNumber}"
        }, settings, cancellationToken);
        return created.Id is not { } id || ExternalText.IsKey(id, TextLengths.ExternalId) ? created
            : throw new GatewayException(GatewayFault.BadAnswer, "answered create with an id that cannot be kept to ask for the payment");
    }

    /// <summary>There is no way to ask by our own name: a payment whose id was lost is not found.</summary>
    public async Task<CryptoFusePayment?> FindAsync(PaymentHandle payment, CryptoFuseSettings settings, CancellationToken cancellationToken) =>
        payment.ExternalId is { } id ? await client.FindByKeyAsync(id, settings, cancellationToken) : null;

    /// <summary>GET /wallets, which another page documents with the API key.</summary>
    public async Task TestAsync(CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        if (await client.ReadByKeyAsync("wallets", settings, cancellationToken) is null)
            throw new GatewayException(GatewayFault.Refused, "answered 404 to /wallets: the API address is wrong") { StatusCode = 404 };
    }

    public string? ReferenceOf(CryptoFusePayment payment) => payment.CustomId is { Length: > 0 } id ? id : null;

    public Money? AmountOf(CryptoFusePayment payment) =>
        payment is { Amount: { } amount, Currency: { Length: > 0 } coin } ? new Money(amount, coin) : null;

    public Money? DueOf(CryptoFusePayment payment) => AmountOf(payment);

    public string? CoinOf(CryptoFusePayment payment) => payment.Currency is { Length: > 0 } coin ? coin : null;
}
