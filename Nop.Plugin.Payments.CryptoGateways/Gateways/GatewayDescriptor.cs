using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// What a gateway declares about itself. The configuration page, validation and checkout are built from it.
/// </summary>
public sealed record GatewayDescriptor
{
    /// <summary>Lower-case [a-z0-9]: part of the webhook URL, setting names and resource keys.</summary>
    public required string SystemName { get; init; }

    /// <summary>The provider's name in its own spelling.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<CoinDescriptor> Coins { get; init; }

    public required IReadOnlyList<SettingField> Fields { get; init; }

    /// <summary>The documented hosts of the provider's payment pages, including their subdomains.</summary>
    public required IReadOnlyList<string> RedirectHosts { get; init; }

    /// <summary>The provider's documentation of accounts and API keys, for the owner.</summary>
    public Uri? Documentation { get; init; }

    /// <summary>The setting with the API's base URL. Shoppers may also be redirected to its host.</summary>
    public required string BaseUrlField { get; init; }

    /// <summary>The setting with the coins that the owner offers.</summary>
    public required string CoinsField { get; init; }

    /// <summary>True if the owner enters the webhook URL at the provider; otherwise each payment contains it.</summary>
    public bool RequiresWebhookUrl { get; init; }

    /// <summary>True if the store's payment page can show the address and QR code.</summary>
    public bool SupportsStorePage { get; init; }

    /// <summary>True if the provider can charge its fee to the shopper; otherwise the owner can add the platform's payment fee.</summary>
    public bool CanChargeFeeToShopper { get; init; }

    /// <summary>The documented rate limits; a conservative default if none are documented.</summary>
    public IReadOnlyList<CallLimit> Limits { get; init; } = [new(240, TimeSpan.FromMinutes(1))];

    /// <summary>True if shoppers may be redirected to a URL: it uses https and is on a documented host or the host of the API URL.</summary>
    public bool IsAllowedRedirect(Uri page, GatewaySettings settings)
    {
        var api = new Uri(settings.Text(BaseUrlField));
        return UrlRules.IsSafe(page)
            && (page.Host == api.Host || page.IsLoopback && api.IsLoopback || RedirectHosts.Any(host => page.Host == host || page.Host.EndsWith("." + host, StringComparison.Ordinal)));
    }

    /// <summary>Removes the payment page or address if the shopper must not be sent there.</summary>
    /// <param name="provider">The provider's response.</param>
    /// <param name="coin">The code of the attempt's coin.</param>
    /// <param name="settings">The settings of the attempt's store.</param>
    public ProviderPayment WithoutUnsafeTargets(ProviderPayment provider, string coin, GatewaySettings settings)
    {
        if (provider.CheckoutUrl is { } page && !IsAllowedRedirect(page, settings))
            provider = provider with { CheckoutUrl = null };
        return provider.PayTo is { } payTo && AddressFault(coin, payTo.Address) is { } fault ? provider with { PayTo = null, AddressFault = fault } : provider;
    }

    /// <inheritdoc cref="CoinDescriptor.AddressFault"/>
    /// <param name="coin">The code of the coin; no address is valid for a coin that is no longer declared.</param>
    /// <param name="address">The address from the provider.</param>
    public string? AddressFault(string coin, string address) =>
        Coins.FirstOrDefault(own => own.Code == coin) is { } known ? known.AddressFault(address) : $"an address for {coin}, which is no longer supported";
}

/// <summary>
/// A rate limit.
/// </summary>
/// <param name="Calls">The maximum number of calls.</param>
/// <param name="Per">The length of the window; at most an hour.</param>
public sealed record CallLimit(int Calls, TimeSpan Per);

/// <summary>
/// The unit in which a provider expects the amount of a payment.
/// </summary>
public enum PriceBasis
{
    /// <summary>The provider does not document it, and the owner has not configured it.</summary>
    Undecided,

    /// <summary>US dollars, whatever the coin.</summary>
    UsDollar,

    /// <summary>Units of the coin.</summary>
    Coin,

    /// <summary>The primary store currency.</summary>
    StoreCurrency
}

/// <summary>
/// The registered gateways.
/// </summary>
public class GatewayRegistry(IEnumerable<IPaymentGateway> gateways)
{
    public IReadOnlyList<IPaymentGateway> All { get; } = [.. gateways];

    /// <summary>True if any gateway has a capability.</summary>
    public bool Supports<T>() where T : IPaymentGateway => All.Any(gateway => gateway is T);

    /// <summary>The gateway with a system name, ignoring case; null if there is none.</summary>
    public IPaymentGateway? Find(string? systemName) =>
        All.FirstOrDefault(gateway => string.Equals(gateway.Descriptor.SystemName, systemName, StringComparison.OrdinalIgnoreCase));
}
