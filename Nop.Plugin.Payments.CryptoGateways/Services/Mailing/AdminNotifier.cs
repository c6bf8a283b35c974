using Nop.Core.Domain.Orders;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Mails the store's owner what needs a person, by a message template that the owner can edit.
/// </summary>
public class AdminNotifier(MailSender sender)
{
    /// <summary>The token of what happened, beside the platform's tokens of store and order.</summary>
    private const string MessageToken = "CryptoPayment.Message";

    /// <summary>The tokens that the platform's template editor offers.</summary>
    public static readonly string[] AllowedTokens = [$"%{MessageToken}%"];

    /// <summary>Queues the mail; nothing when the owner switched the template off.</summary>
    public Task NotifyAsync(Order order, string message, int languageId) =>
        sender.SendAsync(Mail.Attention, order, languageId, [new Token(MessageToken, message)], to: null);

    /// <summary>The same about a gateway.</summary>
    public Task NotifyAsync(string message, int languageId) =>
        sender.SendAsync(Mail.Gateway, null, languageId, [new Token(MessageToken, message)], to: null);
}
