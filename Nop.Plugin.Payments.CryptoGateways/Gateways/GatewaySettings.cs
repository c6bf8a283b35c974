using System.Globalization;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A gateway's effective settings for one store, with decrypted secrets. Never log or display them.
/// </summary>
public sealed class GatewaySettings(GatewayDescriptor descriptor, IReadOnlyDictionary<string, string> values)
{
    /// <summary>The setting that offers the gateway at checkout, in addition to the declared ones.</summary>
    public const string Enabled = "Enabled";

    /// <summary>The settings of the store's own payment fee, in addition to the declared ones, if the provider cannot charge its fee to the shopper.</summary>
    public const string FeePercent = "FeePercent";

    /// <inheritdoc cref="FeePercent"/>
    public const string FeeAmount = "FeeAmount";

    public bool IsEnabled => values.GetValueOrDefault(Enabled) == FlagOn;

    /// <summary>The stored form of a flag that is set.</summary>
    public const string FlagOn = "true";

    public string Text(string field) =>
        values.TryGetValue(field, out var value) ? value : descriptor.Fields.FirstOrDefault(f => f.Name == field)?.Default ?? string.Empty;

    /// <summary>A number; 0 if empty or invalid.</summary>
    public decimal Number(string field) => NumberIn(Text(field));

    /// <summary>Parses the stored form of a number; 0 if invalid.</summary>
    public static decimal NumberIn(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0m;

    public bool Flag(string field) => Text(field) == FlagOn;

    public IReadOnlyList<string> List(string field) => Split(Text(field));

    /// <summary>A copy with another value of one setting.</summary>
    public GatewaySettings With(string field, string value) => new(descriptor, new Dictionary<string, string>(values) { [field] = value });

    /// <summary>The coins that the owner offers.</summary>
    public IEnumerable<CoinDescriptor> Coins => descriptor.Coins.Where(coin => List(descriptor.CoinsField).Contains(coin.Code));

    /// <summary>The required fields without a readable value.</summary>
    public IReadOnlyList<SettingField> Missing() =>
        [.. descriptor.Fields.Where(field => field.Required && field.RequiredWhen(this) && Text(field.Name).Length == 0)];

    public bool IsComplete => Missing().Count == 0;

    /// <summary>True if both have the same keys and addresses, so that the provider answers both alike.</summary>
    /// <param name="other">The settings of another store.</param>
    public bool IsSameAccountAs(GatewaySettings other) => other.Descriptor.SystemName == descriptor.SystemName
        && descriptor.Fields.Where(field => field.Name != descriptor.CoinsField).All(field => Text(field.Name) == other.Text(field.Name));

    private GatewayDescriptor Descriptor => descriptor;

    /// <summary>Parses the stored form of a list.</summary>
    public static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>
/// A setting of a gateway. Its texts are Plugins.Payments.CryptoGateways.Gateways.{gateway}.{name} and the same with .Hint.
/// </summary>
public sealed record SettingField(string Name, SettingKind Kind)
{
    /// <summary>The value until the owner saves another.</summary>
    public string Default { get; init; } = string.Empty;

    /// <summary>Without a value, the gateway is incomplete and not offered.</summary>
    public bool Required { get; init; }

    /// <summary>Restricts <see cref="Required"/> depending on other settings: false, for instance, for a key of an API that is not selected.</summary>
    public Func<GatewaySettings, bool> RequiredWhen { get; init; } = _ => true;

    /// <summary>Validates the form described in the field's hint, in addition to the rules of its kind.</summary>
    public Func<string, bool> IsWellFormed { get; init; } = _ => true;

    /// <summary>The largest value of a number.</summary>
    public decimal Maximum { get; init; } = decimal.MaxValue;

    /// <summary>The most characters that a value may have.</summary>
    public int MaximumLength => Kind == SettingKind.Lines ? 4000 : 500;

    /// <summary>For a secret: the setting with the URL that receives it; null for the API's base URL.</summary>
    public string? SentTo { get; init; }

    /// <summary>True for a secret that verifies webhooks. After a change, the previous secret remains valid for a while.</summary>
    public bool VerifiesWebhooks { get; init; }

    /// <summary>The values to choose from. The text of a value is the field's key + "." + value; for coins, the value itself.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}

/// <summary>
/// How a setting is edited, validated and stored.
/// </summary>
public enum SettingKind
{
    /// <summary>Encrypted at rest; can be changed but is never displayed.</summary>
    Secret,

    /// <summary>An https URL, or http to this machine.</summary>
    Url,

    /// <summary>"true" or "false".</summary>
    Flag,

    /// <summary>One of <see cref="SettingField.Options"/>.</summary>
    Choice,

    /// <summary>Any number of <see cref="SettingField.Options"/>, separated by commas.</summary>
    Choices,

    /// <summary>One line of text.</summary>
    Text,

    /// <summary>Several lines of text, such as a table maintained by the owner.</summary>
    Lines,

    /// <summary>A number of 0 or more with a decimal point.</summary>
    Number
}
