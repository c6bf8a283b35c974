using System.Text.Json;
using CryptoGateways.Simulators.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace CryptoGateways.Simulators.CoinPay24;

/// <summary>The fields of a request, sent as a form (the page's examples) or as JSON (the provider's own plugins). An empty field counts as absent.</summary>
public sealed class Fields(IReadOnlyDictionary<string, string> values)
{
    public string? this[string name] => values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <param name="withQuery">GET has no body: its fields are in the address.</param>
    /// <returns>Null when the body is neither a form nor a JSON object.</returns>
    public static Fields? Read(ApiRequest request, bool withQuery)
    {
        var values = new Dictionary<string, string>();
        if (withQuery)
            foreach (var (name, value) in request.Query)
                values[name] = value.ToString();
        var type = request.Headers.ContentType.ToString();
        if (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            if (request.Json() is not { } body)
                return null;
            Flatten(body, values);
        }
        else if (type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            foreach (var (name, value) in QueryHelpers.ParseQuery(request.Body))
                values[name] = value.ToString();
        else if (request.Body.Length > 0)
            return null;
        return new(values);
    }

    /// <summary>Without the key.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(values.Where(v => v.Key != "api_key").ToDictionary());

    /// <summary>{"created_at": {"from": 1}} is created_at[from]=1, as PHP reads a form.</summary>
    private static void Flatten(JsonElement body, Dictionary<string, string> values)
    {
        foreach (var field in body.EnumerateObject())
            if (field.Value.ValueKind == JsonValueKind.Object)
                foreach (var inner in field.Value.EnumerateObject())
                    values[$"{field.Name}[{inner.Name}]"] = inner.Value.ToString();
            else if (field.Value.ValueKind != JsonValueKind.Null)
                values[field.Name] = field.Value.ToString();
    }
}
