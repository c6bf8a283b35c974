using System.Text.Json;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// JSON as gateways speak it: numbers are decimals (also when they come as text) of zero or more, times have an offset, unknown fields
/// are ignored. It is read strictly, see <see cref="StrictText"/>; what is no JSON by RFC 8259 is refused, but for a comma at the end,
/// which a provider's documents have.
/// </summary>
public static class GatewayJson
{
    private const int MostDepth = 16;

    private static readonly JsonSerializerSettings _settings = new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Decimal,
        MaxDepth = MostDepth,
        Converters = { new NumberConverter(), new TimeConverter() }
    };

    private static readonly JsonLoadSettings _nothingTwice = new() { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error };

    private static readonly JsonDocumentOptions _strict = new() { AllowTrailingCommas = true, MaxDepth = MostDepth };

    public static HttpContent Content(object body) =>
        new StringContent(Write(body), Encoding.UTF8, "application/json");

    public static string Write(object body) => JsonConvert.SerializeObject(body, _settings);

    /// <exception cref="GatewayException"><see cref="GatewayFault.BadAnswer"/>: not JSON, or not of this form.</exception>
    public static T ReadAnswer<T>(GatewayResponse answer) where T : class
    {
        try
        {
            return Read<T>(answer.Body, answer.ClockAhead);
        }
        catch (FormatException exception)
        {
            throw new GatewayException(GatewayFault.BadAnswer, $"answered something else than documented: {GatewayHttp.Excerpt(answer.Body)}", exception);
        }
    }

    /// <param name="json">The text.</param>
    /// <param name="clockAhead">See <see cref="ProviderTime.ClockAhead"/>.</param>
    /// <exception cref="FormatException">Not JSON, or not of this form.</exception>
    public static T Read<T>(string json, TimeSpan clockAhead = default) where T : class
    {
        try
        {
            // The other reader takes hexadecimal and octal numbers, NaN and comments for JSON.
            using (JsonDocument.Parse(json, _strict)) { }
            using var reader = new JsonTextReader(new StringReader(json))
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Decimal,
                MaxDepth = MostDepth
            };
            return Read<T>(JToken.ReadFrom(reader, _nothingTwice), clockAhead);
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or Newtonsoft.Json.JsonException or ArgumentException)
        {
            throw new FormatException("not JSON of the documented form", exception);
        }
    }

    /// <summary>
    /// Reads a list row by row, so that one bad row does not hide the others. A null row is left out: it is nobody's.
    /// </summary>
    /// <returns>The rows that can be read, and whether those are all.</returns>
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

    /// <summary>Reads a part of an answer.</summary>
    /// <exception cref="FormatException">Not of this form.</exception>
    public static T Read<T>(JToken part, TimeSpan clockAhead = default) where T : class
    {
        try
        {
            var serializer = Newtonsoft.Json.JsonSerializer.Create(_settings);
            serializer.Converters.Insert(0, new TimeConverter(clockAhead));
            return part.ToObject<T>(serializer) ?? throw new FormatException("empty");
        }
        catch (Exception exception) when (exception is Newtonsoft.Json.JsonException or OverflowException)
        {
            throw new FormatException("not JSON of the documented form", exception);
        }
    }
}
