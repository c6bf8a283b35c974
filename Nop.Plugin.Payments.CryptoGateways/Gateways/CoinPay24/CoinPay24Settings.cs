namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPay24;

/// <summary>
/// The settings of CoinPay24: their fields and typed values.
/// </summary>
public sealed class CoinPay24Settings(GatewaySettings settings)
{
    public const string ApiKeyField = "ApiKey";
    public const string BaseUrlField = "BaseUrl";
    public const string CoinsField = "Coins";
    public const string PageField = "Page";
    public const string SendPurchaserField = "SendPurchaser";
    public const string RequestFormField = "RequestForm";

    /// <summary>A coin chosen at checkout is paid on the store's payment page.</summary>
    public const string PageOwn = "own";

    /// <summary>JSON, as CoinPay24's own plugins send it; the documentation's examples are forms.</summary>
    public const string RequestFormJson = "json";

    private const string PageProvider = "provider";
    private const string RequestFormForm = "form";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(ApiKeyField, SettingKind.Secret) { Required = true, VerifiesWebhooks = true },
        new(BaseUrlField, SettingKind.Url) { Default = "https://api.coinpay24.com/v1", Required = true },
        new(CoinsField, SettingKind.Choices) { Default = CoinPay24Gateway.AnyCoin, Required = true, Options = [CoinPay24Gateway.AnyCoin, "BTC", "LTC", "ETH"] },
        new(PageField, SettingKind.Choice) { Default = PageProvider, Options = [PageProvider, PageOwn] },
        new(SendPurchaserField, SettingKind.Flag) { Default = "false" },
        new(RequestFormField, SettingKind.Choice) { Default = RequestFormForm, Options = [RequestFormForm, RequestFormJson] }
    ];

    /// <summary>Authenticates API calls and signs callbacks.</summary>
    public string ApiKey => settings.Text(ApiKeyField);

    public Uri BaseUrl => new(settings.Text(BaseUrlField).TrimEnd('/') + "/");

    public bool UsesStorePage => settings.Text(PageField) == PageOwn;

    public bool SendPurchaser => settings.Flag(SendPurchaserField);

    public bool SendJson => settings.Text(RequestFormField) == RequestFormJson;
}
