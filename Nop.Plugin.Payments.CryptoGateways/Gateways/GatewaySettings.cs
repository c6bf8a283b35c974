using System.Globalization;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A gateway's settings as they count for one store, secrets in the clear: never log or show it.
/// </summary>
public sealed class GatewaySettings(GatewayDescriptor descriptor, IReadOnlyDictionary<string, string> values)
{
    /// <summary>Setting, beside the declared ones, that says whether the gateway is offered.</summary>
    public const string Enabled = "Enabled";

    /// <summary>Settings, beside the declared ones, of a fee that the store adds when the provider itself charges none to the shopper.</summary>
    public const string FeePercent = "FeePercent";

    /// <inheritdoc cref="FeePercent"/>
    public const string FeeAmount = "FeeAmount";

    public bool IsEnabled => values.GetValueOrDefault(Enabled) == FlagOn;

    /// <summary>Stored form of a flag that is set.</summary>
    public const string FlagOn = "true";

    public string Text(string field) =>
        values.TryGetValue(field, out var value) ? value : descriptor.Fields.FirstOrDefault(f => f.Name == field)?.Default ?? string.Empty;

    /// <summary>A number; 0 when there is none.</summary>
    public decimal Number(string field) => NumberIn(Text(field));

    /// <summary>A number in its stored form; 0 when it is none.</summary>
    public static decimal NumberIn(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0m;

    public bool Flag(string field) => Text(field) == FlagOn;

    public IReadOnlyList<string> List(string field) => Split(Text(field));

    /// <summary>The same with another value of one setting.</summary>
    public GatewaySettings With(string field, string value) => new(descriptor, new Dictionary<string, string>(values) { [field] = value });

    /// <summary>The coins that the owner chose to offer.</summary>
    public IEnumerable<CoinDescriptor> Coins => descriptor.Coins.Where(coin => List(descriptor.CoinsField).Contains(coin.Code));

    /// <summary>The required fields that have no value yet, or none that can be read.</summary>
    public IReadOnlyList<SettingField> Missing() =>
        [.. descriptor.Fields.Where(field => field.Required && field.RequiredWhen(this) && Text(field.Name).Length == 0)];

    public bool IsComplete => Missing().Count == 0;

    /// <summary>The same keys and addresses: the provider answers both alike.</summary>
    /// <param name="other">The settings of another store.</param>
    public bool IsSameAccountAs(GatewaySettings other) => other.Descriptor.SystemName == descriptor.SystemName
        && descriptor.Fields.Where(field => field.Name != descriptor.CoinsField).All(field => Text(field.Name) == other.Text(field.Name));

    private GatewayDescriptor Descriptor => descriptor;

    /// <summary>Values of a list setting from its stored form.</summary>
    public static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
