namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// One setting of a gateway. Its texts are Plugins.Payments.CryptoGateways.Gateways.{gateway}.{name} and the same with .Hint.
/// </summary>
public sealed record SettingField(string Name, SettingKind Kind)
{
    /// <summary>The value that counts until the owner saves another.</summary>
    public string Default { get; init; } = string.Empty;

    /// <summary>Without it the gateway is incomplete and not offered.</summary>
    public bool Required { get; init; }

    /// <summary>Whether <see cref="Required"/> counts beside the other settings: false for a key of a contract that the owner did not choose.</summary>
    public Func<GatewaySettings, bool> RequiredWhen { get; init; } = _ => true;

    /// <summary>False for a value that has not the form which the field's hint describes; it comes on top of what the kind demands.</summary>
    public Func<string, bool> IsWellFormed { get; init; } = _ => true;

    /// <summary>For a secret: the setting that holds the address it is sent to; null for the API's address.</summary>
    public string? SentTo { get; init; }

    /// <summary>A secret with which webhooks are verified: once it is replaced, the previous one still verifies them for a while.</summary>
    public bool VerifiesWebhooks { get; init; }

    /// <summary>Values to choose from; the text of one is the field's text key + "." + value, or the value itself for coins.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}

/// <summary>
/// How a setting is edited, checked and stored.
/// </summary>
public enum SettingKind
{
    /// <summary>Encrypted at rest, written but never shown.</summary>
    Secret,

    /// <summary>https, or http to this machine.</summary>
    Url,

    /// <summary>"true" or "false".</summary>
    Flag,

    /// <summary>One of <see cref="SettingField.Options"/>.</summary>
    Choice,

    /// <summary>Any number of <see cref="SettingField.Options"/>, separated by commas.</summary>
    Choices,

    /// <summary>One line of text.</summary>
    Text,

    /// <summary>Several lines of text, such as a table that the owner keeps.</summary>
    Lines,

    /// <summary>A number of 0 or more with a point for the decimals.</summary>
    Number
}
