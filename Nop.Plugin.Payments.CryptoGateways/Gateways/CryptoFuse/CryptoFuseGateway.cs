using Nop.Plugin.Payments.CryptoGateways.Addresses;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// CryptoFuse. Source: its public documentation of 2025. Supports both its older API with an API key and its current API with OAuth2.
/// </summary>
public sealed class CryptoFuseGateway : IStatusGateway, IWebhookGateway, IRatesGateway, IConnectionTest
{
    public const string SystemName = "cryptofuse";

    private readonly CryptoFuseClient _client;
    private readonly CryptoFuseKeyApi _keyApi;
    private readonly CryptoFuseOAuthApi _oauthApi;

    public CryptoFuseGateway(GatewayHttp http, TimeProvider time)
    {
        _client = new CryptoFuseClient(http, new CryptoFuseTokenCache(http, time));
        _keyApi = new CryptoFuseKeyApi(_client);
        _oauthApi = new CryptoFuseOAuthApi(_client);
    }

    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = SystemName,
        Name = "CryptoFuse",
        Coins = CryptoFuseCoins.All,
        Fields = CryptoFuseSettings.FieldsFor([.. CryptoFuseCoins.All.Select(coin => coin.Code)]),
        RedirectHosts = ["cryptofuse.io", "cryptofuse.com"],
        Documentation = new Uri("https://docs.cryptofuse.io"),
        BaseUrlField = CryptoFuseSettings.BaseUrlField,
        CoinsField = CryptoFuseSettings.CoinsField,
        SupportsStorePage = true,
        // Documented for version 0.9; the current limits are not documented.
        Limits = [new(100, TimeSpan.FromMinutes(1)), new(1000, TimeSpan.FromHours(1))]
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => ApiOf(new CryptoFuseSettings(settings)).Basis;

    public bool? IsTest(GatewaySettings settings) => null;

    public async Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CryptoFuseSettings(settings);
        var api = ApiOf(own);
        var created = await api.CreateAsync(request, own, cancellationToken);
        var (page, payTo) = PageOf(created, api.DueOf(created), own, settings);
        if (created.Id is not { } id || page is null && payTo is null)
            throw new GatewayException(GatewayFault.BadAnswer, "the create response has no id, or neither a payment page nor an address with an amount");

        if (api.ReferenceOf(created) is { } reference && reference != request.Reference || api.AmountOf(created) is { } amount && amount != request.Amount)
            throw new GatewayException(GatewayFault.BadAnswer, "the create response has a different reference, amount or currency than the request");

        return new CreatedPayment(id, page, created.Status ?? string.Empty) { PayTo = payTo, ExpiresOnUtc = created.ExpiresOnUtc };
    }

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CryptoFuseSettings(settings);
        var api = ApiOf(own);
        if (await api.FindAsync(payment, own, cancellationToken) is not { } found)
            return null;

        if (found.Status is not { } status || api.AmountOf(found) is not { } amount || found.Id is null)
            throw new GatewayException(GatewayFault.BadAnswer, "the payment has no id, amount, currency or status");

        var (page, payTo) = PageOf(found, api.DueOf(found), own, settings);
        // Transfers are in coins. Compare them with the quote if it is in coins too, otherwise with the requested coins.
        var isQuotedInCoins = api.Basis == PriceBasis.Coin;
        var expected = isQuotedInCoins ? null : api.DueOf(found) ?? payment.AmountToSend;
        var received = isQuotedInCoins || expected is not null ? ReceivedOf(found, api) : null;
        var acceptsBalance = CryptoFuseStatuses.AcceptsMore(status) && received is { Amount: > 0 } part && part.Amount < (expected ?? amount).Amount;
        return new ProviderPayment
        {
            Status = acceptsBalance ? ProviderStatus.Confirming : CryptoFuseStatuses.ToStatus(status),
            AcceptsBalance = acceptsBalance,
            StatusText = status,
            Reference = api.ReferenceOf(found),
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

    /// <summary>GET /rates/{code}/ of the OAuth2 API, whose client may be configured in addition to an API key.</summary>
    public async Task<decimal?> PriceAsync(CoinDescriptor coin, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CryptoFuseSettings(settings);
        if (!own.HasOAuthClient || await _client.ReadByTokenAsync($"rates/{Uri.EscapeDataString(coin.Code)}/", own, cancellationToken) is not { } answer)
            return null;

        return GatewayJson.ReadResponse<CryptoFuseRate>(answer).RateUsd is > 0 and < Money.TooLarge and var rate
            ? rate
            : throw new GatewayException(GatewayFault.BadAnswer, $"the response has no rate for {coin.Code}");
    }

    public Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CryptoFuseSettings(settings);
        return ApiOf(own).TestAsync(own, cancellationToken);
    }

    private static Money? ReceivedOf(CryptoFusePayment payment, ICryptoFuseApi api)
    {
        try
        {
            return payment.Paid is { } paid && api.CoinOf(payment) is { } coin ? new Money(paid, coin) : null;
        }
        catch (Exception exception) when (exception is OverflowException or FormatException)
        {
            throw new GatewayException(GatewayFault.BadAnswer, "the transfers cannot be added up", exception);
        }
    }

    private ICryptoFuseApi ApiOf(CryptoFuseSettings settings) => settings.UsesApiKey ? _keyApi : _oauthApi;

    /// <summary>
    /// Where the shopper pays: on CryptoFuse's page if there is one on an allowed host, otherwise on the store's page. A setting reverses the
    /// preference.
    /// </summary>
    private (Uri? Page, PayTo? PayTo) PageOf(CryptoFusePayment payment, Money? due, CryptoFuseSettings own, GatewaySettings settings)
    {
        var page = Uri.TryCreate(payment.PaymentUrl, UriKind.Absolute, out var url) && Descriptor.IsAllowedRedirect(url, settings) ? url : null;
        var payTo = payment.Address is { Length: > 0 } address && due is { Amount: > 0 } amount ? new PayTo(address, amount) : null;
        return page is not null && (payTo is null || !own.PrefersStorePage) ? (page, null) : (null, payTo);
    }
}

