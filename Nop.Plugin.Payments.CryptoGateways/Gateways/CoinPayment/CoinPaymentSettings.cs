using System.Globalization;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>
/// One thing that the provider sells. Its API takes no amount: it charges what the thing costs there, so that the owner states
/// which one costs as much as an order.
/// </summary>
/// <param name="Price">What the provider charges for it, in the store's currency; above zero.</param>
/// <param name="Category">PaymentCategory. The provider's pages do not agree on its values, so any name is taken.</param>
/// <param name="GroupId">groupId; null when it is not sent.</param>
/// <param name="MoreLoginCount">moreLoginCount; null when it is not sent.</param>
public sealed partial record CoinPaymentPlan(decimal Price, string Category, int? GroupId, int? MoreLoginCount)
{
    /// <summary>What stands for a number that is not sent.</summary>
    private const string NotSent = "-";

    /// <summary>
    /// The plans of a list with one a line, "price = category, groupId, moreLoginCount", for instance "25 = GROUP, 2, -"; none when a
    /// line has another form or two have the same price, since then it is not certain what is meant.
    /// </summary>
    public static IReadOnlyList<CoinPaymentPlan> ReadAll(string list)
    {
        var lines = list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Form().Match(line)).ToList();
        if (!lines.TrueForAll(line => line.Success))
            return [];

        var plans = lines.ConvertAll(Read);
        return plans.TrueForAll(plan => plan.Price > 0) && plans.DistinctBy(plan => plan.Price).Count() == plans.Count ? plans : [];
    }

    private static CoinPaymentPlan Read(Match line) => new(
        decimal.Parse(line.Groups["price"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), line.Groups["category"].Value,
        NumberIn(line.Groups["group"].Value), NumberIn(line.Groups["logins"].Value));

    private static int? NumberIn(string text) => text == NotSent ? null : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<price>[0-9]{1,10}(\.[0-9]{1,4})?)\s*=\s*(?<category>[A-Z][A-Z0-9_]*)\s*,\s*(?<group>[0-9]{1,9}|-)\s*,\s*(?<logins>[0-9]{1,9}|-)\z")]
    private static partial Regex Form();
}

/// <summary>
/// CoinPayment's settings: their names, and their typed form.
/// </summary>
public sealed partial class CoinPaymentSettings(GatewaySettings settings)
{
    public const string AccessTokenField = "AccessToken";
    public const string BaseUrlField = "BaseUrl";
    public const string PathField = "Path";
    public const string PlansField = "Plans";
    public const string CoinsField = "Coins";
    public const string ControlsAccountField = "ControlsAccount";
    public const string PublicKeyField = "PublicKey";
    public const string PrivateKeyField = "PrivateKey";
    public const string MerchantIdField = "MerchantId";
    public const string IpnSecretField = "IpnSecret";
    public const string MerchantUrlField = "MerchantUrl";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(AccessTokenField, SettingKind.Secret) { Required = true },
        new(BaseUrlField, SettingKind.Url) { Default = "https://api.orbnet.com", Required = true },
        new(PathField, SettingKind.Text) { Default = "/coinpaymentCreatePayment", IsWellFormed = path => PathForm().IsMatch(path) },
        new(PlansField, SettingKind.Lines) { Required = true, IsWellFormed = list => CoinPaymentPlan.ReadAll(list).Count > 0 },
        new(CoinsField, SettingKind.Choices) { Default = "BTC,ETH,LTC", Required = true, Options = ["BTC", "ETH", "LTC", "USDT", "USDT.ERC20", "USDT.TRC20", "USDT.BEP20", "BTC.BEP20"] },
        new(ControlsAccountField, SettingKind.Flag) { Default = "false" },
        new(PublicKeyField, SettingKind.Text) { IsWellFormed = key => !key.Any(char.IsWhiteSpace) },
        new(PrivateKeyField, SettingKind.Secret) { SentTo = MerchantUrlField },
        new(MerchantIdField, SettingKind.Text) { IsWellFormed = id => !id.Any(char.IsWhiteSpace) },
        new(IpnSecretField, SettingKind.Secret) { SentTo = MerchantUrlField, VerifiesWebhooks = true },
        new(MerchantUrlField, SettingKind.Url) { Default = "https://www.coinpayments.net/api.php" }
    ];

    public string AccessToken => settings.Text(AccessTokenField);

    /// <summary>The one address that takes the mutation; an empty path leaves the base address as it is.</summary>
    public Uri GraphQlUrl => new(settings.Text(BaseUrlField).TrimEnd('/') + settings.Text(PathField));

    /// <summary>The plan that costs exactly this in the store's currency; null when there is none.</summary>
    public CoinPaymentPlan? PlanFor(decimal price) => CoinPaymentPlan.ReadAll(settings.Text(PlansField)).FirstOrDefault(plan => plan.Price == price);

    /// <summary>
    /// The keys of the CoinPayments.net account that the money goes to; null when they are not complete, or when the owner has not
    /// said that the account is his: what somebody else's account reports proves nothing about the store's money.
    /// </summary>
    public CoinPaymentMerchant? Merchant =>
        settings.Flag(ControlsAccountField) && settings.Text(PublicKeyField) is { Length: > 0 } publicKey
        && settings.Text(PrivateKeyField) is { Length: > 0 } privateKey && settings.Text(MerchantUrlField) is { Length: > 0 } url
            ? new CoinPaymentMerchant(publicKey, privateKey, new Uri(url)) : null;

    /// <summary>What verifies notifications from that account; empty, which verifies none, unless it is the owner's.</summary>
    public (string MerchantId, string Secret) Ipn =>
        settings.Flag(ControlsAccountField) ? (settings.Text(MerchantIdField), settings.Text(IpnSecretField)) : (string.Empty, string.Empty);

    [GeneratedRegex(@"^(/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+/?\z")]
    private static partial Regex PathForm();
}

/// <summary>
/// API keys of an account at CoinPayments.net: never log or show them.
/// </summary>
public sealed record CoinPaymentMerchant(string PublicKey, string PrivateKey, Uri Url);
