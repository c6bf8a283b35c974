namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>
/// A gateway whose provider is simulated, and what the owner of a store enters for it.
/// </summary>
/// <param name="Name">System name; also the provider's name in the simulators' control API.</param>
/// <param name="Settings">Fields of its card by their names, beside the switch; {provider} stands for the simulators' address.</param>
internal sealed record Gateway(string Name, params (string Field, string Value)[] Settings)
{
    public static readonly Gateway Coinskro = new("coinskro", ("SecretKey", Provider.SecretKey), ("BaseUrl", "{provider}coinskro"));

    /// <summary>Webhooks go to an address that is set at the provider, and not to one that each payment names.</summary>
    public bool HasWebhookSetting { get; init; } = true;

    /// <summary>Other gateways that the store offers too.</summary>
    public IReadOnlyList<Gateway> Beside { get; init; } = [];

    /// <summary>As the sandbox takes it: gateway.Field=value, separated by semicolons.</summary>
    public string SetUp(Uri provider) => string.Join(';',
        Settings.Prepend(("Enabled", "true")).Select(setting => $"{Name}.{setting.Item1}={setting.Item2.Replace("{provider}", provider.AbsoluteUri, StringComparison.Ordinal)}")
            .Concat(Beside.Select(gateway => gateway.SetUp(provider))));
}
