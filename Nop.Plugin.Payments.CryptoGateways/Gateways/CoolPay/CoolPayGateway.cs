using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;

/// <summary>
/// CoolPay (cards on its page; authorize, then capture), as its public documents and plugins of 2018 and 2019 describe it. It is
/// QuickPay v10 under another name; what only QuickPay documents is said so.
/// </summary>
public sealed class CoolPayGateway(GatewayHttp http) : ICaptureGateway, IVoidGateway, IRefundGateway, IWebhookGateway, IConnectionTest
{
    public const string SystemName = "coolpay";

    /// <summary>One of them is in an error about an order_id that was used before.</summary>
    private static readonly string[] _takenWords = ["exist", "already", "taken", "unique"];

    private readonly CoolPayClient _client = new(http);

    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = SystemName,
        Name = "CoolPay",
        Coins = [new(CoolPaySettings.Card, "Card", 0m) { IsMethod = true }],
        Fields = CoolPaySettings.Fields,
        PageHosts = ["coolpay.com"],
        Documentation = new Uri("https://coolpay.com/docs/"),
        BaseUrlField = CoolPaySettings.BaseUrlField,
        CoinsField = CoolPaySettings.CoinsField
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.StoreCurrency;

    public bool AcceptsPrice(Money price, GatewaySettings settings) => CoolPayState.MinorOf(price.RoundUp(CurrencyDecimals.Of(price.Currency))) is not null;

    /// <summary>Test cards work with the keys of real ones: the owner says whether they pay orders.</summary>
    public bool? IsTest(GatewaySettings settings) => new CoolPaySettings(settings).AcceptTest;

