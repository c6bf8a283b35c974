using Nop.Plugin.Payments.CryptoGateways.Addresses;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;

/// <summary>
/// Coinskro Pay: a hosted payment page for PI, USDC, USDT and CSK. Source: Coinskro's public documentation of April 2026.
/// </summary>
public sealed class CoinskroGateway(GatewayHttp http) : IStatusGateway, IWebhookGateway, IPayoutGateway, IConnectionTest
{
    public const string SystemName = "coinskro";

    /// <summary>The documented fee that is added if fee_payer is "customer": a price of 100 becomes 101.</summary>
    private const decimal CustomerFeeRate = 0.01m;

    private readonly CoinskroClient _client = new(http);

    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = SystemName,
        Name = "Coinskro Pay",
        Coins =
        [
            // The networks are not documented; Coinskro's page shows them to the shopper.
            new("USDT", "Tether", 5m, PeggedTo: "USD") { Addresses = AddressFormat.AnyOf(AddressFormat.Ethereum, AddressFormat.Tron) },
            new("USDC", "USD Coin", 1m, PeggedTo: "USD") { Addresses = AddressFormat.AnyOf(AddressFormat.Ethereum, AddressFormat.Solana) },
            new("PI", "Pi", 1m, Decimals: CoinDecimals.Pi) { Addresses = AddressFormat.Pi },
            new("CSK", "Coinskro Token", 5m)
        ],
        Fields = CoinskroSettings.Fields,
        RedirectHosts = ["coinskro.com"],
        Documentation = new Uri("https://doc.coinskro.com"),
        RequiresWebhookUrl = true,
        BaseUrlField = CoinskroSettings.BaseUrlField,
        CoinsField = CoinskroSettings.CoinsField,
        CanChargeFeeToShopper = true
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => new CoinskroSettings(settings).Basis;

    public bool? IsTest(GatewaySettings settings) => new CoinskroSettings(settings).IsTest;

    public async Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoinskroSettings(settings);
        var created = await _client.CreateAsync(Body(request, own), own, cancellationToken);
        if (created is not { PaymentData: { Id: { Length: > 0 } id } payment } || !Uri.TryCreate(created.PaymentUrl, UriKind.Absolute, out var page))
            throw new GatewayException(GatewayFault.BadAnswer, "the create response has no id or no PaymentURL");

        if (payment.PaymentReference != request.Reference || payment.Quoted is { } quoted && !IsRequestedAmount(quoted, request.Amount, own))
            throw new GatewayException(GatewayFault.BadAnswer, "the create response has a different reference, amount or currency than the request");

        return new CreatedPayment(id, page, payment.PaymentStatus ?? string.Empty);
    }

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoinskroSettings(settings);
        var found = await _client.InfoAsync(payment.Reference, own, cancellationToken);
        if (found is null)
            return null;

        if (found is not { PaymentReference: { } reference, Quoted: { } quoted, PaymentStatus: { } status })
            throw new GatewayException(GatewayFault.BadAnswer, "the info response has no reference, amount, currency or status");

        var known = ToStatus(status);
        return new ProviderPayment
        {
            Status = known,
            StatusText = status,
            Reference = reference,
            ExternalId = found.Id,
            Answer = GatewayJson.Write(found),
            // For a completed payment this is an upper bound. The store keeps the first value it receives.
            FundsSeenOnUtc = known is ProviderStatus.Confirming or ProviderStatus.Completed ? found.UpdatedAt?.OnUtc : null,
            Amount = quoted,
            FeeAllowance = FeeAllowance(own, quoted.Amount)
        };
    }

    public string? PayoutCurrencyOf(string coin) => coin switch
    {
        "PI" => "pi",
        "USDT" => "usdt-bep20",
        _ => null
    };

    public Task PayOutAsync(string recipient, Money amount, GatewaySettings settings, CancellationToken cancellationToken) =>
        _client.FundUserAsync(new CoinskroFundUserRequest(recipient, amount.Amount, amount.Currency), new CoinskroSettings(settings), cancellationToken);

    /// <summary>Queries a payment that does not exist, which needs no key, and then makes a call that needs one.</summary>
    public async Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoinskroSettings(settings);
        await _client.InfoAsync("connectiontest", own, cancellationToken);
        await _client.TestAsync(own, cancellationToken);
    }

    public WebhookMessage Read(WebhookRequest request) => CoinskroWebhook.Read(request);

    public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings) =>
        CoinskroWebhook.Verify(request, new CoinskroSettings(settings).SecretKey);

    private static CoinskroCreateRequest Body(PaymentRequest request, CoinskroSettings settings) => new()
    {
        Amount = request.Amount.Amount,
        Currency = request.Amount.Currency,
        PaymentType = "deposit",
        PaymentReference = request.Reference,
        CustomerEmail = settings.SendEmail ? request.CustomerEmail : null,
        CustomerReference = $"customer-{request.CustomerId}",
        SuccessUrl = request.SuccessUrl,
        FailureUrl = request.FailureUrl,
        PaymentNote = $"Order #{request.OrderNumber}",
        FeePayer = settings.FeePayer,
        ItemList = settings.SendItems && request.Items.Count > 0
            ? new CoinskroItemList([.. request.Items.Select(item => new CoinskroItem(item.Name, item.Price, item.Quantity))])
            : null,
        MetaData = GatewayJson.Write(new
        {
            order_id = request.OrderId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            order_number = request.OrderNumber,
            store_id = request.StoreId,
            attempt = request.Attempt
        })
    };

    /// <summary>True for the requested amount, with or without the customer's fee.</summary>
    private static bool IsRequestedAmount(Money stated, Money requested, CoinskroSettings settings) =>
        string.Equals(stated.Currency, requested.Currency, StringComparison.OrdinalIgnoreCase)
        && stated.Amount >= requested.Amount && stated.Amount <= requested.Amount + FeeAllowance(settings, stated.Amount);

    /// <summary>The customer's fee contained in an amount, rounded up to the cent; 0 if the merchant pays it.</summary>
    private static decimal FeeAllowance(CoinskroSettings settings, decimal amount) =>
        settings.FeePayer == CoinskroSettings.FeePayerCustomer
            ? new Money(amount * CustomerFeeRate / (1 + CustomerFeeRate), string.Empty).RoundUp(2).Amount
            : 0m;

    /// <summary>The seven documented statuses, plus two variants that only the webhook pages use: "canceled" and "abandoned".</summary>
    private static ProviderStatus ToStatus(string status) => status.ToLowerInvariant() switch
    {
        "unlinked" or "linked" => ProviderStatus.Waiting,
        "pending" => ProviderStatus.Confirming,
        "completed" => ProviderStatus.Completed,
        "failed" => ProviderStatus.Failed,
        "cancelled" or "canceled" or "abandoned" => ProviderStatus.Canceled,
        "in-appeal" => ProviderStatus.Disputed,
        _ => ProviderStatus.Unknown
    };
}
