using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Orders;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares one attempt to pay an order, as administrators see it.
/// </summary>
public class AttemptModelFactory(TimelineModelFactory timeline, Payouts payouts, SurplusRefunds surplus, GatewayRegistry registry, AttemptActionsModelFactory actions, PluginTexts texts)
{
    /// <summary>The attempt with all details, its timeline, and what the current administrator can do with it.</summary>
    public async Task<AttemptModel> PrepareAttemptModelAsync(CryptoPayment payment, PaymentSummary summary, Order order)
    {
        var zone = await texts.TimeZoneAsync();
        var model = Head(payment, summary, PaymentDetails.Of(payment, summary, order, CoinOf(payment), zone));
        model.Answer = payment.ProviderAnswer;
        model.Actions = await actions.PrepareAttemptActionsModelAsync(payment, summary, order);
        var mayAct = model.Actions.MayAct;
        if (mayAct && summary is { OwesSurplus: true, Surplus: { } over })
            (model.Actions.Surplus, model.Actions.CanRefundSurplus, model.Actions.IsSurplusOpen) = ($"{over}", surplus.CanRefund(payment), await surplus.IsOpenAsync(payment.Id));
        if (mayAct && registry.Find(payment.Gateway) is IPayoutGateway gateway && summary.HoldsFunds)
            model.Payout = await PayoutAsync(payment, order, gateway);
        if (payment.NetAmount is { } net && payment.NetCurrency == payment.PayCurrency && summary.HoldsFunds)
            model.FeePayer = net >= payment.PayAmount ? "Shopper" : "Store";
        model.Timeline = await timeline.PrepareAsync(payment.Id, mayAct);
        return model;
    }

    /// <summary>The attempt with the details that the order's own page shows.</summary>
    public async Task<AttemptModel> PrepareAttemptSummaryModelAsync(CryptoPayment payment, PaymentSummary summary, Order order) =>
        Head(payment, summary, PaymentDetails.Essentials(payment, summary, order, CoinOf(payment), await texts.TimeZoneAsync()));

    private AttemptModel Head(CryptoPayment payment, PaymentSummary summary, IList<PaymentDetailModel> details) => new()
    {
        Id = payment.Id,
        OrderId = payment.OrderId,
        Title = $"{payment.Attempt}. {registry.Find(payment.Gateway)?.Descriptor.Name ?? payment.Gateway}",
        State = $"{summary.State}",
        StateStyle = AdminText.StyleOf(summary.State),
        Facts = details
    };

    private CoinDescriptor? CoinOf(CryptoPayment payment) => registry.Find(payment.Gateway)?.Descriptor.Coins.FirstOrDefault(coin => coin.Code == payment.Coin);

    private async Task<PayoutModel> PayoutAsync(CryptoPayment payment, Order order, IPayoutGateway gateway)
    {
        var left = (await payouts.RefundableAsync(order)).Amount;
        return new PayoutModel
        {
            Amount = Money.NumberOf(payment.PriceAmount > 0 ? decimal.Round(payment.PayAmount * left / payment.PriceAmount, 8) : 0m),
            Currency = gateway.PayoutCurrencyOf(payment.Coin) ?? string.Empty,
            Refund = Money.NumberOf(left),
            FormKey = Guid.NewGuid().ToString("N"),
            Open = (await payouts.OpenAsync(payment.Id))?.Name
        };
    }
}

