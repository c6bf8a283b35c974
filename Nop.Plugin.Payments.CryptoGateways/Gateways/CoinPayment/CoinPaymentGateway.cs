using Nop.Plugin.Payments.CryptoGateways.Addresses;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>
/// CoinPayment: OrbVPN's GraphQL in front of CoinPayments.net (address and amount on the store's own page), as its public page and
/// its public server code describe it. It takes no amount, order number or callback address; see docs/gateways/coinpayment.md.
/// </summary>
public sealed class CoinPaymentGateway(GatewayHttp http, TimeProvider time) : IBatchStatusGateway, IWebhookGateway, IConnectionTest
{
    public const string SystemName = "coinpayment";

    private const string Bsc = "BNB Smart Chain (BEP-20)";

    /// <summary>The most that is not known about the provider's clock, see <see cref="GatewayResponse.ClockAheadBy"/>.</summary>
    private static readonly TimeSpan _clockError = TimeSpan.FromMinutes(1);

    private readonly CoinPaymentClient _client = new(http);
    private readonly CoinPaymentMerchantClient _merchantClient = new(http);

    /// <summary>Codes: the documents name the first four, and the form of the others.</summary>
    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = SystemName,
        Name = "CoinPayment",
        Coins =
        [
            new("BTC", "Bitcoin", 0m, Decimals: CoinDecimals.Btc) { Wallet = new(WalletScheme.Bitcoin, CoinDecimals.Btc) },
            new("ETH", "Ethereum", 0m, Decimals: CoinDecimals.Eth) { Wallet = new(WalletScheme.Ethereum, CoinDecimals.Eth, ChainId: 1) },
            new("LTC", "Litecoin", 0m, Decimals: CoinDecimals.Ltc) { Wallet = new(WalletScheme.Litecoin, CoinDecimals.Ltc) },
            // The documents do not say on which network: Omni (Bitcoin's addresses), an Ethereum-compatible chain, or TRON.
            new("USDT", "Tether", 0m, PeggedTo: "USD") { Addresses = AddressFormat.AnyOf(AddressFormat.Bitcoin, AddressFormat.Ethereum, AddressFormat.Tron) },
            new("USDT.ERC20", "Tether", 0m, PeggedTo: "USD", CoinDecimals.Usdt)
            {
                Symbol = "USDT", Network = "Ethereum (ERC-20)", Icon = "usdt",
                Wallet = new(WalletScheme.Ethereum, CoinDecimals.Usdt, ChainId: 1, Token: "0xdAC17F958D2ee523a2206206994597C13D831ec7")
            },
            new("USDT.TRC20", "Tether", 0m, PeggedTo: "USD", CoinDecimals.Usdt) { Symbol = "USDT", Network = "TRON (TRC-20)", Icon = "usdt", Addresses = AddressFormat.Tron, BlockExplorer = BlockExplorer.Tron },
            new("USDT.BEP20", "Tether", 0m, PeggedTo: "USD", CoinDecimals.UsdtOnBsc)
            {
                Symbol = "USDT", Network = Bsc, Icon = "usdt",
                Wallet = new(WalletScheme.Ethereum, CoinDecimals.UsdtOnBsc, ChainId: 56, Token: "0x55d398326f99059fF775485246999027B3197955")
            },
            new("BTC.BEP20", "Bitcoin", 0m, Decimals: CoinDecimals.Bnb) { Symbol = "BTC", Network = Bsc, Icon = "btc", Addresses = AddressFormat.Ethereum, BlockExplorer = BlockExplorer.BnbSmartChain }
        ],
        Fields = CoinPaymentSettings.Fields,
        PageHosts = ["coinpayments.net"],
        Documentation = new Uri("https://docs.orbvpn.com"),
        BaseUrlField = CoinPaymentSettings.BaseUrlField,
        CoinsField = CoinPaymentSettings.CoinsField,
        HasOwnPage = true
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.StoreCurrency;

    public bool AcceptsPrice(Money price, GatewaySettings settings) => new CoinPaymentSettings(settings).PlanFor(price.Amount) is not null;

    public bool? IsTest(GatewaySettings settings) => null;

    public async Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoinPaymentSettings(settings);
        var plan = own.PlanFor(request.Amount.Amount) ?? throw new GatewayException(GatewayFault.NotCalled, $"not called: no plan costs {request.Amount}");
        // Before the call: the shopper is never told more time than there is.
        var now = time.GetUtcNow().UtcDateTime;
        var created = await _client.CreateAsync(
            new CoinPaymentVariables { Category = plan.Category, GroupId = plan.GroupId, MoreLoginCount = plan.MoreLoginCount, Coin = request.Coin.Code }, own, cancellationToken);

        ThrowIfRefused(created);
        if (created is not { Address: { Length: > 0 } address, Amount: > 0 and { } amount } || FirstFilled(created.TxnId, created.Id) is not { } id)
            throw new GatewayException(GatewayFault.BadAnswer, "answered create without address, amount or id");
        if (!ExternalText.IsKey(id, TextLengths.ExternalId))
            throw new GatewayException(GatewayFault.BadAnswer, "answered create with an id that cannot be kept to ask for the payment");

