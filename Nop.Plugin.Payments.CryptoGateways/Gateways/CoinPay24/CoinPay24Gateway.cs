using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

/// <summary>
/// CoinPay24, as its web service page describes it. A shopper who chose no coin pays on the provider's page, made with one call. For a
/// coin by name it takes three: create tells no id, the list tells it, and checkout gives the address.
/// </summary>
public sealed class CoinPay24Gateway : IBatchStatusGateway, IWebhookGateway, IConnectionTest
{
    public const string SystemName = "coinpay24";

    /// <summary>Code of the choice that leaves the coin to the provider's page.</summary>
    public const string AnyCoin = "ANY";

    private const int LongestTitle = 150;

    /// <summary>Pages of the list that are read at once: enough to find one among all that the provider allows, 1,000 an hour.</summary>
    private const int MostPages = 16;

    private readonly CoinPay24Client _client;
    private readonly CoinPay24List _list;
    private readonly TimeProvider _time;

    public CoinPay24Gateway(GatewayHttp http, TimeProvider time)
    {
        _client = new CoinPay24Client(http);
        _list = new CoinPay24List(_client);
        _time = time;
    }

    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = SystemName,
        Name = "CoinPay24",
        Coins =
        [
            new(AnyCoin, "Any coin", 0m) { IsMethod = true, Icon = "coins" },
            new("BTC", "Bitcoin", 0m, Decimals: CoinDecimals.Btc) { Wallet = new WalletCoin(WalletScheme.Bitcoin, CoinDecimals.Btc) },
            new("LTC", "Litecoin", 0m, Decimals: CoinDecimals.Ltc) { Wallet = new WalletCoin(WalletScheme.Litecoin, CoinDecimals.Ltc) },
            new("ETH", "Ether", 0m, Decimals: CoinDecimals.Eth) { Wallet = new WalletCoin(WalletScheme.Ethereum, CoinDecimals.Eth, ChainId: 1) }
        ],
        Fields = CoinPay24Settings.Fields,
        PageHosts = ["coinpay24.com"],
        Documentation = new Uri("https://webservice.coinpay24.com"),
        BaseUrlField = CoinPay24Settings.BaseUrlField,
        CoinsField = CoinPay24Settings.CoinsField,
        HasOwnPage = true,
        Limits = [new(200, TimeSpan.FromMinutes(1)), new(1000, TimeSpan.FromHours(1))]
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.StoreCurrency;

    /// <summary>The documents know no test environment and no test key.</summary>
    public bool? IsTest(GatewaySettings settings) => false;

    public async Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoinPay24Settings(settings);
        var created = await _client.CreateAsync(Body(request, own), own, cancellationToken);
        // The provider's plugins look for error_message whatever the HTTP status is.
        if (created is { PaymentUrl: null, ErrorMessage: { Length: > 0 } error })
            throw new GatewayException(GatewayFault.Refused, $"answered create with: {GatewayHttp.Excerpt(error)}");
        if (!Uri.TryCreate(created.PaymentUrl, UriKind.Absolute, out var page))
            throw new GatewayException(GatewayFault.BadAnswer, "answered create without a payment_url");

