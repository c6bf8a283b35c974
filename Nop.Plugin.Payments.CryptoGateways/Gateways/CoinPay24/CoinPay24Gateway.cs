using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

/// <summary>
/// CoinPay24. Source: its web service page. If the shopper leaves the coin open, one call creates the invoice, which is paid on CoinPay24's
/// page. For a chosen coin it takes three: create returns no id, so the list provides it, and checkout returns the address.
/// </summary>
public sealed class CoinPay24Gateway : IBatchStatusGateway, IWebhookGateway, IConnectionTest
{
    public const string SystemName = "coinpay24";

    /// <summary>The code for choosing the coin on CoinPay24's page.</summary>
    public const string AnyCoin = "ANY";

    private const int MaxTitleLength = 150;

    /// <summary>The maximum number of list pages per search: enough for the documented 1,000 invoices an hour.</summary>
    private const int MaxPages = 16;

    private readonly CoinPay24Client _client;
    private readonly CoinPay24InvoiceSearch _search;
    private readonly TimeProvider _time;

    public CoinPay24Gateway(GatewayHttp http, TimeProvider time)
    {
        _client = new CoinPay24Client(http);
        _search = new CoinPay24InvoiceSearch(_client);
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
        RedirectHosts = ["coinpay24.com"],
        Documentation = new Uri("https://webservice.coinpay24.com"),
        BaseUrlField = CoinPay24Settings.BaseUrlField,
        CoinsField = CoinPay24Settings.CoinsField,
        SupportsStorePage = true,
        Limits = [new(200, TimeSpan.FromMinutes(1)), new(1000, TimeSpan.FromHours(1))]
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.StoreCurrency;

    /// <summary>CoinPay24 documents neither a test environment nor test keys.</summary>
    public bool? IsTest(GatewaySettings settings) => false;

    public async Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoinPay24Settings(settings);
        var created = await _client.CreateAsync(Body(request, own), own, cancellationToken);
        // CoinPay24's own plugins check error_message whatever the HTTP status is.
        if (created is { PaymentUrl: null, ErrorMessage: { Length: > 0 } error })
            throw new GatewayException(GatewayFault.Refused, $"answered create with: {ExternalText.Excerpt(error)}");
        if (!Uri.TryCreate(created.PaymentUrl, UriKind.Absolute, out var page))
            throw new GatewayException(GatewayFault.BadAnswer, "the create response has no payment_url");

        var invoicePage = new CreatedPayment(null, page, "new");
        return request.Coin.IsMethod ? invoicePage : await WithCoinAsync(invoicePage, request, own, cancellationToken);
    }

    /// <summary>
    /// Selects the coin. If the invoice's id or address is not available now, the shopper pays on CoinPay24's page. The attempt fails only if
    /// CoinPay24 refuses the coin: the owner must learn of it, and nobody has received a way to pay the invoice.
    /// </summary>
    private async Task<CreatedPayment> WithCoinAsync(CreatedPayment invoicePage, PaymentRequest request, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        CoinPay24Invoice? row = null;
        try
        {
            row = (await _search.NewestAsync(CoinPay24InvoiceSearch.PerPage, settings, cancellationToken)).FirstOrDefault(invoice => invoice.OrderId == request.Reference);
            if (row?.Id is not { Length: > 0 } id)
                return invoicePage;

            var chosen = await _client.CheckoutAsync(id, new CoinPay24CheckoutRequest
            {
                ApiKey = settings.ApiKey,
                PayCurrency = request.Coin.Code,
                PurchaserFullname = settings.SendPurchaser ? request.CustomerName : null,
                PurchaserEmail = settings.SendPurchaser ? request.CustomerEmail : null
            }, settings, cancellationToken);
            return invoicePage with
            {
                ExternalId = id,
                ProviderStatus = chosen.Status ?? invoicePage.ProviderStatus,
                ExpiresOnUtc = chosen.ExpiresOnUtc,
                PayTo = settings.UsesStorePage ? ToPayTo(chosen, id, request) : null
            };
        }
        catch (GatewayException exception) when (row is null || exception.Fault != GatewayFault.Refused)
        {
            return invoicePage with { ExternalId = row?.Id };
        }
    }

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoinPay24Settings(settings);
        if ((payment.ExternalId ?? await FindIdAsync(payment, own, cancellationToken)) is not { } id
            || await _client.GetAsync(id, own, cancellationToken) is not { } invoice)
            return null;