/// <summary>
/// Prepares what the current administrator can do with an attempt now. Only the attempt's own gateway counts; the platform's order page
/// asks the payment method as a whole. Each operation checks again before it acts.
/// </summary>
public class AttemptActionsModelFactory(GatewayRegistry registry, StoreUrls addresses, OrderReader orders, PaymentFactsReader facts,
    IOrderProcessingService orderProcessingService, IPermissionService permissionService)
{
    public async Task<AttemptActionsModel> PrepareAttemptActionsModelAsync(CryptoPayment payment, PaymentSummary summary, Order order)
    {
        var model = new AttemptActionsModel { Currency = payment.PriceCurrency, Refunded = Money.NumberOf(order.RefundedAmount) };
        var read = await facts.ReadStoredAsync(payment);
        if (await permissionService.AuthorizeAsync(CryptoGatewaysPermissions.SettleManually))
            model.CanSettleManually = PaymentDecision.DecideManually(read) is not null;
        model.MayAct = await permissionService.AuthorizeAsync(CryptoGatewaysPermissions.Act);
        if (!model.MayAct)
            return model;

        if (summary.AcceptsPayment || summary.State is PaymentState.Detected or PaymentState.Confirming)
            (model.PageUrl, model.CanRenewPage) = (payment.Address is null ? payment.CheckoutUrl : (await addresses.PayPageAsync(payment))?.AbsoluteUri, payment.Address is not null);

        if (read.PaidMarker == PaidMarker.Others)
            return model;

        var gateway = registry.Find(payment.Gateway);
        model.CanCapture = summary.State == PaymentState.Authorized && gateway is ICaptureGateway && await orderProcessingService.CanCaptureAsync(order);
        model.CanVoid = summary.State == PaymentState.Authorized && gateway is IVoidGateway && await orderProcessingService.CanVoidAsync(order);
        if (gateway is IRefundGateway && summary.HoldsFunds
            && await orders.RefundableAsync(order) is { Amount: > 0 } left && await orderProcessingService.CanPartiallyRefundAsync(order, order.OrderTotal - order.RefundedAmount))
            model.Refundable = Money.NumberOf(left.Amount);
        return model;
    }
}

/// <summary>
/// Prepares the timeline of an attempt in the administrator's language and time zone.
/// </summary>
public partial class TimelineModelFactory(PaymentEventService events, PluginTexts texts)
{
    /// <summary>All events of an attempt, newest first.</summary>
    /// <param name="paymentId">The attempt.</param>
    /// <param name="mayReplay">True when the administrator may reprocess webhooks.</param>
    public async Task<IList<TimelineRowModel>> PrepareAsync(int paymentId, bool mayReplay)
    {
        var zone = await texts.TimeZoneAsync();
        var rows = new List<TimelineRowModel>();
        foreach (var row in await events.AllAsync(paymentId))
        {
            var isWebhook = row.Kind == PaymentEventKind.Webhook;
            rows.Add(new TimelineRowModel(row.Id, AdminText.Time(row.CreatedOnUtc, zone)!, $"{row.Kind}", await TextAsync(row),
                isWebhook ? row.Body : null, row.ProcessedOnUtc is null, isWebhook && mayReplay, StatusesOf(row)));
        }
        return rows;
    }

    private static string[] StatusesOf(PaymentEvent row) => row.Kind switch
    {
        PaymentEventKind.StatusChange => row.Name?.Split(" > ") ?? [],
        PaymentEventKind.Notification => row.Name is { } status ? [status] : [],
        _ => []
    };

    private async Task<string?> TextAsync(PaymentEvent row)
    {
        var transaction = row.Kind is PaymentEventKind.ManuallySettled or PaymentEventKind.SurplusRefund ? row.Body : null;
        var text = string.Join(": ", new[] { await NameAsync(row), await OutcomeAsync(row), transaction }.Where(part => !string.IsNullOrEmpty(part)));
        return text.Length > 0 ? text : null;
    }

    private async Task<string?> NameAsync(PaymentEvent row) => row switch
    {
        { Name: null } or { Kind: PaymentEventKind.StatusChange or PaymentEventKind.Notification } => null,
        { Kind: PaymentEventKind.Operation } => await texts.GetAsync($"Event.Operation.{row.Name}"),
        { Kind: PaymentEventKind.ManuallySettled or PaymentEventKind.SurplusRefund } when Customer().Match(row.Name) is { Success: true } found =>
            found.Groups[1].Value + await texts.GetAsync("Event.Customer", found.Groups[2].Value),
        _ => row.Name
    };

    /// <summary>Rows of earlier versions hold English words; those without a code are shown as they are.</summary>
    private async Task<string?> OutcomeAsync(PaymentEvent row) =>
        Enum.TryParse<PaymentEventOutcome>(row.Outcome?.Replace(" ", string.Empty, StringComparison.Ordinal), ignoreCase: true, out var outcome)
            ? await texts.GetAsync($"Event.Outcome.{outcome}")
            : row.Outcome;

    /// <summary>An amount, if any, and the administrator's customer id.</summary>
    [GeneratedRegex("^(.*, )?customer ([0-9]+)$")]
    private static partial Regex Customer();
}

