using Nop.Plugin.Payments.CryptoGateways.Addresses;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.BtcPay;

/// <summary>
/// BTCPay Server, the owner's own payment server. Source: its Greenfield API (version 2.4.1) and the behavior of a real server on regtest. The
/// shopper pays on the server's page with any payment method of the BTCPay store, or a chosen coin on-chain on the store's payment page.
/// </summary>
public sealed class BtcPayGateway(GatewayHttp http) : IBatchStatusGateway, IWebhookGateway, IConnectionTest
{
    public const string SystemName = "btcpay";

    /// <summary>The code for choosing the payment method on the server's page.</summary>
    public const string AnyCoin = "ANY";

    private const string Bitcoin = "BTC";

    /// <summary>The most invoices in one list: with their payment methods, a hundred may exceed the maximum size of a response.</summary>
    private const int ListSize = 25;

    /// <summary>Permissions of which one must allow creating invoices.</summary>
    private static readonly string[] _creating = ["btcpay.store.cancreateinvoice", "btcpay.store.canmodifystoresettings", "unrestricted"];

    /// <summary>Languages of the server's page. The server refuses an invoice with an unknown one, and takes zh for traditional Chinese.</summary>
    private static readonly Dictionary<string, string> _languages =
        new[] { "en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "uk", "ar", "he", "fa", "ja", "hi" }.ToDictionary(language => language).Append(new("zh", "zh-SG")).ToDictionary();

    private readonly BtcPayClient _client = new(http);

    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = SystemName,
        Name = "BTCPay Server",
        Coins =
        [
            new(AnyCoin, "Any coin", 0m) { IsMethod = true, Icon = "coins" },
            new(Bitcoin, "Bitcoin", 0m, Decimals: CoinDecimals.Btc)
            {
                Wallet = new WalletCoin(WalletScheme.Bitcoin, CoinDecimals.Btc),
                Addresses = AddressFormat.AnyOf(AddressFormat.Bitcoin, AddressFormat.BitcoinTest)
            },
            new("LTC", "Litecoin", 0m, Decimals: CoinDecimals.Ltc) { Wallet = new WalletCoin(WalletScheme.Litecoin, CoinDecimals.Ltc) }
        ],
        Fields = BtcPaySettings.Fields,
        // Shoppers are redirected to the host of the server URL. The public demo is here.
        RedirectHosts = ["demo.btcpayserver.org"],
        Documentation = new Uri("https://docs.btcpayserver.org"),
        RequiresWebhookUrl = true,
        BaseUrlField = BtcPaySettings.BaseUrlField,
        CoinsField = BtcPaySettings.CoinsField,
        SupportsStorePage = true
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.StoreCurrency;

    public bool? IsTest(GatewaySettings settings) => new BtcPaySettings(settings).IsTest;

    public async Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new BtcPaySettings(settings);
        var invoice = await _client.CreateAsync(Body(request, own), own, cancellationToken);
        if (invoice is not { Id: { Length: > 0 } id, Status: { } status } || !Uri.TryCreate(invoice.CheckoutLink, UriKind.Absolute, out var page))
            throw new GatewayException(GatewayFault.BadAnswer, "the create response has no id, status or checkoutLink");
        if (invoice.Price != request.Amount || invoice.Metadata?.OrderId is { } reference && reference != request.Reference)
            throw new GatewayException(GatewayFault.BadAnswer, "the create response has a different orderId, amount or currency than the request");

        return new CreatedPayment(id, page, status)
        {
            PayTo = own.UsesStorePage && !request.Coin.IsMethod ? await PayToAsync(id, request.Coin, own, cancellationToken) : null,
            ExpiresOnUtc = invoice.ExpirationTime?.OnUtc
        };
    }

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new BtcPaySettings(settings);
        var invoice = payment.ExternalId is { } id
            ? await _client.GetAsync(id, own, cancellationToken)
            : Of(payment, await _client.ListAsync([payment.Reference], own, cancellationToken));
        return invoice is null ? null : ToProviderPayment(invoice, settings);
    }

    public async Task<IReadOnlyDictionary<string, ProviderPayment>> FindManyAsync(IReadOnlyList<PaymentHandle> payments, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ProviderPayment>();
        foreach (var part in payments.Chunk(ListSize))
        {
            var invoices = await _client.ListAsync(part.Select(payment => payment.Reference), new BtcPaySettings(settings), cancellationToken);
            foreach (var payment in part)
            {
                if (Of(payment, invoices) is { Status: not null, Price: not null, PaidAmount: not null } invoice)
                    found[payment.Reference] = ToProviderPayment(invoice, settings);
            }
        }
        return found;
    }

    public WebhookMessage Read(WebhookRequest request) => BtcPayWebhook.Read(request);

    public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings) => BtcPayWebhook.Verify(request, new BtcPaySettings(settings).WebhookSecret);

    /// <summary>Lists no invoices, which needs the permission to read them, and reads the key's permissions.</summary>
    public async Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new BtcPaySettings(settings);
        await _client.ListAsync(["connectiontest"], own, cancellationToken);
        var permissions = await _client.PermissionsAsync(own, cancellationToken);
        if (!permissions.Any(permission => _creating.Any(creating => permission == creating || permission == $"{creating}:{own.StoreId}")))
            throw new GatewayException(GatewayFault.Forbidden, "the key lacks the permission btcpay.store.cancreateinvoice for this store");
    }

    private static BtcPayCreateRequest Body(PaymentRequest request, BtcPaySettings settings) => new()
    {
        Amount = Money.NumberOf(request.Amount.Amount),
        Currency = request.Amount.Currency,
        Metadata = new BtcPayMetadata
        {
            OrderId = request.Reference,
            ItemDesc = $"Order {request.OrderNumber}",
            BuyerEmail = settings.SendEmail ? request.CustomerEmail : null
        },
        Checkout = new BtcPayCheckout
        {
            PaymentMethods = request.Coin.IsMethod ? null : [request.Coin.Code + BtcPayClient.OnChain],
            PaymentTolerance = 0,
            RedirectUrl = request.SuccessUrl,
            RedirectAutomatically = true,
            DefaultLanguage = _languages.GetValueOrDefault(request.Language)
        }
    };

    /// <summary>
    /// The address and the amount due, exactly as the server states it. Null if they are not available now: the shopper then pays on the server's
    /// page.
    /// </summary>
    /// <exception cref="GatewayException"><see cref="GatewayFault.BadAddress"/>: the address is one of a test network, or of the main network in test mode.</exception>
    private async Task<PayTo?> PayToAsync(string id, CoinDescriptor coin, BtcPaySettings settings, CancellationToken cancellationToken)
    {
        var methodId = coin.Code + BtcPayClient.OnChain;
        BtcPayMethod? method;
        try
        {
            method = await MethodAsync();
            if (method is { Activated: false })
            {
                await _client.ActivateAsync(id, methodId, settings, cancellationToken);
                method = await MethodAsync();
            }
        }
        catch (GatewayException)
        {
            return null;
        }
        if (method is not { Destination: { Length: > 0 } address, DueAmount: > 0 and var due } || method.Currency != coin.Code)
            return null;
        if (coin.Code == Bitcoin && (settings.IsTest ? AddressFormat.Bitcoin : AddressFormat.BitcoinTest).Accepts(address))
            throw new GatewayException(GatewayFault.BadAddress, "answered create with an address of another network than the setting TestNetwork says");

        return new PayTo(address, new Money(due, coin.Code));

        async Task<BtcPayMethod?> MethodAsync() => (await _client.MethodsAsync(id, settings, cancellationToken)).FirstOrDefault(one => one.PaymentMethodId == methodId);
    }

    /// <summary>The invoice of a payment; null if there is none, or several whose ids are unknown.</summary>
    private static BtcPayInvoice? Of(PaymentHandle payment, IEnumerable<BtcPayInvoice> invoices)
    {
        var own = invoices.Where(invoice => invoice.Metadata?.OrderId == payment.Reference && (payment.ExternalId is null || invoice.Id == payment.ExternalId)).DistinctBy(invoice => invoice.Id).ToList();
        return own.Count == 1 ? own[0] : null;
    }

    /// <exception cref="GatewayException">The invoice lacks a status or amount, or is paid on a test network without the setting.</exception>
    private ProviderPayment ToProviderPayment(BtcPayInvoice invoice, GatewaySettings settings)
    {
        if (invoice is not { Status: { } status, Price: { } price, PaidAmount: { } paid })
            throw new GatewayException(GatewayFault.BadAnswer, "the invoice has no status, amount, currency or paidAmount");
        if (!new BtcPaySettings(settings).IsTest && invoice.Methods.Any(method => method is { Destination: { } address, Currency: Bitcoin } && AddressFormat.BitcoinTest.Accepts(address)))
            throw new GatewayException(GatewayFault.BadAnswer, "the invoice is paid on a test network, but the setting TestNetwork is off");

        var known = BtcPayStatuses.ToStatus(invoice, paid);
        var isPartial = known == ProviderStatus.Confirming && BtcPayStatuses.IsOpen(invoice) && paid < price.Amount;
        return new ProviderPayment
        {
            Status = known,
            StatusText = BtcPayStatuses.TextOf(invoice, status),
            Reference = invoice.Metadata?.OrderId,
            ExternalId = invoice.Id,
            Answer = GatewayJson.Write(invoice),
            Amount = price,
            Received = price with { Amount = BtcPayStatuses.Received(invoice, price.Amount, paid) },
            AcceptsBalance = isPartial,
            Balance = isPartial && invoice.Methods.ToList() is [{ DueAmount: > 0 and var due, Currency: { Length: > 0 } coin }] ? new Money(due, coin) : null,
            FundsSeenOnUtc = invoice.Payments.Select(payment => payment.ReceivedDate?.OnUtc).Min(),
            CheckoutUrl = Uri.TryCreate(invoice.CheckoutLink, UriKind.Absolute, out var page) && Descriptor.IsAllowedRedirect(page, settings) ? page : null,
            ExpiresOnUtc = invoice.ExpirationTime?.OnUtc,
            TransactionIds = invoice.Methods.Where(method => method.IsOnChain).SelectMany(method => method.Payments ?? [])
                .Select(payment => payment?.Id?.Split('-')[0]).Where(id => !string.IsNullOrEmpty(id)).OfType<string>().Distinct().ToArray()
        };
    }
}

