using System.Globalization;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>
/// A plan that OrbVPN sells. Its API takes no amount and charges the plan's price, so the owner lists which plan matches which order total.
/// </summary>
/// <param name="Price">The price of the plan in the store's currency; positive.</param>
/// <param name="Category">PaymentCategory. The documented values contradict each other, so any name is accepted.</param>
/// <param name="GroupId">groupId; null if not sent.</param>
/// <param name="MoreLoginCount">moreLoginCount; null if not sent.</param>
public sealed partial record CoinPaymentPlan(decimal Price, string Category, int? GroupId, int? MoreLoginCount)
{
    /// <summary>Placeholder for a number that is not sent.</summary>
    private const string NotSent = "-";

    /// <summary>
    /// Parses one plan a line: "price = category, groupId, moreLoginCount", for instance "25 = GROUP, 2, -". Returns none if a line has another
    /// form or two plans have the same price, because the list is then ambiguous.
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
/// The settings of CoinPayment: their fields and typed values.
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

    /// <summary>The GraphQL endpoint: the API URL followed by the path, which may be empty.</summary>
    public Uri GraphQlUrl => new(settings.Text(BaseUrlField).TrimEnd('/') + settings.Text(PathField));

    /// <summary>The plan with exactly this price in the store's currency; null if there is none.</summary>
    public CoinPaymentPlan? PlanFor(decimal price) => CoinPaymentPlan.ReadAll(settings.Text(PlansField)).FirstOrDefault(plan => plan.Price == price);

    /// <summary>
    /// The keys of the CoinPayments.net account that receives the funds; null if they are incomplete, or if the owner has not confirmed that the
    /// account is theirs: reports from anybody else's account prove nothing.
    /// </summary>
    public CoinPaymentsNetAccount? Account =>
        settings.Flag(ControlsAccountField) && settings.Text(PublicKeyField) is { Length: > 0 } publicKey
        && settings.Text(PrivateKeyField) is { Length: > 0 } privateKey && settings.Text(MerchantUrlField) is { Length: > 0 } url
            ? new CoinPaymentsNetAccount(publicKey, privateKey, new Uri(url)) : null;

    /// <summary>Verifies IPNs of that account. Both values are empty, so that nothing verifies, unless the account is the owner's.</summary>
    public (string MerchantId, string Secret) Ipn =>
        settings.Flag(ControlsAccountField) ? (settings.Text(MerchantIdField), settings.Text(IpnSecretField)) : (string.Empty, string.Empty);

    [GeneratedRegex(@"^(/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+/?\z")]
    private static partial Regex PathForm();
}

/// <summary>
/// The API keys of a CoinPayments.net account. Never log or display them.
/// </summary>
public sealed record CoinPaymentsNetAccount(string PublicKey, string PrivateKey, Uri Url);
