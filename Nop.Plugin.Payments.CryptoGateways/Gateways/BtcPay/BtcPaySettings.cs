namespace Nop.Plugin.Payments.CryptoGateways.Gateways.BtcPay;

/// <summary>
/// The settings of BTCPay Server: their fields and typed values. Confirmations, expiry and monitoring time are those of the BTCPay store.
/// </summary>
public sealed class BtcPaySettings(GatewaySettings settings)
{
    public const string BaseUrlField = "BaseUrl";
    public const string ApiKeyField = "ApiKey";
    public const string StoreIdField = "StoreId";
    public const string WebhookSecretField = "WebhookSecret";
    public const string CoinsField = "Coins";
    public const string PageField = "Page";
    public const string SendEmailField = "SendEmail";
    public const string TestNetworkField = "TestNetwork";

    /// <summary>A coin chosen at checkout is paid on the store's payment page.</summary>
    public const string PageOwn = "own";

    private const string PageProvider = "provider";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(BaseUrlField, SettingKind.Url) { Required = true },
        new(ApiKeyField, SettingKind.Secret) { Required = true },
        new(StoreIdField, SettingKind.Text) { Required = true, IsWellFormed = id => id.All(char.IsAsciiLetterOrDigit) },
        new(WebhookSecretField, SettingKind.Secret) { VerifiesWebhooks = true },
        new(CoinsField, SettingKind.Choices) { Default = BtcPayGateway.AnyCoin, Required = true, Options = [BtcPayGateway.AnyCoin, "BTC", "LTC"] },
        new(PageField, SettingKind.Choice) { Default = PageProvider, Options = [PageProvider, PageOwn] },
        new(SendEmailField, SettingKind.Flag) { Default = "false" },
        new(TestNetworkField, SettingKind.Flag) { Default = "false" }
    ];

    public string ApiKey => settings.Text(ApiKeyField);

    public string WebhookSecret => settings.Text(WebhookSecretField);

    public string StoreId => settings.Text(StoreIdField);

    /// <summary>The base of the API, below the server's path.</summary>
    public Uri ApiUrl => new(settings.Text(BaseUrlField).TrimEnd('/') + "/api/v1/");

    public bool UsesStorePage => settings.Text(PageField) == PageOwn;

    public bool SendEmail => settings.Flag(SendEmailField);

    /// <summary>True for a server on testnet, signet or regtest.</summary>
    public bool IsTest => settings.Flag(TestNetworkField);
}