/// <summary>
/// Interprets the status, the additional status and the amounts of an invoice. Observed on BTCPay Server 2.4.1.
/// </summary>
internal static class BtcPayStatuses
{
    /// <param name="invoice">The invoice.</param>
    /// <param name="paid">Its paidAmount.</param>
    public static ProviderStatus ToStatus(BtcPayInvoice invoice, decimal paid) => (Lower(invoice.Status), Lower(invoice.AdditionalStatus)) switch
    {
        // The amount counts, not PaidPartial: it comes shortly after the webhook about the payment, and stays after a double spend.
        ("new", _) when paid > 0 => ProviderStatus.Confirming,
        // Also after a double spend of the whole payment: Processing becomes New again, without a webhook.
        ("new", _) => ProviderStatus.Waiting,
        ("processing", _) => ProviderStatus.Confirming,
        // Somebody marked the invoice as settled in BTCPay Server, whether or not funds arrived.
        ("settled", "marked") when paid < invoice.Amount => ProviderStatus.Disputed,
        ("settled", _) => ProviderStatus.Completed,
        // An invoice paid after its expiry never becomes Settled. Its payments tell whether they are confirmed.
        ("expired", "paidlate" or "paidpartial") when paid > 0 => invoice.Payments.Any(payment => Lower(payment.Status) == "processing") ? ProviderStatus.Confirming
            : paid < invoice.Amount ? ProviderStatus.Underpaid
            : ProviderStatus.Completed,
        ("expired", _) => ProviderStatus.Expired,
        // Funds that did not confirm before the end of the monitoring time, unless somebody decided about them in BTCPay Server.
        ("invalid", not "marked") when paid > 0 => ProviderStatus.Disputed,
        ("invalid", _) => ProviderStatus.Failed,
        _ => ProviderStatus.Unknown
    };

    /// <summary>True until the invoice expires or is paid in full.</summary>
    public static bool IsOpen(BtcPayInvoice invoice) => Lower(invoice.Status) == "new";

    /// <summary>Both statuses, such as "Expired/PaidLate".</summary>
    public static string TextOf(BtcPayInvoice invoice, string status) => Lower(invoice.AdditionalStatus) is "" or "none" ? status : $"{status}/{invoice.AdditionalStatus}";

    /// <summary>
    /// The received amount in the currency of the invoice. An exact payment is worth slightly more than the amount, because an amount of coins is
    /// rounded up: the server then states that nothing is due.
    /// </summary>
    public static decimal Received(BtcPayInvoice invoice, decimal amount, decimal paid) =>
        paid > amount && invoice.Methods.Any(method => method.DueAmount == 0) ? amount : paid;

    private static string Lower(string? text) => text?.ToLowerInvariant() ?? string.Empty;
}
