namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// The settings of CryptoFuse: their fields and typed values.
/// </summary>
public sealed class CryptoFuseSettings(GatewaySettings settings)
{
    public const string ContractField = "Contract";
    public const string ApiKeyField = "ApiKey";
    public const string ClientIdField = "ClientId";
    public const string ClientSecretField = "ClientSecret";
    public const string BaseUrlField = "BaseUrl";
    public const string CoinsField = "Coins";
    public const string WalletIdField = "WalletId";
    public const string OwnPageField = "OwnPage";
    public const string ShopperPaysNetworkFeeField = "ShopperPaysNetworkFee";
    public const string SignatureHeaderField = "SignatureHeader";
    public const string WebhookSecretField = "WebhookSecret";

    /// <summary>POST /payments/create with X-API-Key; amounts in units of the coin.</summary>
    public const string ApiKeyVersion = "apikey";

    /// <summary>POST /payments/ with OAuth2; prices in US dollars.</summary>
    public const string OAuthVersion = "oauth";

    /// <param name="coins">The codes of the supported coins.</param>
    public static IReadOnlyList<SettingField> FieldsFor(IReadOnlyList<string> coins) =>
    [
        new(ContractField, SettingKind.Choice) { Default = ApiKeyVersion, Options = [ApiKeyVersion, OAuthVersion] },
        new(ApiKeyField, SettingKind.Secret) { Required = true, RequiredWhen = settings => new CryptoFuseSettings(settings).UsesApiKey, VerifiesWebhooks = true },
        new(ClientIdField, SettingKind.Text) { Required = true, RequiredWhen = settings => !new CryptoFuseSettings(settings).UsesApiKey, IsWellFormed = value => !value.Contains(':') },
        new(ClientSecretField, SettingKind.Secret) { Required = true, RequiredWhen = settings => !new CryptoFuseSettings(settings).UsesApiKey, VerifiesWebhooks = true },
        new(BaseUrlField, SettingKind.Url) { Default = "https://api.cryptofuse.io", Required = true },
        new(CoinsField, SettingKind.Choices) { Default = coins[0], Required = true, Options = coins },
        new(WalletIdField, SettingKind.Text) { IsWellFormed = value => Guid.TryParseExact(value, "D", out var id) && id.Version == 4 },
        new(OwnPageField, SettingKind.Flag) { Default = "false" },
        new(ShopperPaysNetworkFeeField, SettingKind.Flag) { Default = "true" },
        new(SignatureHeaderField, SettingKind.Text) { IsWellFormed = value => value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') },
        new(WebhookSecretField, SettingKind.Secret) { VerifiesWebhooks = true }
    ];

    public bool UsesApiKey => settings.Text(ContractField) != OAuthVersion;

    public string ApiKey => settings.Text(ApiKeyField);

    public string ClientId => settings.Text(ClientIdField);

    public string ClientSecret => settings.Text(ClientSecretField);

    /// <summary>True if OAuth2 credentials are configured.</summary>
    public bool HasOAuthClient => ClientId.Length > 0 && ClientSecret.Length > 0;

    public Uri BaseUrl => new(settings.Text(BaseUrlField).TrimEnd('/') + "/");

    /// <summary>The wallet that receives payments; null for the main balance.</summary>
    public string? WalletId => ExternalText.FirstNonEmpty(settings.Text(WalletIdField));

    /// <summary>Prefers the store's payment page to CryptoFuse's page.</summary>
    public bool PrefersStorePage => settings.Flag(OwnPageField);

    public bool ShopperPaysNetworkFee => settings.Flag(ShopperPaysNetworkFeeField);

    /// <summary>The key of the tokens in callback URLs: the secret shared with CryptoFuse.</summary>
    public string CallbackKey => UsesApiKey ? ApiKey : ClientSecret;

    /// <summary>The header of a callback's signature, which is not documented.</summary>
    public string SignatureHeader => settings.Text(SignatureHeaderField);

    public string WebhookSecret => settings.Text(WebhookSecretField);

    /// <summary>True if the owner has configured how callbacks are signed; then every callback must be signed.</summary>
    public bool ExpectsSignature => SignatureHeader.Length > 0 && WebhookSecret.Length > 0;
}
