namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// CryptoFuse's settings: their names, and their typed form.
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

    /// <summary>POST /payments/create with X-API-Key: amounts in the coin.</summary>
    public const string ApiKeyContract = "apikey";

    /// <summary>POST /payments/ with OAuth2: prices in US dollars.</summary>
    public const string OAuthContract = "oauth";

    /// <param name="coins">Codes of the coins that can be offered.</param>
    public static IReadOnlyList<SettingField> FieldsFor(IReadOnlyList<string> coins) =>
    [
        new(ContractField, SettingKind.Choice) { Default = ApiKeyContract, Options = [ApiKeyContract, OAuthContract] },
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

    public bool UsesApiKey => settings.Text(ContractField) != OAuthContract;

    public string ApiKey => settings.Text(ApiKeyField);

    public string ClientId => settings.Text(ClientIdField);

    public string ClientSecret => settings.Text(ClientSecretField);

    /// <summary>An access token can be had.</summary>
    public bool HasClient => ClientId.Length > 0 && ClientSecret.Length > 0;

    public Uri BaseUrl => new(settings.Text(BaseUrlField).TrimEnd('/') + "/");

    /// <summary>Which of the account's wallets is paid; null for its main balance.</summary>
    public string? WalletId => settings.Text(WalletIdField) is { Length: > 0 } id ? id : null;

    /// <summary>The shopper pays on the store's page even where the provider has one.</summary>
    public bool PrefersOwnPage => settings.Flag(OwnPageField);

    public bool ShopperPaysNetworkFee => settings.Flag(ShopperPaysNetworkFeeField);

    /// <summary>Key of the tokens in callback addresses: the one that the store and nobody but the provider knows.</summary>
    public string CallbackKey => UsesApiKey ? ApiKey : ClientSecret;

    /// <summary>Header of a callback's signature; the documents do not name it.</summary>
    public string SignatureHeader => settings.Text(SignatureHeaderField);

    public string WebhookSecret => settings.Text(WebhookSecretField);

    /// <summary>The owner has found out how callbacks are signed: then each must be.</summary>
    public bool ExpectsSignature => SignatureHeader.Length > 0 && WebhookSecret.Length > 0;
}