        return ToProviderPayment(invoice, payment.AmountToSend, settings) is { Reference: not null } found ? found
            : throw new GatewayException(GatewayFault.BadAnswer, "the invoice has no order_id, status or price");
    }

    /// <summary>
    /// Returns payments whose shopper has not chosen a coin yet. All others need get, which alone reports received amounts, even of expired
    /// invoices. A page costs as much as one payment, so at most as many pages are read as there are payments.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, ProviderPayment>> FindManyAsync(IReadOnlyList<PaymentHandle> payments, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ProviderPayment>();
        if (payments.Count == 0)
            return found;

        var wanted = payments.Select(payment => payment.Reference).ToHashSet();
        await _search.VisitAsync(payments.Min(payment => payment.CreatedOnUtc), payments.Max(payment => payment.CreatedOnUtc), Math.Min(payments.Count, MaxPages), row =>
        {
            if (row.OrderId is { } reference && wanted.Remove(reference) && IsSufficient(row) && ToProviderPayment(row, due: null, settings) is { } payment)
                found[reference] = payment;
            return wanted.Count == 0;
        }, new CoinPay24Settings(settings), cancellationToken);
        return found;
    }

    public WebhookMessage Read(WebhookRequest request) => CoinPay24Webhook.Read(request.Body);

    public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings) =>
        CoinPay24Webhook.Verify(request.Body, new CoinPay24Settings(settings).ApiKey);

    public Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken) =>
        _search.NewestAsync(count: 1, new CoinPay24Settings(settings), cancellationToken);

    private static CoinPay24CreateRequest Body(PaymentRequest request, CoinPay24Settings settings)
    {
        var title = $"Order {request.OrderNumber}";
        return new CoinPay24CreateRequest
        {
            ApiKey = settings.ApiKey,
            OrderId = request.Reference,
            PriceAmount = request.Amount.Amount,
            PriceCurrency = request.Amount.Currency,
            Title = title.Length > MaxTitleLength ? title[..MaxTitleLength] : title,
            // Documented as the merchant's unique id of the invoice.
            Description = $"{request.OrderNumber}-{request.Attempt}",
            CallbackUrl = request.WebhookUrl,
            CancelUrl = request.FailureUrl,
            SuccessUrl = request.SuccessUrl
        };
    }

    /// <exception cref="GatewayException">The response describes a different invoice, coin or price, or has no address.</exception>
    private static PayTo ToPayTo(CoinPay24Invoice chosen, string id, PaymentRequest request) =>
        chosen is { PaymentAddress: { Length: > 0 } address, PayAmount: > 0 and var due } && chosen.Id == id
            && string.Equals(chosen.PayCurrency, request.Coin.Code, StringComparison.OrdinalIgnoreCase)
            && (chosen.Price is null || chosen.Price == request.Amount)
            ? new PayTo(address, new Money(due, request.Coin.Code))
            : throw new GatewayException(GatewayFault.BadAnswer, "the checkout response has a different invoice, coin or price than the request, or no address");

    private async Task<string?> FindIdAsync(PaymentHandle payment, CoinPay24Settings settings, CancellationToken cancellationToken)
    {
        string? id = null;
        var isComplete = await _search.VisitAsync(payment.CreatedOnUtc, payment.CreatedOnUtc, MaxPages, row =>
        {
            if (row.OrderId == payment.Reference)
                id = row.Id;
            return id is not null;
        }, settings, cancellationToken);
        return id is not null || isComplete ? id : throw new GatewayException(GatewayFault.BadAnswer, "the invoice was not found: the list is too long or has unreadable rows");
    }

    /// <summary>True if the list's row is sufficient: without a chosen coin, nothing can have been received.</summary>
    private static bool IsSufficient(CoinPay24Invoice row) =>
        row.PayCurrency is null && CoinPay24Statuses.ToStatus(row.Status) is ProviderStatus.Waiting or ProviderStatus.Expired or ProviderStatus.Canceled;

    private ProviderPayment? ToProviderPayment(CoinPay24Invoice invoice, Money? due, GatewaySettings settings)
    {
        if (invoice is not { Id: var id, OrderId: { Length: > 0 } reference, Status: { } text, Price: { } price })
            return null;

        var expected = CoinPay24Statuses.Expected(invoice, due);
        var counted = CoinPay24Statuses.Received(invoice, expected);
        var isPartial = counted is { Amount: > 0 } part && part.Amount < expected!.Value.Amount;
        var status = CoinPay24Statuses.ToStatus(invoice, isPartial, _time.GetUtcNow().UtcDateTime);
        // While an invoice is unpaid, its underpaid amount means nothing: only a real partial payment counts.
        var received = isPartial || status is ProviderStatus.Completed or ProviderStatus.Underpaid ? counted : null;
        return new ProviderPayment
        {
            Status = status,
            StatusText = text,
            Reference = reference,
            ExternalId = id,
            Answer = GatewayJson.Write(invoice),
            Amount = price,
            Received = received,
            // An unpaid invoice may still be switched to another coin.
            Expected = received is not null || status is ProviderStatus.Confirming or ProviderStatus.Completed ? expected : null,
            AcceptsBalance = isPartial && status == ProviderStatus.Confirming,
            Net = status == ProviderStatus.Completed ? invoice.Net : null,
            CheckoutUrl = Uri.TryCreate(invoice.PaymentUrl, UriKind.Absolute, out var page) && Descriptor.IsAllowedRedirect(page, settings) ? page : null,
            ExpiresOnUtc = invoice.ExpiresOnUtc
        };
    }
}

