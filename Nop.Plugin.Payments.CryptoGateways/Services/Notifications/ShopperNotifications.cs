using System.Globalization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Logging;
using Nop.Services.Messages;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

/// <summary>
/// E-mails the shopper once when a payment is paid, overpaid, underpaid or expired. An e-mail says what the payment page
/// says when it is queued; an e-mail that is no longer true is not sent.
/// For callers that hold the order's lease.
/// </summary>
public class ShopperNotifications(PaymentEventService events, PaymentSummaryReader summaries, NotificationRecipients recipients, PaymentLinks links, NotificationSender sender, ILogger logger)
{
    private const string PageUrl = "CryptoPayment.PageUrl", ReceiptUrl = "CryptoPayment.ReceiptUrl", AmountRequested = "CryptoPayment.AmountRequested", Received = "CryptoPayment.Received", AmountRemaining = "CryptoPayment.AmountRemaining", Surplus = "CryptoPayment.Surplus";

    /// <summary>The tokens that the platform's template editor offers.</summary>
    public static readonly string[] AllowedTokens = [$"%{PageUrl}%", $"%{ReceiptUrl}%", $"%{AmountRequested}%", $"%{Received}%", $"%{AmountRemaining}%", $"%{Surplus}%"];

    /// <summary>The e-mail that a decision causes; null for none.</summary>
    /// <param name="before">The attempt's status before the decision.</param>
    /// <param name="decision">The decision.</param>
    public static Notification? NotificationFor(CryptoPaymentStatus before, PaymentDecision decision) => decision switch
    {
        // The platform e-mails that the order is cancelled.
        { CancelOrder: true } => null,
        _ when decision.Status == before => null,
        { Status: Paid } => Notification.Paid,
        { Status: Overpaid } => Notification.Overpaid,
        { Status: Underpaid } => Notification.Underpaid,
        { Status: Expired } => Notification.Expired,
        _ => null
    };

    /// <summary>Queues the pending e-mails of a payment. A failure stops no payment.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="snapshot">The order's attempts and events.</param>
    /// <param name="isLastTry">Give up an e-mail that cannot be queued and log the reason; otherwise the task tries again.</param>
    public async Task SendPendingAsync(CryptoPayment payment, OrderSnapshot snapshot, bool isLastTry)
    {
        foreach (var pending in snapshot.PendingNotificationsOf(payment))
        {
            try
            {
                await events.CompleteAsync(pending, await SendAsync(payment, snapshot, Notification.All.First(mail => mail.Text == pending.Name)));
            }
            catch (Exception exception) when (isLastTry)
            {
                await logger.ErrorAsync($"Order {payment.OrderId}: the e-mail \"{pending.Name}\" could not be queued", exception);
                await events.CompleteAsync(pending, PaymentEventOutcome.Failed);
            }
            catch (Exception)
            {
                // The schedule task tries again.
            }
        }
    }

    /// <summary>Why no e-mail was queued; null when one was.</summary>
    private async Task<PaymentEventOutcome?> SendAsync(CryptoPayment payment, OrderSnapshot snapshot, Notification mail)
    {
        var (current, order, summary) = await summaries.OfAsync(payment, snapshot.Attempts);
        if (order is null || !IsTrue(mail, summary.State))
            return PaymentEventOutcome.Outdated;
        if (mail == Notification.Paid && await sender.IsActiveAsync(MessageTemplateSystemNames.ORDER_PAID_CUSTOMER_NOTIFICATION, order.StoreId))
            return PaymentEventOutcome.SentByStore;
        if (await recipients.OfAsync(order) is not { } recipient)
            return PaymentEventOutcome.NoAddress;

        var culture = CultureInfo.GetCultureInfo(recipient.Culture);
        var page = await links.OfAsync(current);
        var tokens = new Token[]
        {
            new(PageUrl, page, true),
            new(ReceiptUrl, page.Length == 0 ? page : $"{page}/receipt", true),
            new(AmountRequested, Text(summary.Expected)),
            new(Received, Text(summary.Received)),
            new(AmountRemaining, Text(summary.Remaining)),
            new(Surplus, Text(summary.Surplus)),
            // Templates of stores that installed an early build have these two names.
            new("CryptoPayment.AskedFor", Text(summary.Expected)),
            new("CryptoPayment.Missing", Text(summary.Remaining))
        };
        return await sender.SendAsync(mail, order, recipient.LanguageId, tokens, (recipient.Email, recipient.Name)) ? null : PaymentEventOutcome.SwitchedOff;

        string Text(Money? money) => money is { } amount ? summary.Named(amount).ToLocalString(culture) : string.Empty;
    }

    private static bool IsTrue(Notification mail, PaymentState state) => state switch
    {
        PaymentState.Paid => mail == Notification.Paid,
        PaymentState.Overpaid => mail == Notification.Overpaid,
        PaymentState.Underpaid => mail == Notification.Underpaid,
        PaymentState.Expired => mail == Notification.Expired,
        _ => false
    };
}

/// <summary>
/// E-mails the store owner about what needs attention, by an editable message template. A broken template stops
/// nothing: the order note, the log and the dashboard say the same.
/// </summary>
public class AdminNotifications(NotificationSender sender, ILogger logger)
{
    /// <summary>The token with the message, in addition to the platform's store and order tokens.</summary>
    private const string MessageToken = "CryptoPayment.Message";

    /// <summary>The tokens that the platform's template editor offers.</summary>
    public static readonly string[] AllowedTokens = [$"%{MessageToken}%"];

    /// <summary>Queues the e-mail, unless the owner switched the template off.</summary>
    public Task NotifyAsync(Order order, string message, int languageId) =>
        SendAsync(Notification.Attention, order, message, languageId);

    /// <summary>Queues an e-mail about a gateway.</summary>
    public Task NotifyAsync(string message, int languageId) =>
        SendAsync(Notification.Gateway, null, message, languageId);

    private async Task SendAsync(Notification mail, Order? order, string message, int languageId)
    {
        try
        {
            await sender.SendAsync(mail, order, languageId, [new Token(MessageToken, message)], to: null);
        }
        catch (Exception exception)
        {
            await logger.ErrorAsync($"The e-mail \"{mail.Text}\" to the store owner could not be queued", exception);
        }
    }
}
