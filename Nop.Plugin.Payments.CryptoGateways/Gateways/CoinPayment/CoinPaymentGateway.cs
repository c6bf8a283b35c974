using Nop.Plugin.Payments.CryptoGateways.Addresses;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>
/// CoinPayment: OrbVPN's GraphQL API in front of CoinPayments.net, paid on the store's payment page. Source: its public documentation and
/// server code. The API takes no amount, order number or callback URL; see docs/gateways/coinpayment.md.
/// </summary>
public sealed class CoinPaymentGateway(GatewayHttp http, TimeProvider time) : IBatchStatusGateway, IWebhookGateway, IConnectionTest
{
    public const string SystemName = "coinpayment";

    private const string Bsc = "BNB Smart Chain (BEP-20)";

    /// <summary>The accuracy of the measured clock difference, see <see cref="GatewayResponse.ClockAheadBy"/>.</summary>
    private static readonly TimeSpan _clockAccuracy = TimeSpan.FromMinutes(1);

    private readonly CoinPaymentClient _client = new(http);
    private readonly CoinPaymentsNetClient _netClient = new(http);

    /// <summary>The documentation names the first four codes and the form of the others.</summary>
    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = SystemName,
        Name = "CoinPayment",
        Coins =
        [
            new("BTC", "Bitcoin", 0m, Decimals: CoinDecimals.Btc) { Wallet = new(WalletScheme.Bitcoin, CoinDecimals.Btc) },
            new("ETH", "Ethereum", 0m, Decimals: CoinDecimals.Eth) { Wallet = new(WalletScheme.Ethereum, CoinDecimals.Eth, ChainId: 1) },
            new("LTC", "Litecoin", 0m, Decimals: CoinDecimals.Ltc) { Wallet = new(WalletScheme.Litecoin, CoinDecimals.Ltc) },
            // The network is not documented: Omni (with Bitcoin addresses), an EVM chain, or TRON.
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
        RedirectHosts = ["coinpayments.net"],
        Documentation = new Uri("https://docs.orbvpn.com"),
        RequiresWebhookUrl = true,
        BaseUrlField = CoinPaymentSettings.BaseUrlField,
        CoinsField = CoinPaymentSettings.CoinsField,
        SupportsStorePage = true
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.StoreCurrency;

    public bool AcceptsPrice(Money price, GatewaySettings settings) => new CoinPaymentSettings(settings).PlanFor(price.Amount) is not null;

    public bool? IsTest(GatewaySettings settings) => null;

    public async Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoinPaymentSettings(settings);
        var plan = own.PlanFor(request.Amount.Amount) ?? throw new GatewayException(GatewayFault.NotCalled, $"not called: no plan costs {request.Amount}");
        // Taken before the call so that the displayed deadline is never too late.
        var now = time.GetUtcNow().UtcDateTime;
        var created = await _client.CreateAsync(
            new CoinPaymentVariables { Category = plan.Category, GroupId = plan.GroupId, MoreLoginCount = plan.MoreLoginCount, Coin = request.Coin.Code }, own, cancellationToken);

        ThrowIfRefused(created);
        if (created is not { Address: { Length: > 0 } address, Amount: > 0 and { } amount } || ExternalText.FirstNonEmpty(created.TxnId, created.Id) is not { } id)
            throw new GatewayException(GatewayFault.BadAnswer, "the create response has no address, amount or id");
        if (!ExternalText.IsKey(id, TextLengths.ExternalId))
            throw new GatewayException(GatewayFault.BadAnswer, "the create response has an id that cannot be stored unchanged");

        return new CreatedPayment(id, PageOf(created, settings), string.Empty)
        {
            PayTo = new PayTo(address, new Money(amount, request.Coin.Code)),
            ExpiresOnUtc = created.Timeout is > 0 and var seconds ? now.AddSeconds(seconds) : null,
            ConfirmationsNeeded = created.ConfirmsNeeded is > 0 and var confirmations ? confirmations : null
        };
    }