/// <summary>
/// Interprets CoinPay24's statuses and amounts.
/// </summary>
internal static class CoinPay24Statuses
{
    /// <summary>How late CoinPay24 may mark an invoice as expired, including the clock difference.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Maps a status: those of the status table, the two that only the callback page has (confirming, refunded), and the one that CoinPay24's
    /// own plugins expect for a paid invoice (completed).
    /// </summary>
    public static ProviderStatus ToStatus(string? status) => status?.ToLowerInvariant() switch
    {
        "new" => ProviderStatus.Waiting,
        "pending" or "confirming" => ProviderStatus.Confirming,
        "paid" or "completed" => ProviderStatus.Completed,
        "invalid" => ProviderStatus.Failed,
        "expired" => ProviderStatus.Expired,
        "canceled" or "cancelled" => ProviderStatus.Canceled,
        "refunded" => ProviderStatus.Refunded,
        _ => ProviderStatus.Unknown
    };

    /// <summary>
    /// Maps the status of an invoice. The table defines pending as paid but unconfirmed, yet checkout returns it before anybody can have paid.
    /// Unpaid invoices expire at expire_at, so pending counts as paid only after that, or once funds are received.
    /// </summary>
    /// <param name="invoice">The invoice.</param>
    /// <param name="isPartial">True if less than the requested amount was received.</param>
    /// <param name="nowUtc">Current time, UTC, by the store's clock.</param>
    public static ProviderStatus ToStatus(CoinPay24Invoice invoice, bool isPartial, DateTime nowUtc) => ToStatus(invoice.Status) switch
    {
        ProviderStatus.Confirming when EqualsIgnoreCase(invoice.Status, "pending") && !isPartial && invoice.ExpiresOnUtc + _grace > nowUtc => ProviderStatus.Waiting,
        ProviderStatus.Waiting when isPartial => ProviderStatus.Confirming,
        // A partial payment that can no longer be completed. An invalid one needs manual review.
        ProviderStatus.Expired when isPartial => ProviderStatus.Underpaid,
        ProviderStatus.Failed when isPartial => ProviderStatus.Disputed,
        var known => known
    };

    /// <summary>
    /// The requested amount in units of the coin; null if not stated. If the store displayed an amount in the same coin, that amount counts:
    /// in callbacks, pay_amount is the paid amount.
    /// </summary>
    /// <param name="invoice">The invoice.</param>
    /// <param name="due">The amount displayed to the shopper; null if the shopper pays on CoinPay24's page.</param>
    public static Money? Expected(CoinPay24Invoice invoice, Money? due) =>
        due is { Amount: > 0 } && EqualsIgnoreCase(due.Value.Currency, invoice.PayCurrency) ? due
        : invoice is { PayAmount: > 0 and var amount, PayCurrency: { Length: > 0 } coin } ? new Money(amount, coin)
        : null;

    /// <summary>
    /// The received amount in units of the coin; null if not stated. Never negative.
    /// </summary>
    /// <exception cref="GatewayException">Both an underpaid and an overpaid amount are stated, or the overpaid amount is impossibly large.</exception>
    public static Money? Received(CoinPay24Invoice invoice, Money? expected)
    {
        if (expected is not { } requested || invoice is { UnderpaidAmount: null, OverpaidAmount: null })
            return null;
        if (invoice is { UnderpaidAmount: > 0, OverpaidAmount: > 0 } or { OverpaidAmount: >= Money.TooLarge })
            throw new GatewayException(GatewayFault.BadAnswer, "underpaid_amount and overpaid_amount contradict each other");

        return requested with { Amount = Math.Max(0m, requested.Amount - (invoice.UnderpaidAmount ?? 0m)) + (invoice.OverpaidAmount ?? 0m) };
    }

    private static bool EqualsIgnoreCase(string? text, string? other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);
}
