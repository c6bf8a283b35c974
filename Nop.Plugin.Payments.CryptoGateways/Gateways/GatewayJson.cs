using System.Text;
using Newtonsoft.Json;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// JSON as gateways speak it: numbers are decimals (also when they come as text), unknown fields are ignored, text that looks
/// like a date stays text.
/// </summary>
public static class GatewayJson
{
    private static readonly JsonSerializerSettings _settings = new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Decimal,
        MaxDepth = 16
    };

    public static HttpContent Content(object body) =>
        new StringContent(Write(body), Encoding.UTF8, "application/json");

    public static string Write(object body) => JsonConvert.SerializeObject(body, _settings);

    /// <exception cref="GatewayException"><see cref="GatewayFault.BadAnswer"/>: not JSON, or not of this form.</exception>
    public static T ReadAnswer<T>(string json) where T : class
    {
        try
        {
            return Read<T>(json);
        }
        catch (FormatException exception)
        {
            throw new GatewayException(GatewayFault.BadAnswer, $"answered something else than documented: {GatewayHttp.Excerpt(json)}", exception);
        }
    }

    /// <exception cref="FormatException">Not JSON, or not of this form.</exception>
    public static T Read<T>(string json) where T : class
    {
        try
        {
            return JsonConvert.DeserializeObject<T>(json, _settings) ?? throw new FormatException("empty");
        }
        catch (Exception exception) when (exception is JsonException or OverflowException)
        {
            throw new FormatException("not JSON of the documented form", exception);
        }
    }
}
