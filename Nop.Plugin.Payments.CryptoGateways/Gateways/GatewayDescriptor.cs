using Nop.Plugin.Payments.CryptoGateways.Addresses;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// What a gateway declares about itself. Configuration page, validation and checkout are drawn from it.
/// </summary>
public sealed record GatewayDescriptor
{
    /// <summary>Lower-case [a-z0-9]: part of the webhook URL, of setting names and of text keys.</summary>
    public required string SystemName { get; init; }

    /// <summary>The provider's name as it writes it.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<CoinDescriptor> Coins { get; init; }

    public required IReadOnlyList<SettingField> Fields { get; init; }

    /// <summary>Hosts to which the provider documents sending shoppers; a name covers its sub-domains.</summary>
    public required IReadOnlyList<string> PageHosts { get; init; }

    /// <summary>Where the provider tells how its account and API are used, for the owner.</summary>
    public Uri? Documentation { get; init; }

    /// <summary>The setting that holds the API's base URL; its host is also allowed as a host for shoppers.</summary>
    public required string BaseUrlField { get; init; }

    /// <summary>The setting that lists the coins which the owner offers.</summary>
    public required string CoinsField { get; init; }

    /// <summary>The store's own page can show address and QR code.</summary>
    public bool HasOwnPage { get; init; }

    /// <summary>The provider itself can charge its fee to the shopper; otherwise the owner may add the platform's payment fee.</summary>
    public bool ChargesFee { get; init; }

    /// <summary>Shoppers are sent only where the provider documents it, or to the host that the owner entered, and never in the clear.</summary>
    public bool MaySendTo(Uri page, GatewaySettings settings)
    {
        var own = new Uri(settings.Text(BaseUrlField));
        return UrlRules.IsSafe(page)
            && (page.Host == own.Host || page.IsLoopback && own.IsLoopback || PageHosts.Any(host => page.Host == host || page.Host.EndsWith("." + host, StringComparison.Ordinal)));
    }

    /// <summary>An answer without the page or address that the shopper must not be sent to.</summary>
    /// <param name="provider">The answer.</param>
    /// <param name="coin">Code of the coin that the attempt is paid in.</param>
    /// <param name="settings">The attempt's store's.</param>
    public ProviderPayment WithSafePage(ProviderPayment provider, string coin, GatewaySettings settings)
    {
        if (provider.CheckoutUrl is { } page && !MaySendTo(page, settings))
            provider = provider with { CheckoutUrl = null };
        return provider.PayTo is { } payTo && FaultOf(coin, payTo.Address) is { } fault ? provider with { PayTo = null, AddressFault = fault } : provider;
    }

    /// <inheritdoc cref="CoinDescriptor.FaultOf"/>
    /// <param name="coin">Code of the coin; one that is not declared any more has no good address.</param>
    /// <param name="address">What the provider gave.</param>
    public string? FaultOf(string coin, string address) =>
        Coins.FirstOrDefault(own => own.Code == coin) is { } known ? known.FaultOf(address) : $"an address for {coin}, which is not known any more";

    /// <summary>How many calls the provider allows, as it documents it; what a provider that says nothing is spared with.</summary>
    public IReadOnlyList<CallLimit> Limits { get; init; } = [new(240, TimeSpan.FromMinutes(1))];
}

/// <summary>
/// How many calls a provider takes in a time.
/// </summary>
/// <param name="Calls">The most that it takes.</param>
/// <param name="Per">In which time; at most an hour.</param>
public sealed record CallLimit(int Calls, TimeSpan Per);

/// <summary>
/// A coin as a gateway takes it.
/// </summary>
/// <param name="Code">The provider's code for it.</param>
/// <param name="Name">The name that shoppers know.</param>
/// <param name="Minimum">The smallest payment in US dollars.</param>
/// <param name="PeggedTo">ISO 4217 code of the currency that one coin is worth by design; null when its price floats.</param>
/// <param name="Decimals">Decimals of the coin's smallest unit.</param>
public sealed record CoinDescriptor(string Code, string Name, decimal Minimum, string? PeggedTo = null, int Decimals = CoinDecimals.Money)
{
    /// <summary>Decimals of an amount that is quoted in units of the coin.</summary>
    public int QuotedDecimals => Math.Min(Decimals, CoinDecimals.MostQuoted);

    /// <summary>
    /// The smallest amount that its network and wallets accept, in units of the coin: less is neither offered nor requested. As a rule
    /// the wallet's chain tells, see <see cref="CoinDust"/>; 0 for what is not one coin.
    /// </summary>
    public decimal Dust { get => IsMethod ? 0m : _dust ?? CoinDust.Of(Wallet); init => _dust = value; }

    private readonly decimal? _dust;

    /// <summary>Name of the network that a wallet has to send on, as people know it; null when the coin has only its own, or is none.</summary>
    public string? Network { get; init; }

    /// <summary>Which chain and token this is, for the address that opens a wallet; null when wallets have none.</summary>
    public WalletCoin? Wallet { get; init; }

    /// <summary>The letters that stand behind an amount, as shoppers know them: USDT, whatever the network.</summary>
    public string Symbol { get; init; } = Code;

    /// <summary>Where its transactions can be looked up; null when the chain is not known. As a rule the wallet's chain tells.</summary>
    public BlockExplorer? BlockExplorer { get => _explorer ?? BlockExplorer.Of(Wallet); init => _explorer = value; }

    private readonly BlockExplorer? _explorer;

    /// <summary>
    /// The form of the addresses that take it; null when its network is not known, then the store's own page cannot show one. As a rule
    /// the wallet's chain tells.
    /// </summary>
    public AddressFormat? Addresses { get => _addresses ?? Wallet?.Addresses; init => _addresses = value; }

    private readonly AddressFormat? _addresses;

    /// <summary>Why the coin must not be sent to an address, as the end of a sentence; null when it may.</summary>
    public string? FaultOf(string address) => Addresses switch
    {
        null => $"an address for {Code}, whose network is not known",
        { } format when !format.Accepts(address) => $"an address for {Code} that is not valid on {format.Network}",
        _ when string.Equals(address, Wallet?.Token, StringComparison.OrdinalIgnoreCase) => $"the token contract of {Code} as the address",
        _ => null
    };

    /// <summary>Name of its picture in Content/coins.</summary>
    public string Icon { get; init; } = Code.ToLowerInvariant();

    /// <summary>
    /// True for what is not one coin, such as cards or any coin that the provider's page offers: its name is the text
    /// Plugins.Payments.CryptoGateways.Gateways.{gateway}.Coin.{code}.
    /// </summary>
    public bool IsMethod { get; init; }
}

/// <summary>
/// In which unit a provider counts the amount of a payment.
/// </summary>
public enum PriceBasis
{
    /// <summary>The provider does not say, and the owner has not either.</summary>
    Undecided,

    /// <summary>US dollars, whatever the coin.</summary>
    UsDollar,

    /// <summary>Units of the coin.</summary>
    Coin,

    /// <summary>The currency in which the store keeps its prices.</summary>
    StoreCurrency
}