    public async Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoolPaySettings(settings);
        var link = LinkBody(request, own);
        CoolPayPayment payment;
        try
        {
            payment = await _client.CreateAsync(CreateBody(request), own, cancellationToken);
        }
        catch (GatewayException exception) when (SaysTaken(exception))
        {
            return await GoOnAsync(request, link, own, exception, cancellationToken);
        }
        return await LinkAsync(payment, request, link, own, cancellationToken);
    }

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoolPaySettings(settings);
        var found = payment.ExternalId is { } id
            ? await _client.PaymentAsync(id, own, cancellationToken)
            : await ByOrderIdAsync(payment.Reference, own, cancellationToken);
        return found is null ? null : Told(found, payment.Quoted, own) with { CheckoutUrl = PageOf(found, settings) };
    }

    public Task<OperationResult> CaptureAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) =>
        OperateAsync(CoolPayState.Capture, MinorOf(request.Amount), request, settings, cancellationToken);

    /// <summary>Lets all of it go, whatever the amount: the provider's cancel has none.</summary>
    public Task<OperationResult> VoidAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) =>
        OperateAsync(CoolPayState.Cancel, null, request, settings, cancellationToken);

    public Task<OperationResult> RefundAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) =>
        OperateAsync(CoolPayState.Refund, MinorOf(request.Amount), request, settings, cancellationToken);

    public WebhookMessage Read(WebhookRequest request) => CoolPayWebhook.Read(request);

    public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings) =>
        CoolPayWebhook.Verify(request, new CoolPaySettings(settings).PrivateKey);

    /// <summary>Asks for a payment that does not exist.</summary>
    public async Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken)
    {
        if (await _client.PaymentsAsync("connectiontest", new CoolPaySettings(settings), cancellationToken) is null)
            throw new GatewayException(GatewayFault.BadAnswer, "answered 404: the API address is wrong") { StatusCode = 404 };
    }

    private async Task<CreatedPayment> LinkAsync(CoolPayPayment payment, PaymentRequest request, CoolPayLinkRequest body, CoolPaySettings settings, CancellationToken cancellationToken)
    {
        if (payment is not { Id: { } number, OrderId: { } orderId })
            throw new GatewayException(GatewayFault.BadAnswer, "answered create without id or order_id");
        if (orderId != request.Reference || payment.Currency is { } currency && !string.Equals(currency, request.Amount.Currency, StringComparison.OrdinalIgnoreCase))
            throw new GatewayException(GatewayFault.BadAnswer, "answered create with another order_id or currency than it was sent");

        // A payment without a link takes no money: when this is refused, nothing that could be paid was made.
        var id = IdOf(number);
        var link = await _client.LinkAsync(id, body, settings, cancellationToken);
        return Uri.TryCreate(link.Url, UriKind.Absolute, out var page)
            ? new CreatedPayment(id, page, payment.State ?? string.Empty)
            : throw new GatewayException(GatewayFault.BadAnswer, "answered link without a url");
    }

    /// <summary>
    /// Our order_id is taken: an answer to the same call was lost, and its payment is gone on with. It may have a link that was
    /// paid, so that no fault from here on says that nothing was made.
    /// </summary>
    private async Task<CreatedPayment> GoOnAsync(PaymentRequest request, CoolPayLinkRequest link, CoolPaySettings settings, GatewayException taken, CancellationToken cancellationToken)
    {
        try
        {
            if (await ByOrderIdAsync(request.Reference, settings, cancellationToken) is { } payment)
                return await LinkAsync(payment, request, link, settings, cancellationToken);
        }
        catch (GatewayException exception) when (exception.CreatedNothing)
        {
            throw new GatewayException(GatewayFault.BadAnswer, $"order_id is taken, and then: {exception.Message}", exception);
        }
        throw taken;
    }

    /// <summary>The error's form is not documented: it has to name order_id and one of the words. Where it meant something else, no payment is found.</summary>
    private static bool SaysTaken(GatewayException exception) =>
        exception is { Fault: GatewayFault.Refused, Answer: { } answer } && answer.Contains("order_id", StringComparison.OrdinalIgnoreCase)
        && _takenWords.Any(word => answer.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null when there is none. A list of others says nothing: the filter is QuickPay's and may not have been understood.</summary>
    private async Task<CoolPayPayment?> ByOrderIdAsync(string orderId, CoolPaySettings settings, CancellationToken cancellationToken)
    {
        if (await _client.PaymentsAsync(orderId, settings, cancellationToken) is not ({ } payments, > 0))
            return null;

        return payments.FirstOrDefault(payment => payment.OrderId == orderId)
            ?? throw new GatewayException(GatewayFault.BadAnswer, "answered with other payments than the one asked for");
    }

    private static ProviderPayment Told(CoolPayPayment found, Money quoted, CoolPaySettings settings)
    {
        if (found is not { Id: { } number, OrderId: { } orderId, Currency: { } currency, State: { } state })
            throw new GatewayException(GatewayFault.BadAnswer, "answered without id, order_id, currency or state");
        if (!CoolPayState.HasDocumentedAmounts(found))
            throw new GatewayException(GatewayFault.BadAnswer, "answered with a larger amount than there can be");

        var captured = CoolPayState.Sum(found, CoolPayState.Capture);
        return new ProviderPayment
        {
            Status = CoolPayState.StatusOf(found, settings.AcceptTest),
            StatusText = found.TestMode == true ? $"{state} (test_mode)" : state,
            Reference = orderId,
            ExternalId = IdOf(number),
            Answer = GatewayJson.Write(found with { Link = null }),
            Amount = AmountOf(found, currency, captured, quoted),
            Received = captured > 0 ? CoolPayState.MoneyOf(captured, currency) : null,
            Refunded = CoolPayState.MoneyOf(CoolPayState.Sum(found, CoolPayState.Refund), currency)
        };
    }

    /// <summary>For a payment whose create answer was lost; null when there is no page to which shoppers may be sent.</summary>
    private Uri? PageOf(CoolPayPayment found, GatewaySettings settings) =>
        Uri.TryCreate(found.Link?.Url, UriKind.Absolute, out var page) && Descriptor.MaySendTo(page, settings) ? page : null;

    /// <summary>
    /// What is reserved, as long as nothing was taken: less than quoted must not be shipped for. Else what the link asks for. Without
    /// a link the payment asks for nothing yet, and only its currency can contradict the quote.
    /// </summary>
    private static Money AmountOf(CoolPayPayment found, string currency, decimal captured, Money quoted) => found.Link?.Amount switch
    {
        _ when captured == 0 && CoolPayState.IsAuthorized(found) => CoolPayState.MoneyOf(CoolPayState.Sum(found, CoolPayState.Authorize), currency),
        { } amount => CoolPayState.MoneyOf(amount, currency),
        null => quoted with { Currency = currency }
    };

    private async Task<OperationResult> OperateAsync(string type, long? minor, OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoolPaySettings(settings);
        var id = request.Payment.ExternalId
            ?? ((await ByOrderIdAsync(request.Payment.Reference, own, cancellationToken))?.Id is { } number ? IdOf(number) : null)
            ?? throw new GatewayException(GatewayFault.Refused, "there is no such payment");

        var answer = await _client.OperateAsync(id, type, minor is { } amount ? new CoolPayAmount(amount) : null, request.WebhookUrl, own, cancellationToken);
        if (answer.OrderId != request.Payment.Reference || CoolPayState.Last(answer, type, minor) is not { } operation)
            throw new GatewayException(GatewayFault.BadAnswer, $"answered {type} without that operation of this payment");

        return operation switch
        {
            { Pending: true } => OperationResult.Accepted,
            _ when CoolPayState.IsApproved(operation) => OperationResult.Done,
            _ when CoolPayState.CodeOf(operation) is { } code => throw new GatewayException(GatewayFault.Refused,
                GatewayHttp.Excerpt($"{type} declined: {code} {CoolPayState.MessageOf(operation)}")),
            _ => throw new GatewayException(GatewayFault.BadAnswer, $"answered {type} without a status code")
        };
    }

    private static CoolPayCreateRequest CreateBody(PaymentRequest request) => new()
    {
        OrderId = request.Reference,
        Currency = request.Amount.Currency,
        Variables = new Dictionary<string, string>
        {
            ["order_number"] = request.OrderNumber,
            ["nop_order_id"] = request.OrderId.ToString(CultureInfo.InvariantCulture)
        }
    };

    private static CoolPayLinkRequest LinkBody(PaymentRequest request, CoolPaySettings settings)
    {
        var body = new CoolPayLinkRequest { Amount = MinorOf(request.Amount), Language = request.Language, PaymentMethods = settings.PaymentMethods };
        var autoCapture = settings.AutoCapture ? "true" : null;
        return settings.JoinsLinkNames
            ? body with { JoinedContinueUrl = request.SuccessUrl, JoinedCancelUrl = request.FailureUrl, JoinedCallbackUrl = request.WebhookUrl, JoinedAutoCapture = autoCapture }
            : body with { ContinueUrl = request.SuccessUrl, CancelUrl = request.FailureUrl, CallbackUrl = request.WebhookUrl, AutoCapture = autoCapture };
    }

    private static long MinorOf(Money amount) => CoolPayState.MinorOf(amount)
        ?? throw new GatewayException(GatewayFault.Refused, $"not asked: {amount} is no whole number of 1 to 9 digits in the currency's smallest unit");

    private static string IdOf(long number) => number.ToString(CultureInfo.InvariantCulture);
}
