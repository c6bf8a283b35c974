using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CryptoGateways.Simulators.Shared;

/// <summary>
/// Keeps payments and settings of the providers across restarts: <c>--Data=folder</c> names the folder of the file. Deliveries, recorded requests
/// and faults are not kept.
/// </summary>
public sealed class StateFile(string folder, IReadOnlyList<Provider> providers) : IDisposable
{
    private static readonly JsonSerializerOptions _json = new()
    {
        IgnoreReadOnlyProperties = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AddInternalProperties } }
    };

    private readonly string _file = Path.Combine(folder, "providers.json");
    private readonly Lock _lock = new();
    private Timer? _timer;
    private string _saved = "";
    private bool _stopped;

    /// <summary>Reads what was kept, and saves changes every second from then on.</summary>
    public void Start()
    {
        Directory.CreateDirectory(folder);
        if (File.Exists(_file))
        {
            var kept = JsonSerializer.Deserialize<Dictionary<string, ProviderState>>(File.ReadAllText(_file), _json)!;
            foreach (var provider in providers)
                if (kept.TryGetValue(provider.Name, out var state))
                    provider.Restore(state.Payments.Select(payment => (SimPayment)payment.Fields.Deserialize(TypeOf(payment.Type), _json)!), state.LastNumber);
        }
        _timer = new Timer(_ => Save(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Saves the last changes and stops.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        Save();
        lock (_lock)
            _stopped = true;
    }

    private void Save()
    {
        lock (_lock)
        {
            if (_stopped)
                return;
            var state = JsonSerializer.Serialize(providers.ToDictionary(provider => provider.Name, provider => provider.Gate.Read(() => StateOf(provider))), _json);
            if (state == _saved)
                return;
            File.WriteAllText($"{_file}.new", state);
            File.Move($"{_file}.new", _file, overwrite: true);
            _saved = state;
        }
    }

    private static ProviderState StateOf(Provider provider) => new(provider.LastNumber,
        [.. provider.Payments.Select(payment => new PaymentState(payment.GetType().FullName!, JsonSerializer.SerializeToElement(payment, payment.GetType(), _json)))]);

    private static Type TypeOf(string name) => typeof(StateFile).Assembly.GetType(name, throwOnError: true)!;

    /// <summary>Keys that a payment keeps, but the control API does not show.</summary>
    private static void AddInternalProperties(JsonTypeInfo type)
    {
        if (!typeof(SimPayment).IsAssignableFrom(type.Type))
            return;
        foreach (var property in type.Type.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic).Where(property => property.CanWrite))
        {
            var field = type.CreateJsonPropertyInfo(property.PropertyType, property.Name);
            (field.Get, field.Set) = (property.GetValue, property.SetValue);
            type.Properties.Add(field);
        }
    }

    private sealed record ProviderState(int LastNumber, List<PaymentState> Payments);

    private sealed record PaymentState(string Type, JsonElement Fields);
}
