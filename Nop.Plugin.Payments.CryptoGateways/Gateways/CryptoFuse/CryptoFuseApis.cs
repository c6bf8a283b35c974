using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// One of CryptoFuse's two APIs.
/// </summary>
internal interface ICryptoFuseApi
{
    PriceBasis Basis { get; }

    Task<CryptoFusePayment> CreateAsync(PaymentRequest request, CryptoFuseSettings settings, CancellationToken cancellationToken);

    /// <summary>Returns null if CryptoFuse does not know the payment.</summary>
    Task<CryptoFusePayment?> FindAsync(PaymentHandle payment, CryptoFuseSettings settings, CancellationToken cancellationToken);

    Task TestAsync(CryptoFuseSettings settings, CancellationToken cancellationToken);

    /// <summary>The store's reference; null if not stated.</summary>
    string? ReferenceOf(CryptoFusePayment payment);

    /// <summary>The amount of the payment in the currency of the quote; null if not stated.</summary>
    Money? AmountOf(CryptoFusePayment payment);

    /// <summary>The amount to send, in units of the coin; null if not stated.</summary>
    Money? DueOf(CryptoFusePayment payment);

    /// <summary>The coin of the transfers; null if not stated.</summary>
    string? CoinOf(CryptoFusePayment payment);
}

/// <summary>
/// The API of April 2025: an API key, and amounts in units of the coin. Its page describes only the create call. That
/// GET /payments/{payment_id} returns the same fields plus custom_id is inferred from "use this to check status".
/// </summary>
internal sealed class CryptoFuseKeyApi(CryptoFuseClient client) : ICryptoFuseApi
{
    public PriceBasis Basis => PriceBasis.Coin;

    public async Task<CryptoFusePayment> CreateAsync(PaymentRequest request, CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        var created = await client.CreateByKeyAsync(new CryptoFuseCreateByKey
        {
            Amount = request.Amount.Amount,
            Currency = request.Coin.Code,
            WalletId = settings.WalletId,
            CallbackUrl = CryptoFuseCallbackToken.UrlFor(request, settings),
            CustomId = request.Reference,
            Description = $"Payment for order #{request.OrderNumber}"
        }, settings, cancellationToken);
        return created.Id is not { } id || ExternalText.IsKey(id, TextLengths.ExternalId) ? created
            : throw new GatewayException(GatewayFault.BadAnswer, "the create response has an id that cannot be stored unchanged");
    }

    /// <summary>Payments cannot be queried by reference: one whose id was lost is not found.</summary>
    public async Task<CryptoFusePayment?> FindAsync(PaymentHandle payment, CryptoFuseSettings settings, CancellationToken cancellationToken) =>
        payment.ExternalId is { } id ? await client.FindByKeyAsync(id, settings, cancellationToken) : null;

    /// <summary>GET /wallets, documented on another page with the API key.</summary>
    public async Task TestAsync(CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        if (await client.ReadByKeyAsync("wallets", settings, cancellationToken) is null)
            throw new GatewayException(GatewayFault.Refused, "answered 404 to /wallets: check the API URL") { StatusCode = 404 };
    }

    public string? ReferenceOf(CryptoFusePayment payment) => ExternalText.FirstNonEmpty(payment.CustomId);

    public Money? AmountOf(CryptoFusePayment payment) =>
        payment is { Amount: { } amount, Currency: { Length: > 0 } coin } ? new Money(amount, coin) : null;

    public Money? DueOf(CryptoFusePayment payment) => AmountOf(payment);

    public string? CoinOf(CryptoFusePayment payment) => ExternalText.FirstNonEmpty(payment.Currency);
}

/// <summary>
/// The current API: OAuth2, and prices in US dollars, which CryptoFuse converts to coins. Quoted amounts are in dollars although their currency is
/// the coin's code.
/// </summary>
internal sealed class CryptoFuseOAuthApi(CryptoFuseClient client) : ICryptoFuseApi
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
            CallbackUrl = CryptoFuseCallbackToken.UrlFor(request, settings),
            SuccessUrl = request.SuccessUrl,
            CancelUrl = request.FailureUrl,
            IsFeePaidByUser = settings.ShopperPaysNetworkFee
        }, settings, cancellationToken);

    /// <summary>Finds the payment by CryptoFuse's id, or by reference if the id was never received.</summary>
    public async Task<CryptoFusePayment?> FindAsync(PaymentHandle payment, CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        if (payment.ExternalId is { } id)
            return await client.ReadByTokenAsync($"payments/{Uri.EscapeDataString(id)}/", settings, cancellationToken) is { } answer
                ? GatewayJson.ReadResponse<CryptoFusePayment>(answer)
                : null;

        var list = await client.ReadByTokenAsync($"payments/?order_id={Uri.EscapeDataString(payment.Reference)}", settings, cancellationToken);
        if (list is null)
            return null;

        var (payments, isComplete) = GatewayJson.ReadRows<CryptoFusePayment>(RowsIn(list), list.ClockAhead);
        var ours = payments.FirstOrDefault(found => ReferenceOf(found) == payment.Reference);
        return ours is not null || isComplete ? ours
            : throw new GatewayException(GatewayFault.BadAnswer, "the list of payments has unreadable rows");
    }

    public async Task TestAsync(CryptoFuseSettings settings, CancellationToken cancellationToken)
    {
        if (await client.ReadByTokenAsync("payments/?page_size=1", settings, cancellationToken) is null)
            throw new GatewayException(GatewayFault.Refused, "answered 404 to /payments/: check the API URL") { StatusCode = 404 };
    }

    public string? ReferenceOf(CryptoFusePayment payment) => ExternalText.FirstNonEmpty(payment.OrderId);

    public Money? AmountOf(CryptoFusePayment payment) => (payment.PriceAmount ?? payment.AmountUsd, payment.PriceCurrency) switch
    {
        ({ } dollars, null or Dollar) when CoinOf(payment) is { } coin => new Money(dollars, coin),
        ({ } amount, { } other) => new Money(amount, other),
        _ => null
    };

    public Money? DueOf(CryptoFusePayment payment) =>
        CoinAmountOf(payment) is { } amount && CoinOf(payment) is { } coin ? new Money(amount, coin) : null;

    public string? CoinOf(CryptoFusePayment payment) => ExternalText.FirstNonEmpty(payment.PayCurrency, payment.Currency);

    private static decimal? CoinAmountOf(CryptoFusePayment payment) => (payment.PayAmount ?? payment.AmountCrypto) is > 0 and var amount ? amount : null;

    /// <summary>The envelope of the list is not documented: both a bare list and the common "results" are accepted.</summary>
    private static IReadOnlyList<JToken?> RowsIn(GatewayResponse answer) =>
        answer.Body.AsSpan().TrimStart().StartsWith("[")
            ? GatewayJson.ReadResponse<IReadOnlyList<JToken?>>(answer)
            : GatewayJson.ReadResponse<Page>(answer).Results ?? throw new GatewayException(GatewayFault.BadAnswer, "the list response has no results");

    private sealed record Page
    {
        [JsonProperty("results")] public IReadOnlyList<JToken?>? Results { get; init; }
    }
}