/// <summary>
/// The statuses of both APIs; none has two meanings.
/// </summary>
internal static class CryptoFuseStatuses
{
    public static ProviderStatus ToStatus(string status) => status.ToLowerInvariant() switch
    {
        "pending" or "waiting" => ProviderStatus.Waiting,
        // "completed" follows "confirmed". "partially_paid" is still open, so the shopper must not be asked to pay again.
        "confirming" or "confirmed" or "partially_paid" => ProviderStatus.Confirming,
        "completed" => ProviderStatus.Completed,
        "partially_completed" => ProviderStatus.Underpaid,
        "expired" => ProviderStatus.Expired,
        "failed" => ProviderStatus.Failed,
        _ => ProviderStatus.Unknown
    };

    /// <summary>True if the address still accepts funds. A confirming payment may be partial.</summary>
    public static bool AcceptsMore(string status) => status.ToLowerInvariant() is "pending" or "waiting" or "confirming" or "partially_paid";
}

/// <summary>
/// The coins in CryptoFuse's documentation, except WETH, which nobody uses for payments. The minimum, in US dollars, is documented only for
/// USDTTRC20, in a sample, and assumed for all. Coins have a wallet link only if the token's contract is known for certain.
/// </summary>
internal static class CryptoFuseCoins
{
    private const decimal Minimum = 10m;

    public static IReadOnlyList<CoinDescriptor> All { get; } =
    [
        new("USDTTRC20", "Tether", Minimum, "USD", CoinDecimals.Usdt) { Symbol = "USDT", Network = "TRON (TRC20)", Icon = "usdt", Addresses = AddressFormat.Tron, BlockExplorer = BlockExplorer.Tron },
        new("USDTERC20", "Tether", Minimum, "USD", CoinDecimals.Usdt)
        {
            Symbol = "USDT",
            Network = "Ethereum (ERC20)",
            Icon = "usdt",
            Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.Usdt, TokenContracts.EthereumChain, TokenContracts.UsdtOnEthereum)
        },
        new("USDTBSC", "Tether", Minimum, "USD", CoinDecimals.UsdtOnBsc)
        {
            Symbol = "USDT",
            Network = "BNB Smart Chain (BEP20)",
            Icon = "usdt",
            Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.UsdtOnBsc, TokenContracts.BscChain, TokenContracts.UsdtOnBsc)
        },
        new("USDTPOLYGON", "Tether", Minimum, "USD", CoinDecimals.Usdt) { Symbol = "USDT", Network = "Polygon", Icon = "usdt", Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.Usdt, TokenContracts.PolygonChain, TokenContracts.UsdtOnPolygon) },
        new("USDTARB", "Tether", Minimum, "USD", CoinDecimals.Usdt) { Symbol = "USDT", Network = "Arbitrum One", Icon = "usdt", Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.Usdt, TokenContracts.ArbitrumChain, TokenContracts.UsdtOnArbitrum) },
        new("USDCERC20", "USD Coin", Minimum, "USD", CoinDecimals.Usdc)
        {
            Symbol = "USDC",
            Network = "Ethereum (ERC20)",
            Icon = "usdc",
            Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.Usdc, TokenContracts.EthereumChain, TokenContracts.UsdcOnEthereum)
        },
        new("DAIERC20", "Dai", Minimum, "USD", CoinDecimals.Dai) { Symbol = "DAI", Network = "Ethereum (ERC20)", Icon = "dai", Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.Dai, TokenContracts.EthereumChain, TokenContracts.DaiOnEthereum) },
        new("BTC", "Bitcoin", Minimum, Decimals: CoinDecimals.Btc) { Wallet = new WalletCoin(WalletScheme.Bitcoin, CoinDecimals.Btc) },
        new("ETH", "Ether", Minimum, Decimals: CoinDecimals.Eth) { Network = "Ethereum", Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.Eth, TokenContracts.EthereumChain) }
    ];
}
