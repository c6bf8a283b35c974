using System.Globalization;
using Nop.Core.Domain.Messages;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Logging;
using Nop.Services.Messages;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

/// <summary>
/// Tells the shopper by mail what became of a payment, once for each cause: paid, less than asked for, out of time. A mail says
/// what the attempt's pay page says when it is queued; when that has changed meanwhile, or another attempt took this one's place,
/// there is no mail. For callers that hold the order's lease.
/// </summary>
public class ShopperNotifications(PaymentEventService events, PaymentSummaryReader summaries, NotificationRecipients recipients, PaymentLinks links, NotificationSender sender, ILogger logger)
{
    private const string PageUrl = "CryptoPayment.PageUrl", AskedFor = "CryptoPayment.AskedFor", Received = "CryptoPayment.Received", Missing = "CryptoPayment.Missing", Surplus = "CryptoPayment.Surplus";

    /// <summary>The tokens that the platform's template editor offers.</summary>
    public static readonly string[] AllowedTokens = [$"%{PageUrl}%", $"%{AskedFor}%", $"%{Received}%", $"%{Missing}%", $"%{Surplus}%"];

    /// <summary>What a decision is worth a mail; null for most.</summary>
    /// <param name="before">The attempt's status until now.</param>
    /// <param name="decision">What was decided.</param>
    public static Notification? NotificationFor(CryptoPaymentStatus before, PaymentDecision decision) => decision switch
    {
        // The platform mails that the order is cancelled.
        { CancelOrder: true } => null,
        _ when decision.Status == before => null,
        { Status: Paid } => Notification.Paid,
        { Status: Overpaid } => Notification.Overpaid,
        { Status: Underpaid } => Notification.Underpaid,
        { Status: Expired } => Notification.Expired,
        _ => null
    };

    /// <summary>Queues what is owed about a payment. A failure keeps nobody from paying.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="snapshot">The order's attempts and events.</param>
    /// <param name="isLastTry">What cannot be queued is given up, and the owner reads why in the log; otherwise the task tries again.</param>
    public async Task SendPendingAsync(CryptoPayment payment, OrderSnapshot snapshot, bool isLastTry)
    {
        foreach (var owed in snapshot.PendingNotificationsOf(payment))
        {
            try
            {
                await events.CompleteAsync(owed, await SendAsync(payment, snapshot, Notification.All.First(mail => mail.Text == owed.Name)));
            }
            catch (Exception exception) when (isLastTry)
            {
                await logger.ErrorAsync($"Order {payment.OrderId}: the mail \"{owed.Name}\" could not be queued", exception);
                await events.CompleteAsync(owed, PaymentEventOutcome.Failed);
            }
            catch (Exception)
            {
                // The schedule task tries once more.
            }
        }
    }

    /// <summary>Why no mail was queued; null when one was.</summary>
    private async Task<string?> SendAsync(CryptoPayment payment, OrderSnapshot snapshot, Notification mail)
    {
        var (current, order, summary) = await summaries.OfAsync(payment, snapshot.Attempts);
        if (order is null || !IsTrue(mail, summary.State))
            return PaymentEventOutcome.Outdated;
        if (mail == Notification.Paid && await sender.IsActiveAsync(MessageTemplateSystemNames.ORDER_PAID_CUSTOMER_NOTIFICATION, order.StoreId))
            return PaymentEventOutcome.SentByStore;
        if (await recipients.OfAsync(order) is not { } recipient)
            return PaymentEventOutcome.NoAddress;

        var culture = CultureInfo.GetCultureInfo(recipient.Culture);
        var tokens = new Token[]
        {
            new(PageUrl, await links.OfAsync(current), true),
            new(AskedFor, Text(summary.Expected)),
            new(Received, Text(summary.Received)),
            new(Missing, Text(summary.Remaining)),
            new(Surplus, Text(summary.Surplus))
        };
        return await sender.SendAsync(mail, order, recipient.LanguageId, tokens, (recipient.Email, recipient.Name)) ? null : PaymentEventOutcome.SwitchedOff;

        string Text(Money? money) => money is { } amount ? summary.Named(amount).ToString(culture) : string.Empty;
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
/// Sends the mails that a crash, or a failure, left owed. The schedule task calls it.
/// </summary>
public class PendingNotifications(PaymentEventService events, ShopperNotifications mails, OrderLock leases, AttemptWriter attempts)
{
    public async Task SendAsync()
    {
        foreach (var paymentId in await events.PaymentsWithPendingNotificationsAsync())
        {
            // Who holds the lease is about to send them, or the next run does.
            if (await attempts.ReadAsync(paymentId) is not { } payment || await leases.AcquireAsync(payment.OrderId, TimeSpan.Zero) is not { } lease)
                continue;

            try
            {
                await mails.SendPendingAsync(payment, await attempts.ReadOrderAsync(payment.OrderId), isLastTry: true);
            }
            finally
            {
                await leases.ReleaseAsync(lease);
            }
        }
    }
}