    public bool CanQuery(GatewaySettings settings) => new CoinPaymentSettings(settings).Account is not null;

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var account = AccountOf(settings);
        // Without an id, the create response was lost: nobody has seen the address, so nobody can pay.
        return payment.ExternalId is { } id && await _netClient.InfoAsync(id, account, cancellationToken) is { } transaction
            ? ToProviderPayment(payment, id, transaction)
            : null;
    }

    public async Task<IReadOnlyDictionary<string, ProviderPayment>> FindManyAsync(IReadOnlyList<PaymentHandle> payments, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var account = AccountOf(settings);
        var found = new Dictionary<string, ProviderPayment>();
        foreach (var chunk in payments.Where(payment => payment.ExternalId is not null).Chunk(CoinPaymentsNetClient.MaxIds))
        {
            var transactions = await _netClient.InfosAsync(chunk.Select(payment => payment.ExternalId!), account, cancellationToken);
            foreach (var payment in chunk)
            {
                if (transactions.GetValueOrDefault(payment.ExternalId!) is { Status: not null, Coin: not null, Amount: not null, Received: not null } transaction)
                    found[payment.Reference] = ToProviderPayment(payment, payment.ExternalId!, transaction);
            }
        }
        return found;
    }

    public async Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoinPaymentSettings(settings);
        await _client.TestAsync(own, cancellationToken);
        if (own.Account is { } account)
            await _netClient.TestAsync(account, cancellationToken);
    }

    public WebhookMessage Read(WebhookRequest request) => CoinPaymentWebhook.Read(request);

    public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings)
    {
        var (merchantId, secret) = new CoinPaymentSettings(settings).Ipn;
        return CoinPaymentWebhook.Verify(request, merchantId, secret);
    }

    private static CoinPaymentsNetAccount AccountOf(GatewaySettings settings) => new CoinPaymentSettings(settings).Account
        ?? throw new GatewayException(GatewayFault.NotCalled, "not called: the keys of the CoinPayments.net account are incomplete, or the account is not the owner's");

    /// <summary>CoinPayments.net reports success as "ok". An error without an address means that no payment exists.</summary>
    private static void ThrowIfRefused(CoinPaymentCreated created)
    {
        if (created.Error is { Length: > 0 } error && error != "ok")
            throw new GatewayException(string.IsNullOrEmpty(created.Address) ? GatewayFault.Refused : GatewayFault.BadAnswer, $"answered create with the error: {ExternalText.Excerpt(error)}");
    }

    /// <summary>The hosted payment page as an alternative; null if none of its URLs is an allowed redirect.</summary>
    private Uri? PageOf(CoinPaymentCreated created, GatewaySettings settings) => new[] { created.CheckoutUrl, created.StatusUrl }
        .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var page) ? page : null)
        .FirstOrDefault(page => page is not null && Descriptor.IsAllowedRedirect(page, settings));

    /// <summary>CoinPayments.net reports only coins. If they match the amount displayed to the shopper, the payment is for the quoted amount.</summary>
    private ProviderPayment ToProviderPayment(PaymentHandle payment, string id, CoinPaymentsNetTransaction transaction)
    {
        if (transaction is not { Status: { } status, Coin: { } coin, Amount: { } amount })
            throw new GatewayException(GatewayFault.BadAnswer, "the get_tx_info response has no status, coin or amountf");

        var due = new Money(amount, coin);
        var isQuoted = amount > 0 && payment.AmountToSend == due;
        var known = CoinPaymentStatuses.ToStatus(status, amount, transaction.Received ?? 0m, transaction.TimeExpires?.OnUtc is not { } expiry || expiry <= time.GetUtcNow().UtcDateTime + _clockAccuracy);
        if (known == ProviderStatus.Completed && transaction.Received is null)
            throw new GatewayException(GatewayFault.BadAnswer, "the get_tx_info response has a completed payment without receivedf");
        // Until the deadline, the address accepts the full amount in any number of transfers.
        var acceptsBalance = known is ProviderStatus.Waiting or ProviderStatus.Confirming && transaction.Received > 0 && transaction.Received < amount;
        return new ProviderPayment
        {
            Status = acceptsBalance ? ProviderStatus.Confirming : known,
            AcceptsBalance = acceptsBalance,
            StatusText = ExternalText.FirstNonEmpty(transaction.StatusText) ?? status,
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
}

/// <summary>
/// The numeric payment statuses of CoinPayments.net.
/// </summary>
internal static class CoinPaymentStatuses
{
    private const int Waiting = 0;

    /// <summary>Received and confirmed; queued for the nightly payout.</summary>
    private const int Queued = 2;
    private const int Complete = 100;

    /// <summary>Cancelled or timed out; may be reopened.</summary>
    private const int CanceledOrExpired = -1;
    private const int Reversed = -2;

    /// <summary>
    /// Maps a status. Documented: below 0 failed, 0 to 99 pending, 100 and above complete. As in CoinPayments.net's own sample, 2 counts as paid
    /// too: the coins are confirmed and in the account.
    /// </summary>
    public static ProviderStatus ToStatus(string status) => StrictText.Integer(status) switch
    {
        null => ProviderStatus.Unknown,
        Reversed => ProviderStatus.Refunded,
        CanceledOrExpired => ProviderStatus.Expired,
        < 0 => ProviderStatus.Failed,
        Waiting => ProviderStatus.Waiting,
        Queued or >= Complete => ProviderStatus.Completed,
        _ => ProviderStatus.Confirming
    };

    /// <summary>
    /// Maps a status together with the amounts, both in units of the coin. The status -1 covers four cases: too little was received; enough was
    /// received, which needs manual review; the deadline passed without payment; or the payment was cancelled before its deadline.
    /// </summary>
    public static ProviderStatus ToStatus(string status, decimal due, decimal received, bool isExpired) => ToStatus(status) switch
    {
        ProviderStatus.Expired when received >= due => ProviderStatus.Disputed,
        ProviderStatus.Expired when received > 0 => ProviderStatus.Underpaid,
        ProviderStatus.Expired when !isExpired => ProviderStatus.Canceled,
        var known => known
    };
}
