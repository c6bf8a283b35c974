using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryptoGateways.Simulators.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace CryptoGateways.Simulators.CoolPay;

/// <summary>A request body: the documents call the parameters "form" and send JSON, so both are read.</summary>
internal sealed class Fields
{
    private readonly bool _isForm;

    private Fields(JsonElement root, bool isForm) => (Root, _isForm) = (root, isForm);

    /// <summary>The fields as a JSON object; those of a form are strings.</summary>
    public JsonElement Root { get; }

    /// <summary>Null: the body is no JSON object.</summary>
    public static Fields? Read(ApiRequest request)
    {
        if (!request.Headers.ContentType.ToString().StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return request.Json() is { } root ? new(root, isForm: false) : null;
        var form = new JsonObject();
        foreach (var (name, value) in QueryHelpers.ParseQuery(request.Body))
            if (name.IndexOf('[') is > 0 and var bracket && name.EndsWith(']'))
                ((form[name[..bracket]] ??= new JsonObject()) as JsonObject)?.Add(name[(bracket + 1)..^1], value.ToString());
            else
                form[name] = value.ToString();
        return new(JsonSerializer.SerializeToElement(form), isForm: true);
    }

    /// <summary>The text of the first of these names that has one.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
                return text;
        return null;
    }

    public bool Has(string name) => Root.TryGetProperty(name, out _);

    /// <summary>Null: there is no such field.</summary>
    public bool? Has(string name, JsonValueKind kind) =>
        Root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ValueKind == kind : null;

    /// <summary>One to nine digits, not zero: a number in JSON, text in a form.</summary>
    public decimal? Amount(string name) =>
        Root.TryGetProperty(name, out var value) && value.ValueKind == (_isForm ? JsonValueKind.String : JsonValueKind.Number)
        && (_isForm ? value.GetString()! : value.GetRawText()) is { Length: <= 9 } digits
        && decimal.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && amount > 0 ? amount : null;

    /// <summary>A boolean or its name: the documented example has "true" in quotes. False if absent.</summary>
    public bool TryFlag(string name, out bool flag)
    {
        var text = Root.TryGetProperty(name, out var value) ? value.ToString() : "";
        flag = text is "True" or "true" or "1";
        return flag || text is "" or "False" or "false" or "0";
    }

    public IReadOnlyList<string> NamesBut(string[] known) => [.. Root.EnumerateObject().Select(f => f.Name).Except(known)];
}
