using System.Globalization;

namespace CryptoGateways.Simulators.Shared;

/// <param name="Default">If it is a number, only numbers are taken.</param>
/// <param name="Choices">If any, only these are taken.</param>
public sealed record Setting(string Name, string Default, string Help, params string[] Choices);

/// <summary>A provider's switches: declared once, set by the command line (<c>--Provider:name=value</c>), the panel and the control API.</summary>
public sealed class Settings
{
    private readonly Dictionary<string, string> _values = [];
    private readonly IConfigurationSection _start;

    public Settings(IReadOnlyList<Setting> declared, IConfigurationSection start)
    {
        Declared = declared;
        _start = start;
        Reset();
    }

    public IReadOnlyList<Setting> Declared { get; }

    public IReadOnlyDictionary<string, string> Values => _values;

    public string this[string name] => _values[name];

    public decimal Number(string name) => decimal.Parse(_values[name], CultureInfo.InvariantCulture);

    public bool Flag(string name) => _values[name] == "true";

    public string[] List(string name) => _values[name].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A setting of the form <c>BTC=65000,LTC=80</c>.</summary>
    /// <exception cref="ArgumentException">It has another form.</exception>
    public Dictionary<string, decimal> Prices(string name) => List(name).Select(p => p.Split('=')).ToDictionary(p => p[0],
        p => p.Length == 2 && decimal.TryParse(p[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            ? price : throw new ArgumentException($"'{name}' is a list like BTC=65000,LTC=80"));

    public void Reset()
    {
        foreach (var setting in Declared)
            Set(setting.Name, _start[setting.Name] ?? setting.Default);
    }

    /// <exception cref="ArgumentException">There is no such setting, or it does not take this value.</exception>
    public void Set(string name, string value)
    {
        var setting = Declared.FirstOrDefault(s => s.Name == name) ?? throw new ArgumentException($"there is no setting '{name}'");
        if (setting.Choices.Length > 0 && !setting.Choices.Contains(value))
            throw new ArgumentException($"'{name}' is one of {string.Join(", ", setting.Choices)}");
        if (IsNumber(setting.Default) && !IsNumber(value))
            throw new ArgumentException($"'{name}' is a number, not below 0");
        if (name.EndsWith("Url", StringComparison.Ordinal) && value.Length > 0 && !IsWebAddress(value))
            throw new ArgumentException($"'{name}' is an absolute http or https address");
        _values[name] = value;
    }

    public static bool IsWebAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static bool IsNumber(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
