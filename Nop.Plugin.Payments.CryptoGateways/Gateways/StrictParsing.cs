using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Newtonsoft.Json;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// Turns a provider's text into numbers and times. Anything that two readers could understand in two ways is refused: "0,00019532" is
/// 0.00019532 to some of them and 19532 to others.
/// </summary>
public static partial class StrictText
{
    /// <summary>
    /// An amount that is zero or more: digits, and a point before the decimals. Null for every other form, such as one with a sign, an
    /// exponent, separated thousands, needless zeros in front or blanks around it.
    /// </summary>
    public static decimal? Number(string text) =>
        NumberForm().IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A whole number, which may be below zero; null for every other form.</summary>
    public static int? Integer(string text) => IntegerForm().IsMatch(text) ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    /// <summary>A moment in the extended form of ISO 8601 with its offset; null for every other form, and for years that cannot be meant.</summary>
    public static DateTimeOffset? Time(string text) =>
        TimeForm().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && IsMeant(time) ? time : null;

    /// <summary>Seconds since 1970-01-01T00:00:00Z; null outside the years that can be meant, as for milliseconds.</summary>
    public static DateTimeOffset? UnixTime(decimal seconds) =>
        decimal.IsInteger(seconds) && seconds >= _first.ToUnixTimeSeconds() && seconds < _end.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;

    private static readonly DateTimeOffset _first = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset _end = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static bool IsMeant(DateTimeOffset time) => time >= _first && time < _end;

    [GeneratedRegex(@"^(0|[1-9][0-9]*)(\.[0-9]+)?\z")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,8})\z")]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})\z")]
    private static partial Regex TimeForm();
}

/// <summary>
/// Reads amounts and counts: JSON numbers, or text that <see cref="StrictText.Number"/> takes; never below zero. An empty text is no value.
/// </summary>
internal sealed class NumberConverter : JsonConverter
{
    public override bool CanWrite => false;

    public override bool CanConvert(Type objectType) => TypeOf(objectType) is var type && (type == typeof(decimal) || type == typeof(int) || type == typeof(long));

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        if (reader.Value is null or "" && reader.TokenType is JsonToken.Null or JsonToken.String)
            return existingValue;

        var number = NumberIn(reader);
        if (TypeOf(objectType) is var type && type == typeof(decimal))
            return number;

        return decimal.IsInteger(number) ? Convert.ChangeType(number, type, CultureInfo.InvariantCulture) : throw new JsonSerializationException("not a whole number");
    }

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => throw new NotSupportedException();

    /// <exception cref="OverflowException">Too large for a decimal.</exception>
    internal static decimal NumberIn(JsonReader reader) => reader switch
    {
        { TokenType: JsonToken.Integer or JsonToken.Float, Value: var value } when Number(value) is >= 0 and var number => number,
        { TokenType: JsonToken.String, Value: string text } when StrictText.Number(text) is { } number => number,
        _ => throw new JsonSerializationException("not a number of zero or more")
    };

    private static decimal Number(object? value) => value is BigInteger large ? (decimal)large : Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    private static Type TypeOf(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}

/// <summary>
/// Reads times as ISO 8601 with an offset, and with the clock that they are told by, see <see cref="GatewayJson.ReadAnswer{T}"/>. An
/// empty text is no value. They are written as they were told.
/// </summary>
internal class TimeConverter(TimeSpan clockAhead = default) : JsonConverter<ProviderTime?>
{
    public override ProviderTime? ReadJson(JsonReader reader, Type objectType, ProviderTime? existingValue, bool hasExistingValue, JsonSerializer serializer) =>
        reader is not ({ TokenType: JsonToken.Null } or { Value: "" }) && TimeIn(reader) is { } time ? new ProviderTime(time, serializer.Converters.OfType<TimeConverter>().First().ClockAhead) : null;

    public override void WriteJson(JsonWriter writer, ProviderTime? value, JsonSerializer serializer) => writer.WriteValue(value?.Told);

    /// <summary>Read from the serializer's converter, because one that a property names is made without a clock.</summary>
    private TimeSpan ClockAhead => clockAhead;

    protected virtual DateTimeOffset? TimeIn(JsonReader reader) =>
        reader is { TokenType: JsonToken.String, Value: string text } && StrictText.Time(text) is { } time ? time : throw new JsonSerializationException("not a time with an offset");
}

/// <summary>
/// Reads times as seconds since 1970, UTC, where the provider documents them so. Zero is no value: providers write it for what has not
/// happened.
/// </summary>
internal sealed class UnixTimeConverter : TimeConverter
{
    protected override DateTimeOffset? TimeIn(JsonReader reader) => NumberConverter.NumberIn(reader) switch
    {
        0m => null,
        var seconds => StrictText.UnixTime(seconds) ?? throw new JsonSerializationException("not a time in seconds")
    };
}
