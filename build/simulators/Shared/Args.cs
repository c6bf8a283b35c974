using System.Globalization;
using System.Text.Json;

namespace CryptoGateways.Simulators.Shared;

/// <summary>The fields of a control request: a JSON object (tests) or a form (the panel, where an empty field means absent).</summary>
public sealed class Args(IReadOnlyDictionary<string, string> values)
{
    public static Args None { get; } = new(new Dictionary<string, string>());

    public IReadOnlyDictionary<string, string> Values => values;

    /// <exception cref="ArgumentException">The body is not a JSON object.</exception>
    public static async Task<Args> ReadAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
            return new((await request.ReadFormAsync(request.HttpContext.RequestAborted)).ToDictionary(f => f.Key, f => f.Value.ToString()));
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        if (string.IsNullOrWhiteSpace(text))
            return None;
        try
        {
            return new(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text)!.ToDictionary(f => f.Key, f => f.Value.ToString()));
        }
        catch (JsonException)
        {
            throw new ArgumentException("the body is a JSON object");
        }
    }

    public string? Text(string name) => values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string Text(string name, string otherwise, params ReadOnlySpan<string> choices)
    {
        var value = Text(name) ?? otherwise;
        return choices.Contains(value) ? value : throw new ArgumentException($"'{name}' is one of {string.Join(", ", choices!)}");
    }

    public decimal? Number(string name) => Text(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number
        : throw new ArgumentException($"'{name}' is a number, not below 0");

    public bool Flag(string name, bool otherwise) => Text(name)?.ToLowerInvariant() switch
    {
        null => otherwise,
        "true" => true,
        "false" => false,
        _ => throw new ArgumentException($"'{name}' is true or false")
    };
}
