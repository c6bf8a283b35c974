using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// The current contract: OAuth2, and prices in US dollars, which the provider turns into coins. Money of a quote is dollars here,
/// under the code of the coin.
/// </summary>
internal sealed class OAuthContract(CryptoFuseClient client) : ICryptoFuseContract
{
    private const string Dollar = "USD";

    public PriceBasis Basis => PriceBasis.UsDollar;

    public Task<CryptoFusePayment> CreateAsync(PaymentRequest request, CryptoFuseSettings settings, CancellationToken cancellationToken) =>
        client.CreateByTokenAsync(new CryptoFuseCreateByToken
        {
            PriceAmount = request.Amount.Amount,
            PriceCurrency = Dollar,
            PayCurrency = request.Coin.Code,
            OrderId = request.Reference,
            OrderDescription = $"Payment for order #{request.OrderNumber}",
            CallbackUrl = CallbackToken.UrlFor(request, settings),
            SuccessUrl = request.SuccessUrl,
            CancelUrl = request.FailureUrl,
            IsFeePaidByUser = settings.ShopperPaysNetworkFee
        }, settings, cancellationToken);

    /// <summary>By the provider's id, and by our own name when that was never received.</summary>
    public async Task<CryptoFusePayment?> FindAsync(PaymentHandle payment, CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        if (payment.ExternalId is { } id)
            return await client.ReadByTokenAsync($"payments/{Uri.EscapeDataString(id)}/", settings, cancellationToken) is { } answer
                ? GatewayJson.ReadAnswer<CryptoFusePayment>(answer)
                : null;

        var list = await client.ReadByTokenAsync($"payments/?order_id={Uri.EscapeDataString(payment.Reference)}", settings, cancellationToken);
        if (list is null)
            return null;

        var (payments, isComplete) = GatewayJson.ReadRows<CryptoFusePayment>(RowsIn(list), list.ClockAhead);
        var ours = payments.FirstOrDefault(found => ReferenceOf(found) == payment.Reference);
        return ours is not null || isComplete ? ours
            : throw new GatewayException(GatewayFault.BadAnswer, "answered a list of payments that cannot all be read");
    }

    public async Task TestAsync(CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        if (await client.ReadByTokenAsync("payments/?page_size=1", settings, cancellationToken) is null)
            throw new GatewayException(GatewayFault.Refused, "answered 404 to /payments/: the API address is wrong") { StatusCode = 404 };
    }

    public string? ReferenceOf(CryptoFusePayment payment) => payment.OrderId is { Length: > 0 } id ? id : null;

    public Money? AmountOf(CryptoFusePayment payment) => (payment.PriceAmount ?? payment.AmountUsd, payment.PriceCurrency) switch
    {
        ({ } dollars, null or Dollar) when CoinOf(payment) is { } coin => new Money(dollars, coin),
        ({ } amount, { } other) => new Money(amount, other),
        _ => null
    };

    public Money? DueOf(CryptoFusePayment payment) =>
        CoinAmountOf(payment) is { } amount && CoinOf(payment) is { } coin ? new Money(amount, coin) : null;

    public string? CoinOf(CryptoFusePayment payment) => new[] { payment.PayCurrency, payment.Currency }.FirstOrDefault(code => !string.IsNullOrEmpty(code));

    private static decimal? CoinAmountOf(CryptoFusePayment payment) => (payment.PayAmount ?? payment.AmountCrypto) is > 0 and var amount ? amount : null;

    /// <summary>The documents do not show what the list is wrapped in: it is read bare and in the usual "results".</summary>
    private static IReadOnlyList<JToken?> RowsIn(GatewayResponse answer) =>
        answer.Body.AsSpan().TrimStart().StartsWith("[")
            ? GatewayJson.ReadAnswer<IReadOnlyList<JToken?>>(answer)
            : GatewayJson.ReadAnswer<Page>(answer).Results ?? throw new GatewayException(GatewayFault.BadAnswer, "answered the list of payments without one");

    private sealed record Page
    {
        [JsonProperty("results")] public IReadOnlyList<JToken?>? Results { get; init; }
    }
}
