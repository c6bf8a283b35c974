using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

/// <summary>
/// Paths of the store's own payment pages. The token in one is all that is needed to see and pay: it is made from the payment's
/// id and its stored nonce with a secret of the plugin, so that it can be made again, and is revoked by a new nonce. The shopper's
/// own browser is led by paths, without a host, so that it keeps its cookies; for everybody else see <see cref="StoreUrls"/>.
/// </summary>
public class PayPageLinks(IRepository<CryptoPayment> payments, ISettingService settingService, SecretProtector secrets, IHttpContextAccessor httpContextAccessor)
{
    /// <summary>Name of the setting that holds the secret; it goes with the plugin's other settings.</summary>
    private const string SecretSetting = CryptoGatewaysDefaults.SettingPrefix + "pagesecret";

    /// <summary>Bytes of the code in a token: 128 bits.</summary>
    private const int CodeLength = 16;

    /// <summary>Characters that the code has in base64.</summary>
    private const int CodeCharacters = 22;

    /// <summary>Where the shopper pays: the store's own page when the provider gave an address, else the provider's; null when there is neither.</summary>
    public async Task<string?> PageOfAsync(CryptoPayment payment) =>
        payment.Address is null ? payment.CheckoutUrl : await OwnPageOfAsync(payment);

    /// <summary>The store's own page of a payment, which shows how it stands wherever it is paid.</summary>
    public async Task<string> OwnPageOfAsync(CryptoPayment payment) => InBrowser(await PathOfAsync(payment));

    /// <summary>Where an order's owner chooses how to pay it.</summary>
    public string OrderPageOf(int orderId) => InBrowser(PathOf(orderId));

    /// <summary>The path of <see cref="OwnPageOfAsync"/> from the store's root, without a slash in front.</summary>
    public async Task<string> PathOfAsync(CryptoPayment payment) => $"checkout/crypto/{await TokenAsync(payment)}";

    /// <summary>The path of <see cref="OrderPageOf"/> from the store's root, without a slash in front.</summary>
    public static string PathOf(int orderId) => $"checkout/crypto/order/{orderId}";

    /// <summary>The payment that a token belongs to; null for an unknown or revoked one.</summary>
    public async Task<CryptoPayment?> FindAsync(string? token)
    {
        var end = token?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (end < 1 || token!.Length - end - 1 != CodeCharacters || !int.TryParse(token.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await payments.GetByIdAsync(id) is not { } payment)
            return null;

        var expected = Encoding.ASCII.GetBytes(await TokenAsync(payment));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(token)) ? payment : null;
    }

    /// <summary>What makes one payment's token differ from every other.</summary>
    public static string NewNonce() => RandomNumberGenerator.GetHexString(32);

    /// <summary>Makes the secret, unless there is one.</summary>
    public async Task InstallAsync()
    {
        if (await settingService.GetSettingByKeyAsync<string?>(SecretSetting) is null)
            await settingService.SetSettingAsync(SecretSetting, secrets.Protect(RandomNumberGenerator.GetHexString(64)));
    }

    private string InBrowser(string path) => $"{httpContextAccessor.HttpContext?.Request.PathBase}/{path}";

    /// <summary>What opens the payment's page.</summary>
    public async Task<string> TokenAsync(CryptoPayment payment)
    {
        var stored = await settingService.GetSettingByKeyAsync<string?>(SecretSetting) ?? string.Empty;
        var code = HMACSHA256.HashData(Encoding.ASCII.GetBytes(secrets.Reveal(stored)), Encoding.ASCII.GetBytes($"{payment.Id}:{payment.TokenNonce}"));
        return $"{payment.Id}-{Base64Url.EncodeToString(code.AsSpan(0, CodeLength))}";
    }
}