        var onPage = new CreatedPayment(null, page, "new");
        return request.Coin.IsMethod ? onPage : await WithCoinAsync(onPage, request, own, cancellationToken);
    }

    /// <summary>
    /// Chooses the coin for the shopper. An invoice whose id or address cannot be learnt now is paid on its page. Only when the coin is
    /// refused the attempt ends: the owner has to hear of it, and nobody has been given a way to pay the invoice.
    /// </summary>
    private async Task<CreatedPayment> WithCoinAsync(CreatedPayment onPage, PaymentRequest request, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        CoinPay24Invoice? row = null;
        try
        {
            row = (await _list.NewestAsync(CoinPay24List.PerPage, settings, cancellationToken)).FirstOrDefault(invoice => invoice.OrderId == request.Reference);
            if (row?.Id is not { Length: > 0 } id)
                return onPage;

            var chosen = await _client.CheckoutAsync(id, new CoinPay24CheckoutRequest
            {
                ApiKey = settings.ApiKey,
                PayCurrency = request.Coin.Code,
                PurchaserFullname = settings.SendPurchaser ? request.CustomerName : null,
                PurchaserEmail = settings.SendPurchaser ? request.CustomerEmail : null
            }, settings, cancellationToken);
            return onPage with
            {
                ExternalId = id,
                ProviderStatus = chosen.Status ?? onPage.ProviderStatus,
                ExpiresOnUtc = chosen.ExpiresOnUtc,
                PayTo = settings.HasOwnPage ? AddressIn(chosen, id, request) : null
            };
        }
        catch (GatewayException exception) when (row is null || exception.Fault != GatewayFault.Refused)
        {
            return onPage with { ExternalId = row?.Id };
        }
    }

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoinPay24Settings(settings);
        if ((payment.ExternalId ?? await IdOfAsync(payment, own, cancellationToken)) is not { } id
            || await _client.GetAsync(id, own, cancellationToken) is not { } invoice)
            return null;

        return FoundIn(invoice, payment.Due, settings) is { Reference: not null } found ? found
            : throw new GatewayException(GatewayFault.BadAnswer, "answered get without order_id, status or price");
    }

    /// <summary>
    /// Tells payments whose shopper has not chosen a coin. All others need get: it alone tells how many coins came, also of an invoice
    /// that expired. A page costs as much as one payment, so that no more pages are read than there are payments.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, ProviderPayment>> FindManyAsync(IReadOnlyList<PaymentHandle> payments, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ProviderPayment>();
        if (payments.Count == 0)
            return found;

        var wanted = payments.Select(payment => payment.Reference).ToHashSet();
        await _list.VisitAsync(payments.Min(payment => payment.CreatedOnUtc), payments.Max(payment => payment.CreatedOnUtc), Math.Min(payments.Count, MostPages), row =>
        {
            if (row.OrderId is { } reference && wanted.Remove(reference) && IsWhole(row) && FoundIn(row, due: null, settings) is { } payment)
                found[reference] = payment;
            return wanted.Count == 0;
        }, new CoinPay24Settings(settings), cancellationToken);
        return found;
    }

    public WebhookMessage Read(WebhookRequest request) => CoinPay24Webhook.Read(request.Body);

    public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings) =>
        CoinPay24Webhook.Verify(request.Body, new CoinPay24Settings(settings).ApiKey);

    public Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken) =>
        _list.NewestAsync(count: 1, new CoinPay24Settings(settings), cancellationToken);

    private static CoinPay24CreateRequest Body(PaymentRequest request, CoinPay24Settings settings)
    {
        var title = $"Order {request.OrderNumber}";
        return new CoinPay24CreateRequest
        {
            ApiKey = settings.ApiKey,
            OrderId = request.Reference,
            PriceAmount = request.Amount.Amount,
            PriceCurrency = request.Amount.Currency,
            Title = title.Length > LongestTitle ? title[..LongestTitle] : title,
            // Documented as the merchant's own, unique id of the invoice.
            Description = $"{request.OrderNumber}-{request.Attempt}",
            CallbackUrl = request.WebhookUrl,
            CancelUrl = request.FailureUrl,
            SuccessUrl = request.SuccessUrl
        };
    }

    /// <summary>Where a wallet has to send how much.</summary>
    /// <exception cref="GatewayException">The answer is about another invoice or coin, or has no address.</exception>
    private static PayTo AddressIn(CoinPay24Invoice chosen, string id, PaymentRequest request) =>
        chosen is { PaymentAddress: { Length: > 0 } address, PayAmount: > 0 and var due } && chosen.Id == id
            && string.Equals(chosen.PayCurrency, request.Coin.Code, StringComparison.OrdinalIgnoreCase)
            && (chosen.Price is null || chosen.Price == request.Amount)
            ? new PayTo(address, new Money(due, request.Coin.Code))
            : throw new GatewayException(GatewayFault.BadAnswer, "answered checkout with another invoice, coin or price than asked for, or without an address");

    private async Task<string?> IdOfAsync(PaymentHandle payment, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        string? id = null;
        var seenAll = await _list.VisitAsync(payment.CreatedOnUtc, payment.CreatedOnUtc, MostPages, row =>
        {
            if (row.OrderId == payment.Reference)
                id = row.Id;
            return id is not null;
        }, settings, cancellationToken);
        return id is not null || seenAll ? id : throw new GatewayException(GatewayFault.BadAnswer, "the list of invoices is too long to find one in it, or holds rows that cannot be read");
    }

    /// <summary>The list says all about it: nobody chose a coin, so that nothing can have arrived.</summary>
    private static bool IsWhole(CoinPay24Invoice row) =>
        row.PayCurrency is null && CoinPay24Statuses.Of(row.Status) is ProviderStatus.Waiting or ProviderStatus.Expired or ProviderStatus.Canceled;

    private ProviderPayment? FoundIn(CoinPay24Invoice invoice, Money? due, GatewaySettings settings)
    {
        if (invoice is not { Id: var id, OrderId: { Length: > 0 } reference, Status: { } word, Price: { } price })
            return null;

        var expected = CoinPay24Statuses.Expected(invoice, due);
        var counted = CoinPay24Statuses.Received(invoice, expected);
        var isPart = counted is { Amount: > 0 } part && part.Amount < expected!.Value.Amount;
        var status = CoinPay24Statuses.Of(invoice, isPart, _time.GetUtcNow().UtcDateTime);
        // Of an invoice that waits for money nothing is missing yet by its words: only a true part counts.
        var received = isPart || status is ProviderStatus.Completed or ProviderStatus.Underpaid ? counted : null;
        return new ProviderPayment
        {
            Status = status,
            StatusText = word,
            Reference = reference,
            ExternalId = id,
            Answer = GatewayJson.Write(invoice),
            Amount = price,
            Received = received,
            // An invoice that nobody paid may still be switched to another coin.
            Expected = received is not null || status is ProviderStatus.Confirming or ProviderStatus.Completed ? expected : null,
            AcceptsBalance = isPart && status == ProviderStatus.Confirming,
            Net = status == ProviderStatus.Completed ? invoice.Net : null,
            CheckoutUrl = Uri.TryCreate(invoice.PaymentUrl, UriKind.Absolute, out var page) && Descriptor.MaySendTo(page, settings) ? page : null,
            ExpiresOnUtc = invoice.ExpiresOnUtc
        };
    }
}
