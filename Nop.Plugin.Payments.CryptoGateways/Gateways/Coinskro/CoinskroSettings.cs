namespace Nop.Plugin.Payments.CryptoGateways.Gateways.Coinskro;

/// <summary>
/// The settings of Coinskro Pay: their fields and typed values.
/// </summary>
public sealed class CoinskroSettings(GatewaySettings settings)
{
    public const string SecretKeyField = "SecretKey";
    public const string BaseUrlField = "BaseUrl";
    public const string CoinsField = "Coins";
    public const string FeePayerField = "FeePayer";
    public const string AmountMeaningField = "AmountMeaning";
    public const string SendEmailField = "SendEmail";
    public const string SendItemsField = "SendItems";

    /// <summary>The value of fee_payer if the customer pays the fee.</summary>
    public const string FeePayerCustomer = "customer";

    private const string FeePayerMerchant = "merchant";
    private const string UnknownUnit = "unknown";
    private const string UsDollarUnit = "usd";
    private const string CoinUnit = "coin";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(SecretKeyField, SettingKind.Secret) { Required = true, VerifiesWebhooks = true },
        new(BaseUrlField, SettingKind.Url) { Default = "https://api.coinskro.com", Required = true },
        new(CoinsField, SettingKind.Choices) { Default = "USDT,USDC", Required = true, Options = ["USDT", "USDC", "PI", "CSK"] },
        new(AmountMeaningField, SettingKind.Choice) { Default = UnknownUnit, Options = [UnknownUnit, UsDollarUnit, CoinUnit] },
        new(FeePayerField, SettingKind.Choice) { Default = FeePayerMerchant, Options = [FeePayerMerchant, FeePayerCustomer] },
        new(SendEmailField, SettingKind.Flag) { Default = "false" },
        new(SendItemsField, SettingKind.Flag) { Default = "false" }
    ];

    public string SecretKey => settings.Text(SecretKeyField);

    /// <summary>Documented key prefixes distinguish test from live keys; null for a key with neither prefix.</summary>
    public bool? IsTest =>
        SecretKey.StartsWith("sk_test_", StringComparison.Ordinal) ? true
        : SecretKey.StartsWith("sk_live_", StringComparison.Ordinal) ? false
        : null;

    public Uri BaseUrl => new(settings.Text(BaseUrlField).TrimEnd('/') + "/");

    public string FeePayer => settings.Text(FeePayerField);

    public bool SendEmail => settings.Flag(SendEmailField);

    public bool SendItems => settings.Flag(SendItemsField);

    /// <summary>The unit of the API's amount as configured by the owner: Coinskro does not document it.</summary>
    public PriceBasis Basis => settings.Text(AmountMeaningField) switch
    {
        UsDollarUnit => PriceBasis.UsDollar,
        CoinUnit => PriceBasis.Coin,
        _ => PriceBasis.Undecided
    };
}