        return new CreatedPayment(id, PageOf(created, settings), string.Empty)
        {
            PayTo = new PayTo(address, new Money(amount, request.Coin.Code)),
            ExpiresOnUtc = created.Timeout is > 0 and var seconds ? now.AddSeconds(seconds) : null,
            ConfirmationsNeeded = created.ConfirmsNeeded is > 0 and var confirmations ? confirmations : null
        };
    }

    public bool CanAsk(GatewaySettings settings) => new CoinPaymentSettings(settings).Merchant is not null;

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var merchant = MerchantOf(settings);
        // Without an id the answer to create was lost: nobody has seen its address, so that nobody can pay it.
        return payment.ExternalId is { } id && await _merchantClient.InfoAsync(id, merchant, cancellationToken) is { } transaction
            ? Found(payment, id, transaction)
            : null;
    }

    public async Task<IReadOnlyDictionary<string, ProviderPayment>> FindManyAsync(IReadOnlyList<PaymentHandle> payments, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var merchant = MerchantOf(settings);
        var found = new Dictionary<string, ProviderPayment>();
        foreach (var some in payments.Where(payment => payment.ExternalId is not null).Chunk(CoinPaymentMerchantClient.MostIds))
        {
            var transactions = await _merchantClient.InfosAsync(some.Select(payment => payment.ExternalId!), merchant, cancellationToken);
            foreach (var payment in some)
            {
                if (transactions.GetValueOrDefault(payment.ExternalId!) is { Status: not null, Coin: not null, Amount: not null, Received: not null } transaction)
                    found[payment.Reference] = Found(payment, payment.ExternalId!, transaction);
            }
        }
        return found;
    }

    public async Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoinPaymentSettings(settings);
        await _client.TestAsync(own, cancellationToken);
        if (own.Merchant is { } merchant)
            await _merchantClient.TestAsync(merchant, cancellationToken);
    }

    public WebhookMessage Read(WebhookRequest request) => CoinPaymentWebhook.Read(request);

    public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings)
    {
        var (merchantId, secret) = new CoinPaymentSettings(settings).Ipn;
        return CoinPaymentWebhook.Verify(request, merchantId, secret);
    }

    private static CoinPaymentMerchant MerchantOf(GatewaySettings settings) => new CoinPaymentSettings(settings).Merchant
        ?? throw new GatewayException(GatewayFault.NotCalled, "not called: the keys of the CoinPayments.net account are not complete, or the account is not the owner's");

    /// <summary>CoinPayments writes "ok" where nothing is wrong. An error without an address says that there is no payment.</summary>
    private static void ThrowIfRefused(CoinPaymentCreated created)
    {
        if (created.Error is { Length: > 0 } error && error != "ok")
            throw new GatewayException(string.IsNullOrEmpty(created.Address) ? GatewayFault.Refused : GatewayFault.BadAnswer, $"answered create with the error: {GatewayHttp.Excerpt(error)}");
    }

    /// <summary>The provider's page, as a second way to pay; null when neither of its addresses is one to which shoppers may be sent.</summary>
    private Uri? PageOf(CoinPaymentCreated created, GatewaySettings settings) => new[] { created.CheckoutUrl, created.StatusUrl }
        .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var page) ? page : null)
        .FirstOrDefault(page => page is not null && Descriptor.MaySendTo(page, settings));

    /// <summary>CoinPayments tells coins only. When they are what the shopper was told to send, the payment is one of the quote.</summary>
    private ProviderPayment Found(PaymentHandle payment, string id, MerchantTransaction transaction)
    {
        if (transaction is not { Status: { } status, Coin: { } coin, Amount: { } amount })
            throw new GatewayException(GatewayFault.BadAnswer, "answered get_tx_info without status, coin or amountf");

        var due = new Money(amount, coin);
        var isQuoted = amount > 0 && payment.Due == due;
        var meaning = CoinPaymentStatus.Of(status, amount, transaction.Received ?? 0m, transaction.TimeExpires?.OnUtc is not { } expiry || expiry <= time.GetUtcNow().UtcDateTime + _clockError);
        if (meaning == ProviderStatus.Completed && transaction.Received is null)
            throw new GatewayException(GatewayFault.BadAnswer, "answered get_tx_info with a completed payment and without receivedf");
        // Until time is over the address waits for the whole amount, in as many transfers as it takes.
        var acceptsBalance = meaning is ProviderStatus.Waiting or ProviderStatus.Confirming && transaction.Received > 0 && transaction.Received < amount;
        return new ProviderPayment
        {
            Status = acceptsBalance ? ProviderStatus.Confirming : meaning,
            AcceptsBalance = acceptsBalance,
            StatusText = transaction.StatusText is { Length: > 0 } text ? text : status,
            Reference = null,
            ExternalId = id,
            Answer = GatewayJson.Write(transaction),
            Amount = isQuoted ? payment.Quoted : due,
            Received = transaction.Received is { } received ? new Money(received, coin) : null,
            Expected = due,
            ExpiresOnUtc = transaction.TimeExpires?.OnUtc,
            ConfirmationsSeen = transaction.Confirms
        };
    }

    private static string? FirstFilled(params string?[] values) => values.FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
