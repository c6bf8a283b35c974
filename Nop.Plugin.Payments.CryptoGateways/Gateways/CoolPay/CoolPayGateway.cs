using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;

/// <summary>
/// CoolPay: card payments on its page, authorized and then captured. Source: its public documentation and plugins of 2018 and 2019. CoolPay is
/// a rebranded QuickPay v10; comments mark what only QuickPay documents.
/// </summary>
public sealed class CoolPayGateway(GatewayHttp http) : ICaptureGateway, IVoidGateway, IRefundGateway, IWebhookGateway, IConnectionTest
{
    public const string SystemName = "coolpay";

    /// <summary>An error about a duplicate order_id contains one of these words.</summary>
    private static readonly string[] _duplicateWords = ["exist", "already", "taken", "unique"];

    private readonly CoolPayClient _client = new(http);

    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = SystemName,
        Name = "CoolPay",
        Coins = [new(CoolPaySettings.Card, "Card", 0m) { IsMethod = true }],
        Fields = CoolPaySettings.Fields,
        RedirectHosts = ["coolpay.com"],
        Documentation = new Uri("https://coolpay.com/docs/"),
        BaseUrlField = CoolPaySettings.BaseUrlField,
        CoinsField = CoolPaySettings.CoinsField
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.StoreCurrency;

    public bool AcceptsPrice(Money price, GatewaySettings settings) => CoolPayOperations.ToMinorUnits(price.RoundUp(CurrencyDecimals.Of(price.Currency))) is not null;

