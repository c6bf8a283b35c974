using Nop.Core.Domain.Orders;
using Nop.Services.Logging;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Notifications;

/// <summary>
/// Mails the store's owner what needs a person, by a message template that the owner can edit. A template that was broken holds up
/// nothing: notes, log and dashboard tell it too.
/// </summary>
public class AdminNotifications(NotificationSender sender, ILogger logger)
{
    /// <summary>The token of what happened, beside the platform's tokens of store and order.</summary>
    private const string MessageToken = "CryptoPayment.Message";

    /// <summary>The tokens that the platform's template editor offers.</summary>
    public static readonly string[] AllowedTokens = [$"%{MessageToken}%"];

    /// <summary>Queues the mail; nothing when the owner switched the template off.</summary>
    public Task NotifyAsync(Order order, string message, int languageId) =>
        SendAsync(Notification.Attention, order, message, languageId);

    /// <summary>The same about a gateway.</summary>
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
            await logger.ErrorAsync($"The mail \"{mail.Text}\" to the store's owner could not be made", exception);
        }
    }
}
