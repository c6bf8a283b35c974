using Nop.Core.Domain.Orders;
using Nop.Services.Logging;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

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
