using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using JsonDocument = System.Text.Json.JsonDocument;
using JsonDocumentOptions = System.Text.Json.JsonDocumentOptions;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// JSON of all gateways. Numbers are non-negative decimals, also as strings; times have an offset; unknown fields are ignored. Parsing is strict, see
/// <see cref="StrictText"/>: anything that is not JSON by RFC 8259 is rejected, except trailing commas, which one provider documents.
/// </summary>
public static class GatewayJson
{
    private const int MaxDepth = 16;

    private static readonly JsonSerializerSettings _settings = new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Decimal,
        MaxDepth = MaxDepth,
        Converters = { new NumberConverter(), new TimeConverter() }
    };

    private static readonly JsonLoadSettings _noDuplicates = new() { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error };

    private static readonly JsonDocumentOptions _strictOptions = new() { AllowTrailingCommas = true, MaxDepth = MaxDepth };

    public static HttpContent Content(object body) =>
        new StringContent(Write(body), Encoding.UTF8, "application/json");

    public static string Write(object body) => JsonConvert.SerializeObject(body, _settings);

    /// <exception cref="GatewayException"><see cref="GatewayFault.BadAnswer"/>: not JSON, or not of this type.</exception>
    public static T ReadResponse<T>(GatewayResponse answer) where T : class
    {
        try
        {
            return Read<T>(answer.Body, answer.ClockAhead);
        }
        catch (FormatException exception)
        {
            throw new GatewayException(GatewayFault.BadAnswer, $"the response is not as documented: {ExternalText.Excerpt(answer.Body)}", exception);
        }
    }

    /// <param name="json">The text.</param>
    /// <param name="clockAhead">See <see cref="ProviderTime.ClockAhead"/>.</param>
    /// <exception cref="FormatException">Not JSON, or not of this type.</exception>
    public static T Read<T>(string json, TimeSpan clockAhead = default) where T : class
    {
        try
        {
            // Newtonsoft.Json also accepts hexadecimal and octal numbers, NaN and comments.
            using (JsonDocument.Parse(json, _strictOptions)) { }
            using var reader = new JsonTextReader(new StringReader(json))
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Decimal,
                MaxDepth = MaxDepth
            };
            return Read<T>(JToken.ReadFrom(reader, _noDuplicates), clockAhead);
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or JsonException or ArgumentException)
        {
            throw new FormatException("not JSON of the documented form", exception);
        }
    }

    /// <summary>
    /// Parses a list row by row, so that one bad row does not hide the others. Null rows are skipped.
    /// </summary>
    /// <returns>The readable rows, and whether all rows were readable.</returns>
    public static (IReadOnlyList<T> Rows, bool IsComplete) ReadRows<T>(IEnumerable<JToken?> rows, TimeSpan clockAhead = default) where T : class
    {
        var (read, isComplete) = (new List<T>(), true);
        foreach (var row in rows)
        {
            if (row is null or { Type: JTokenType.Null })
                continue;

            try
            {
                read.Add(Read<T>(row, clockAhead));
            }
            catch (FormatException)
            {
                isComplete = false;
            }
        }
        return (read, isComplete);
    }

    /// <summary>Parses a part of a response.</summary>
    /// <exception cref="FormatException">Not of this type.</exception>
    public static T Read<T>(JToken part, TimeSpan clockAhead = default) where T : class
    {
        try
        {
            var serializer = JsonSerializer.Create(_settings);
            serializer.Converters.Insert(0, new TimeConverter(clockAhead));
            return part.ToObject<T>(serializer) ?? throw new FormatException("empty");
        }
        catch (Exception exception) when (exception is JsonException or OverflowException)
        {
            throw new FormatException("not JSON of the documented form", exception);
        }
    }
}

/// <summary>
/// Parses numbers and times in a provider's text. Ambiguous forms are rejected: "0,00019532" is 0.00019532 in some cultures and 19532 in others.
/// </summary>
public static partial class StrictText
{
    /// <summary>
    /// Parses a non-negative amount: digits with a decimal point. Null for any other form, such as a sign, an exponent, thousands separators,
    /// leading zeros or surrounding blanks.
    /// </summary>
    public static decimal? Number(string text) =>
        NumberForm().IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Parses a whole number, which may be negative; null for any other form.</summary>
    public static int? Integer(string text) => IntegerForm().IsMatch(text) ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    /// <summary>Parses a time in the extended form of ISO 8601 with an offset; null for any other form and for implausible years.</summary>
    public static DateTimeOffset? Time(string text) =>
        TimeForm().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && IsPlausible(time) ? time : null;

    /// <summary>Converts seconds since 1970-01-01T00:00:00Z; null for implausible years, which also excludes milliseconds.</summary>
    public static DateTimeOffset? UnixTime(decimal seconds) =>
        decimal.IsInteger(seconds) && seconds >= _first.ToUnixTimeSeconds() && seconds < _end.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;

    private static readonly DateTimeOffset _first = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset _end = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static bool IsPlausible(DateTimeOffset time) => time >= _first && time < _end;

    [GeneratedRegex(@"^(0|[1-9][0-9]*)(\.[0-9]+)?\z")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,8})\z")]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})\z")]
    private static partial Regex TimeForm();
}

/// <summary>
/// Reads non-negative amounts and counts: JSON numbers, or strings that <see cref="StrictText.Number"/> accepts. An empty string means no value.
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
        _ => throw new JsonSerializationException("not a non-negative number")
    };

    private static decimal Number(object? value) => value is BigInteger large ? (decimal)large : Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    private static Type TypeOf(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}

/// <summary>
/// Reads ISO 8601 times with an offset, together with the difference of the provider's clock, see <see cref="GatewayJson.ReadResponse{T}"/>. An empty
/// string means no value. Times are written as the provider stated them.
/// </summary>
internal class TimeConverter(TimeSpan clockAhead = default) : JsonConverter<ProviderTime?>
{
    public override ProviderTime? ReadJson(JsonReader reader, Type objectType, ProviderTime? existingValue, bool hasExistingValue, JsonSerializer serializer) =>
        reader is not ({ TokenType: JsonToken.Null } or { Value: "" }) && TimeIn(reader) is { } time ? new ProviderTime(time, serializer.Converters.OfType<TimeConverter>().First().ClockAhead) : null;

    public override void WriteJson(JsonWriter writer, ProviderTime? value, JsonSerializer serializer) => writer.WriteValue(value?.Stated);

    /// <summary>Read from the serializer's converter, because a property's own converter is created without it.</summary>
    private TimeSpan ClockAhead => clockAhead;

    protected virtual DateTimeOffset? TimeIn(JsonReader reader) =>
        reader is { TokenType: JsonToken.String, Value: string text } && StrictText.Time(text) is { } time ? time : throw new JsonSerializationException("not a time with an offset");
}

/// <summary>
/// Reads times as seconds since 1970, UTC, for fields documented that way. Zero means no value: providers send it for events that have not happened.
/// </summary>
internal sealed class UnixTimeConverter : TimeConverter
{
    protected override DateTimeOffset? TimeIn(JsonReader reader) => NumberConverter.NumberIn(reader) switch
    {
        0m => null,
        var seconds => StrictText.UnixTime(seconds) ?? throw new JsonSerializationException("not a time in seconds")
    };
}
