using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// CryptoFuse, as its public documents of 2025 describe it: by the older contract with an API key, or by the current one with OAuth2.
/// </summary>
public sealed class CryptoFuseGateway : IStatusGateway, IWebhookGateway, IRatesGateway, IConnectionTest
{
    public const string SystemName = "cryptofuse";

    private readonly CryptoFuseClient _client;
    private readonly ApiKeyContract _apiKey;
    private readonly OAuthContract _oauth;

    public CryptoFuseGateway(GatewayHttp http, TimeProvider time)
    {
        _client = new CryptoFuseClient(http, new CryptoFuseTokens(http, time));
        _apiKey = new ApiKeyContract(_client);
        _oauth = new OAuthContract(_client);
    }

    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = SystemName,
        Name = "CryptoFuse",
        Coins = CryptoFuseCoins.All,
        Fields = CryptoFuseSettings.FieldsFor([.. CryptoFuseCoins.All.Select(coin => coin.Code)]),
        PageHosts = ["cryptofuse.io", "cryptofuse.com"],
        Documentation = new Uri("https://docs.cryptofuse.io"),
        BaseUrlField = CryptoFuseSettings.BaseUrlField,
        CoinsField = CryptoFuseSettings.CoinsField,
        HasOwnPage = true,
        // Documented for the version before; the present limits are not.
        Limits = [new(100, TimeSpan.FromMinutes(1)), new(1000, TimeSpan.FromHours(1))]
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => ContractOf(new CryptoFuseSettings(settings)).Basis;

    public bool? IsTest(GatewaySettings settings) => null;

    public async Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CryptoFuseSettings(settings);
        var contract = ContractOf(own);
        var created = await contract.CreateAsync(request, own, cancellationToken);
        var (page, payTo) = PageOf(created, contract.DueOf(created), own, settings);
        if (created.Id is not { } id || page is null && payTo is null)
            throw new GatewayException(GatewayFault.BadAnswer, "answered create without an id, or with neither a page of its own nor an address and an amount");

        if (contract.ReferenceOf(created) is { } reference && reference != request.Reference || contract.AmountOf(created) is { } amount && amount != request.Amount)
            throw new GatewayException(GatewayFault.BadAnswer, "answered create with another reference, amount or currency than it was sent");

        return new CreatedPayment(id, page, created.Status ?? string.Empty) { PayTo = payTo, ExpiresOnUtc = created.ExpiresOnUtc };
    }

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CryptoFuseSettings(settings);
        var contract = ContractOf(own);
        if (await contract.FindAsync(payment, own, cancellationToken) is not { } found)
            return null;

        if (found.Status is not { } status || contract.AmountOf(found) is not { } amount || found.Id is null)
            throw new GatewayException(GatewayFault.BadAnswer, "answered without id, amount, currency or status");

        var (page, payTo) = PageOf(found, contract.DueOf(found), own, settings);
        // Transfers are told in coins: they are compared with the quote where that counts coins too, else with the coins that are asked for.
        var isQuotedInCoins = contract.Basis == PriceBasis.Coin;
        var expected = isQuotedInCoins ? null : contract.DueOf(found) ?? payment.Due;
        var received = isQuotedInCoins || expected is not null ? ReceivedOf(found, contract) : null;
        var acceptsBalance = CryptoFuseStatuses.AcceptsMore(status) && received is { Amount: > 0 } part && part.Amount < (expected ?? amount).Amount;
        return new ProviderPayment
        {
            Status = acceptsBalance ? ProviderStatus.Confirming : CryptoFuseStatuses.Meaning(status),
            AcceptsBalance = acceptsBalance,
            StatusText = status,
            Reference = contract.ReferenceOf(found),
            ExternalId = found.Id,
            Answer = GatewayJson.Write(found),
            Amount = amount,
            Received = received,
            Expected = expected,
            Net = found.MerchantReceivedUsd is { } net ? new Money(net, "USD") : null,
            CheckoutUrl = page,
            PayTo = payTo,
            ExpiresOnUtc = found.ExpiresOnUtc,
            FundsSeenOnUtc = found.Transfers.Min(transfer => transfer.Timestamp?.OnUtc),
            TransactionIds = found.TransactionHashes,
            ConfirmationsSeen = found.Confirmations
        };
    }

    public WebhookMessage Read(WebhookRequest request) => CryptoFuseWebhook.Read(request);

    public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings) => CryptoFuseWebhook.Verify(request, new CryptoFuseSettings(settings));

    /// <summary>GET /rates/{code}/ of the current contract; its client may be entered beside an API key for this.</summary>
    public async Task<decimal?> PriceAsync(CoinDescriptor coin, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CryptoFuseSettings(settings);
        if (!own.HasClient || await _client.ReadByTokenAsync($"rates/{Uri.EscapeDataString(coin.Code)}/", own, cancellationToken) is not { } answer)
            return null;

        return GatewayJson.ReadAnswer<CryptoFuseRate>(answer).RateUsd is > 0 and < Money.TooLarge and var rate
            ? rate
            : throw new GatewayException(GatewayFault.BadAnswer, $"answered without a rate of {coin.Code}");
    }

    public Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CryptoFuseSettings(settings);
        return ContractOf(own).TestAsync(own, cancellationToken);
    }

    private static Money? ReceivedOf(CryptoFusePayment payment, ICryptoFuseContract contract)
    {
        try
        {
            return payment.Paid is { } paid && contract.CoinOf(payment) is { } coin ? new Money(paid, coin) : null;
        }
        catch (Exception exception) when (exception is OverflowException or FormatException)
        {
            throw new GatewayException(GatewayFault.BadAnswer, "answered with transfers that cannot be added up", exception);
        }
    }

    private ICryptoFuseContract ContractOf(CryptoFuseSettings settings) => settings.UsesApiKey ? _apiKey : _oauth;

    /// <summary>
    /// Where the shopper pays: on the provider's page if it has one on a host that is known, else on the store's; the other way round
    /// when the owner wants that.
    /// </summary>
    private (Uri? Page, PayTo? PayTo) PageOf(CryptoFusePayment payment, Money? due, CryptoFuseSettings own, GatewaySettings settings)
    {
        var page = Uri.TryCreate(payment.PaymentUrl, UriKind.Absolute, out var url) && Descriptor.MaySendTo(url, settings) ? url : null;
        var payTo = payment.Address is { Length: > 0 } address && due is { Amount: > 0 } amount ? new PayTo(address, amount) : null;
        return page is not null && (payTo is null || !own.PrefersOwnPage) ? (page, null) : (null, payTo);
    }
}