/// <summary>
/// The details of a payment in the order in which administrators read them. They contain no personal data.
/// </summary>
public static class PaymentDetails
{
    /// <summary>All details; unknown ones are left out.</summary>
    public static IList<PaymentDetailModel> Of(CryptoPayment payment, PaymentSummary summary, Order order, CoinDescriptor? coin, TimeZoneInfo zone) =>
        [.. All(payment, summary, order, coin, zone).Where(fact => fact.Value is { Length: > 0 }).Select(fact => Model(fact.Name, fact.Value!, coin?.BlockExplorer))];

    /// <summary>The details shown on the order's own page.</summary>
    public static IList<PaymentDetailModel> Essentials(CryptoPayment payment, PaymentSummary summary, Order order, CoinDescriptor? coin, TimeZoneInfo zone) =>
        [.. Of(payment, summary, order, coin, zone).Where(fact => fact.Name is "Reference" or "Price" or "Quoted" or "Received" or "Missing" or "Surplus" or "Transactions" or "ProviderStatus" or "Failure" or "Created" or "Paid")];

    private static IEnumerable<(string Name, string? Value)> All(CryptoPayment payment, PaymentSummary summary, Order order, CoinDescriptor? coin, TimeZoneInfo zone) =>
    [
        ("Reference", payment.Reference),
        ("ExternalId", payment.KnownExternalId),
        ("Price", $"{new Money(payment.PriceAmount, payment.PriceCurrency)}"),
        ("ShopperFee", order.PaymentMethodAdditionalFeeInclTax > 0 ? $"{new Money(order.PaymentMethodAdditionalFeeInclTax, payment.PriceCurrency)}" : null),
        ("Quoted", $"{payment.QuotedForDisplay}"),
        ("Rate", payment.Rate is { } rate ? $"1 {payment.QuotedForDisplay.Currency} = {rate}" : null),
        ("Coin", coin?.Name ?? payment.Coin),
        ("Due", payment.AmountToSend?.ToString()),
        ("Expected", summary.Expected == payment.QuotedForDisplay ? null : $"{summary.Expected}"),
        ("Received", summary.Received?.ToString()),
        ("Missing", summary.Remaining?.ToString()),
        ("Surplus", summary.Surplus?.ToString()),
        ("SurplusReturned", AdminText.Time(payment.SurplusReturnedOnUtc, zone)),
        ("Late", payment.LateAmount is { } late ? $"{summary.Expected with { Amount = late }}" : null),
        ("LateValue", payment.LateValue is { } value ? $"{new Money(decimal.Round(value, CurrencyDecimals.Of(payment.PriceCurrency), MidpointRounding.ToZero), payment.PriceCurrency)}" : null),
        ("Net", payment.Net?.ToString()),
        ("ProviderFee", summary.ProviderFee?.ToString()),
        ("Address", payment.Address),
        ("AddressTag", payment.AddressTag),
        ("Network", payment.Network ?? coin?.Network),
        ("Transactions", payment.TransactionIds),
        ("Confirmations", payment.ConfirmationsSeen is { } seen ? string.Create(CultureInfo.InvariantCulture, $"{seen} / {payment.ConfirmationsNeeded}") : null),
        ("ProviderStatus", payment.ProviderStatus),
        ("Failure", payment.FailureReason),
        ("Created", AdminText.Time(payment.CreatedOnUtc, zone)),
        ("QuoteExpires", AdminText.Time(payment.QuoteExpiresOnUtc, zone)),
        ("Expires", AdminText.Time(payment.ExpiresOnUtc, zone)),
        ("Paid", AdminText.Time(summary.PaidOnUtc, zone)),
        ("TimeToPaid", payment.SecondsToPaid is { } seconds ? AdminText.Duration(TimeSpan.FromSeconds(seconds)) : null),
        ("NextCheck", AdminText.Time(payment.NextCheckOnUtc, zone))
    ];

    /// <summary>Addresses and transactions are links where the chain is known.</summary>
    private static PaymentDetailModel Model(string name, string value, BlockExplorer? explorer) => new(name,
        [.. value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new FactLine(line, name switch
        {
            "Address" => explorer?.ToAddress(line),
            "Transactions" => explorer?.ToTransaction(line),
            _ => null
        }))]);
}