    /// <summary>Live keys accept test cards, so a setting decides whether they pay orders.</summary>
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
        catch (GatewayException exception) when (IsDuplicateOrderId(exception))
        {
            return await ResumeAsync(request, link, own, exception, cancellationToken);
        }
        return await LinkAsync(payment, request, link, own, cancellationToken);
    }

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoolPaySettings(settings);
        var found = payment.ExternalId is { } id
            ? await _client.PaymentAsync(id, own, cancellationToken)
            : await FindByOrderIdAsync(payment.Reference, own, cancellationToken);
        return found is null ? null : ToProviderPayment(found, payment.Quoted, own) with { CheckoutUrl = PageOf(found, settings) };
    }

    public Task<OperationResult> CaptureAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) =>
        OperateAsync(CoolPayOperations.Capture, ToMinorUnits(request.Amount), request, settings, cancellationToken);

    /// <summary>Voids the whole authorization: CoolPay's cancel takes no amount.</summary>
    public Task<OperationResult> VoidAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) =>
        OperateAsync(CoolPayOperations.Cancel, null, request, settings, cancellationToken);

    public Task<OperationResult> RefundAsync(OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken) =>
        OperateAsync(CoolPayOperations.Refund, ToMinorUnits(request.Amount), request, settings, cancellationToken);

    public WebhookMessage Read(WebhookRequest request) => CoolPayWebhook.Read(request);

    public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings) =>
        CoolPayWebhook.Verify(request, new CoolPaySettings(settings).PrivateKey);

    /// <summary>Queries a payment that does not exist.</summary>
    public async Task TestAsync(GatewaySettings settings, CancellationToken cancellationToken)
    {
        if (await _client.PaymentsAsync("connectiontest", new CoolPaySettings(settings), cancellationToken) is null)
            throw new GatewayException(GatewayFault.BadAnswer, "answered 404: check the API URL") { StatusCode = 404 };
    }

    private async Task<CreatedPayment> LinkAsync(CoolPayPayment payment, PaymentRequest request, CoolPayLinkRequest body, CoolPaySettings settings, CancellationToken cancellationToken)
    {
        if (payment is not { Id: { } number, OrderId: { } orderId })
            throw new GatewayException(GatewayFault.BadAnswer, "the create response has no id or order_id");
        if (orderId != request.Reference || payment.Currency is { } currency && !string.Equals(currency, request.Amount.Currency, StringComparison.OrdinalIgnoreCase))
            throw new GatewayException(GatewayFault.BadAnswer, "the create response has a different order_id or currency than the request");

        // Without a link, nobody can pay: if the link is refused, no payable payment exists.
        var id = ToId(number);
        var link = await _client.LinkAsync(id, body, settings, cancellationToken);
        return Uri.TryCreate(link.Url, UriKind.Absolute, out var page)
            ? new CreatedPayment(id, page, payment.State ?? string.Empty)
            : throw new GatewayException(GatewayFault.BadAnswer, "the link response has no url");
    }

    /// <summary>
    /// The order_id exists: the response to an earlier copy of this call was lost, so its payment is continued. From here on, a failure is
    /// ambiguous: that payment may already have been paid.
    /// </summary>
    private async Task<CreatedPayment> ResumeAsync(PaymentRequest request, CoolPayLinkRequest link, CoolPaySettings settings, GatewayException duplicate, CancellationToken cancellationToken)
    {
        try
        {
            if (await FindByOrderIdAsync(request.Reference, settings, cancellationToken) is { } payment)
                return await LinkAsync(payment, request, link, settings, cancellationToken);
        }
        catch (GatewayException exception) when (exception.CreatedNothing)
        {
            throw new GatewayException(GatewayFault.BadAnswer, $"the order_id exists, and then: {exception.Message}", exception);
        }
        throw duplicate;
    }

    /// <summary>The error's form is not documented, so it must contain order_id and one of the words. After a false match, no payment is found.</summary>
    private static bool IsDuplicateOrderId(GatewayException exception) =>
        exception is { Fault: GatewayFault.Refused, Answer: { } answer } && answer.Contains("order_id", StringComparison.OrdinalIgnoreCase)
        && _duplicateWords.Any(word => answer.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null if there is none. A list of other payments is inconclusive: only QuickPay documents the filter, so CoolPay may have ignored it.</summary>
    private async Task<CoolPayPayment?> FindByOrderIdAsync(string orderId, CoolPaySettings settings, CancellationToken cancellationToken)
    {
        if (await _client.PaymentsAsync(orderId, settings, cancellationToken) is not ({ } payments, > 0))
            return null;

        return payments.FirstOrDefault(payment => payment.OrderId == orderId)
            ?? throw new GatewayException(GatewayFault.BadAnswer, "the list holds other payments than the requested one");
    }

    private static ProviderPayment ToProviderPayment(CoolPayPayment found, Money quoted, CoolPaySettings settings)
    {
        if (found is not { Id: { } number, OrderId: { } orderId, Currency: { } currency, State: { } state })
            throw new GatewayException(GatewayFault.BadAnswer, "the payment has no id, order_id, currency or state");
        if (!CoolPayOperations.HasDocumentedAmounts(found))
            throw new GatewayException(GatewayFault.BadAnswer, "the payment has an amount above the documented maximum");

        var captured = CoolPayOperations.Sum(found, CoolPayOperations.Capture);
        return new ProviderPayment
        {
            Status = CoolPayOperations.ToStatus(found, settings.AcceptTest),
            StatusText = found.TestMode == true ? $"{state} (test_mode)" : state,
            Reference = orderId,
            ExternalId = ToId(number),
            Answer = GatewayJson.Write(found with { Link = null }),
            Amount = AmountOf(found, currency, captured, quoted),
            Received = captured > 0 ? CoolPayOperations.FromMinorUnits(captured, currency) : null,
            Refunded = CoolPayOperations.FromMinorUnits(CoolPayOperations.Sum(found, CoolPayOperations.Refund), currency)
        };
    }

    /// <summary>Needed if the create response was lost; null without an allowed redirect.</summary>
    private Uri? PageOf(CoolPayPayment found, GatewaySettings settings) =>
        Uri.TryCreate(found.Link?.Url, UriKind.Absolute, out var page) && Descriptor.IsAllowedRedirect(page, settings) ? page : null;

    /// <summary>
    /// Before a capture, the authorized amount: an order must not ship for less than quoted. Otherwise the link's amount. Without a link, nothing
    /// is requested yet, and only the currency can contradict the quote.
    /// </summary>
    private static Money AmountOf(CoolPayPayment found, string currency, decimal captured, Money quoted) => found.Link?.Amount switch
    {
        _ when captured == 0 && CoolPayOperations.IsAuthorized(found) => CoolPayOperations.FromMinorUnits(CoolPayOperations.Sum(found, CoolPayOperations.Authorize), currency),
        { } amount => CoolPayOperations.FromMinorUnits(amount, currency),
        null => quoted with { Currency = currency }
    };

    private async Task<OperationResult> OperateAsync(string type, long? minor, OperationRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var own = new CoolPaySettings(settings);
        var id = request.Payment.ExternalId
            ?? ((await FindByOrderIdAsync(request.Payment.Reference, own, cancellationToken))?.Id is { } number ? ToId(number) : null)
            ?? throw new GatewayException(GatewayFault.Refused, "CoolPay does not know the payment");

        var payment = await _client.OperateAsync(id, type, minor is { } amount ? new CoolPayAmount(amount) : null, request.WebhookUrl, own, cancellationToken);
        if (payment.OrderId != request.Payment.Reference || CoolPayOperations.Last(payment, type, minor) is not { } operation)
            throw new GatewayException(GatewayFault.BadAnswer, $"the {type} response does not contain the operation");

        return operation switch
        {
            { Pending: true } => OperationResult.Accepted,
            _ when CoolPayOperations.IsApproved(operation) => OperationResult.Done,
            _ when CoolPayOperations.CodeOf(operation) is { } code => throw new GatewayException(GatewayFault.Refused,
                ExternalText.Excerpt($"{type} declined: {code} {CoolPayOperations.MessageOf(operation)}")),
            _ => throw new GatewayException(GatewayFault.BadAnswer, $"the {type} response has no status code")
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
        var body = new CoolPayLinkRequest { Amount = ToMinorUnits(request.Amount), Language = request.Language, PaymentMethods = settings.PaymentMethods };
        var autoCapture = settings.AutoCapture ? "true" : null;
        return settings.UsesJoinedLinkNames
            ? body with { JoinedContinueUrl = request.SuccessUrl, JoinedCancelUrl = request.FailureUrl, JoinedCallbackUrl = request.WebhookUrl, JoinedAutoCapture = autoCapture }
            : body with { ContinueUrl = request.SuccessUrl, CancelUrl = request.FailureUrl, CallbackUrl = request.WebhookUrl, AutoCapture = autoCapture };
    }

    private static long ToMinorUnits(Money amount) => CoolPayOperations.ToMinorUnits(amount)
        ?? throw new GatewayException(GatewayFault.Refused, $"not sent: {amount} is not a whole number of 1 to 9 digits in minor units");

    private static string ToId(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Interprets the state and operations of a payment.
/// </summary>
internal static class CoolPayOperations
{
    public const string Authorize = "authorize";
    public const string Capture = "capture";
    public const string Refund = "refund";
    public const string Cancel = "cancel";

    /// <summary>The status code of an approved operation; every other code is a refusal.</summary>
    private const string Approved = "20000";

    /// <summary>
    /// The operations determine the status; the state counts only where they say nothing. Unless the owner accepts test payments, a payment with
    /// a test card has failed whatever its state, because no funds move.
    /// </summary>
    public static ProviderStatus ToStatus(CoolPayPayment payment, bool acceptTest)
    {
        var status = ToStatus(payment);
        return payment.TestMode != true || acceptTest || status is ProviderStatus.Waiting or ProviderStatus.Canceled or ProviderStatus.Unknown ? status : ProviderStatus.Failed;
    }

    private static ProviderStatus ToStatus(CoolPayPayment payment) => (State: payment.State?.ToLowerInvariant(), Sum(payment, Capture), Sum(payment, Refund)) switch
    {
        ({ } state, _, _) when state is not ("initial" or "pending" or "new" or "rejected" or "processed") => ProviderStatus.Unknown,
        (_, > 0m and var captured, > 0m and var refunded) => refunded < captured ? ProviderStatus.PartiallyRefunded : ProviderStatus.Refunded,
        // Less than the authorized amount was captured, and the rest may be lost.
        (_, > 0m and var captured, _) when captured < Math.Max(Sum(payment, Authorize), payment.Link?.Amount ?? 0m) => ProviderStatus.Underpaid,
        (_, > 0m, _) => ProviderStatus.Completed,
        _ when IsCanceled(payment) => ProviderStatus.Canceled,
        _ when IsAuthorized(payment) => ProviderStatus.Authorized,
        ("initial", _, _) => ProviderStatus.Waiting,
        ("pending", _, _) => ProviderStatus.Confirming,
        // The card page stays open, so a later check may find another card authorized.
        ("rejected", _, _) => ProviderStatus.Failed,
        // A state that no operation confirms.
        _ => ProviderStatus.Unknown
    };

    /// <summary>True if the payment is or was authorized.</summary>
    public static bool IsAuthorized(CoolPayPayment payment) => payment.Accepted == true && Sum(payment, Authorize) > 0;

    /// <summary>The sum of a type's approved operations in minor units; an operation that is listed twice counts once.</summary>
    public static decimal Sum(CoolPayPayment payment, string type) =>
        Operations(payment).Where(operation => IsOfType(operation, type) && IsApproved(operation)).DistinctBy(operation => operation.Id).Sum(operation => operation.Amount ?? 0m);

    /// <summary>True if no amount exceeds the documented maximum, so that sums cannot overflow.</summary>
    public static bool HasDocumentedAmounts(CoolPayPayment payment) =>
        Operations(payment).Select(operation => operation.Amount).Append(payment.Link?.Amount).All(amount => amount is null or <= MaxMinorUnits);

    /// <summary>The latest operation; null if there is none.</summary>
    public static CoolPayOperation? Last(CoolPayPayment payment) => Operations(payment).MaxBy(operation => operation.Id ?? 0);

    /// <summary>The latest operation of a type and, if given, amount; null if there is none.</summary>
    public static CoolPayOperation? Last(CoolPayPayment payment, string type, decimal? amount) =>
        Operations(payment).Where(operation => IsOfType(operation, type) && (amount is null || operation.Amount == amount)).MaxBy(operation => operation.Id ?? 0);

    public static bool IsApproved(CoolPayOperation operation) => operation.Pending == false && CodeOf(operation) == Approved;

    public static string? CodeOf(CoolPayOperation operation) => operation.QpStatusCode ?? operation.CpStatusCode;

    public static string? MessageOf(CoolPayOperation operation) => operation.QpStatusMessage ?? operation.CpStatusMessage;

    /// <summary>Converts to minor units; null unless the result is a positive whole number of up to 9 digits.</summary>
    public static long? ToMinorUnits(Money money)
    {
        if (money.Amount is <= 0 or > MaxMinorUnits)
            return null;

        var minor = money.Amount * UnitsOf(money.Currency);
        return minor <= MaxMinorUnits && decimal.IsInteger(minor) ? (long)minor : null;
    }

    public static Money FromMinorUnits(decimal minor, string currency) => new(minor / UnitsOf(currency), currency);

    /// <summary>The documented maximum: nine digits.</summary>
    private const decimal MaxMinorUnits = 999_999_999m;

    /// <summary>Minor units per unit of the currency.</summary>
    private static decimal UnitsOf(string currency) => CurrencyDecimals.Of(currency) switch { 0 => 1m, 3 => 1000m, 4 => 10_000m, _ => 100m };

    private static bool IsCanceled(CoolPayPayment payment) => Operations(payment).Any(operation => IsOfType(operation, Cancel) && IsApproved(operation));

    private static bool IsOfType(CoolPayOperation operation, string type) => string.Equals(operation.Type, type, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<CoolPayOperation> Operations(CoolPayPayment payment) => (payment.Operations ?? []).OfType<CoolPayOperation>();
}
