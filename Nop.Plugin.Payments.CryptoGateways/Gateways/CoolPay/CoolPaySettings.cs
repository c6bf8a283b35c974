namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoolPay;

/// <summary>
/// The settings of CoolPay: their fields and typed values.
/// </summary>
public sealed class CoolPaySettings(GatewaySettings settings)
{
    public const string ApiKeyField = "ApiKey";
    public const string PrivateKeyField = "PrivateKey";
    public const string BaseUrlField = "BaseUrl";
    public const string CoinsField = "Coins";
    public const string AutoCaptureField = "AutoCapture";
    public const string PaymentMethodsField = "PaymentMethods";
    public const string AcceptTestField = "AcceptTest";
    public const string LinkNamesField = "LinkNames";

    /// <summary>The code of the payment option: card entry on CoolPay's page.</summary>
    public const string Card = "CARD";

    /// <summary>continue_url, cancel_url, callback_url, auto_capture.</summary>
    public const string LinkNamesUnderscore = "underscore";

    /// <summary>continueurl, cancelurl, callbackurl, autocapture.</summary>
    public const string LinkNamesJoined = "joined";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(ApiKeyField, SettingKind.Secret) { Required = true },
        new(PrivateKeyField, SettingKind.Secret) { Required = true, VerifiesWebhooks = true },
        new(BaseUrlField, SettingKind.Url) { Default = "https://api.coolpay.com", Required = true },
        new(CoinsField, SettingKind.Choices) { Default = Card, Required = true, Options = [Card] },
        new(AutoCaptureField, SettingKind.Flag) { Default = "false" },
        new(PaymentMethodsField, SettingKind.Text) { IsWellFormed = value => value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '!' or ',' or ' ') },
        new(AcceptTestField, SettingKind.Flag) { Default = "false" },
        new(LinkNamesField, SettingKind.Choice) { Default = LinkNamesUnderscore, Options = [LinkNamesUnderscore, LinkNamesJoined] }
    ];

    /// <summary>The password of Basic authentication; the user name is empty.</summary>
    public string ApiKey => settings.Text(ApiKeyField);

    /// <summary>The account's private key, which signs callbacks. It differs from the API key.</summary>
    public string PrivateKey => settings.Text(PrivateKeyField);

    public Uri BaseUrl => new(settings.Text(BaseUrlField).TrimEnd('/') + "/");

    /// <summary>Captures the payment as soon as it is authorized.</summary>
    public bool AutoCapture => settings.Flag(AutoCaptureField);

    /// <summary>The payment methods on CoolPay's page, in CoolPay's notation; null for all of the account.</summary>
    public string? PaymentMethods => ExternalText.FirstNonEmpty(settings.Text(PaymentMethodsField));

    /// <summary>True if payments with test cards pay orders.</summary>
    public bool AcceptTest => settings.Flag(AcceptTestField);

    public bool UsesJoinedLinkNames => settings.Text(LinkNamesField) == LinkNamesJoined;
}
