namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// A mail of the plugin. The platform keeps it as a message template, which the owner edits and switches on and off.
/// </summary>
/// <param name="Template">Name of the message template; never rename one.</param>
/// <param name="Text">Its first subject and body are the texts Plugins.Payments.CryptoGateways.Mail.{this}.Subject and .Body.</param>
public sealed record Mail(string Template, string Text)
{
    /// <summary>To the owner: something needs a person.</summary>
    public static readonly Mail Attention = new("CryptoGateways.PaymentNeedsAttention", "Attention");

    /// <summary>To the owner: a provider fails, or its webhooks are refused.</summary>
    public static readonly Mail Gateway = new("CryptoGateways.GatewayNeedsAttention", "Gateway");

    /// <summary>To the shopper: the payment arrived and the order is paid.</summary>
    public static readonly Mail Paid = new("CryptoGateways.Paid.CustomerNotification", "Paid");

    /// <summary>To the shopper: the order is paid, and more arrived than it owed.</summary>
    public static readonly Mail Overpaid = new("CryptoGateways.Overpaid.CustomerNotification", "Overpaid");

    /// <summary>To the shopper: less arrived than was asked for, and the rest can be paid.</summary>
    public static readonly Mail Underpaid = new("CryptoGateways.Underpaid.CustomerNotification", "Underpaid");

    /// <summary>To the shopper: nothing arrived in time, and the order can still be paid.</summary>
    public static readonly Mail Expired = new("CryptoGateways.Expired.CustomerNotification", "Expired");

    /// <summary>Every mail; each is installed switched on.</summary>
    public static readonly IReadOnlyList<Mail> All = [Attention, Gateway, Paid, Overpaid, Underpaid, Expired];

    public string SubjectText => $"{CryptoGatewaysDefaults.TextPrefix}Mail.{Text}.Subject";

    public string BodyText => $"{CryptoGatewaysDefaults.TextPrefix}Mail.{Text}.Body";
}
