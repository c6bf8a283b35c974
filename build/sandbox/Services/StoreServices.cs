using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CryptoGateways.Sandbox.Data;
using CryptoGateways.Sandbox.Plugins;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Newtonsoft.Json;
using Nop.Core;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Security;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Directory;
using Nop.Services.Messages;
using Nop.Services.Security;
using Nop.Services.Stores;

namespace CryptoGateways.Sandbox.Services;

/// <summary>Writes rows of the Log table, and the same to the console.</summary>
public sealed class LogService(IRepository<Log> rows, IHttpContextAccessor accessor, ILogger<LogService> console) : Nop.Services.Logging.ILogger
{
    public Task WarningAsync(string message, Exception? exception = null, Customer? customer = null) => InsertAsync("Warning", message, exception, customer);

    public Task ErrorAsync(string message, Exception? exception = null, Customer? customer = null) => InsertAsync("Error", message, exception, customer);

    private Task InsertAsync(string level, string message, Exception? exception, Customer? customer)
    {
        console.LogWarning("{Level}: {Message}", level, message);
        return rows.InsertAsync(new Log
        {
            Level = level,
            ShortMessage = message,
            FullMessage = exception?.ToString() ?? "",
            PageUrl = accessor.HttpContext?.Request.Path,
            CustomerId = customer?.Id,
            CreatedOnUtc = DateTime.UtcNow
        });
    }
}

/// <summary>Messages for the next page that is shown.</summary>
public sealed class NotificationService(IHttpContextAccessor accessor, ITempDataDictionaryFactory tempData) : INotificationService
{
    public const string Key = "nop.notifications";

    public void SuccessNotification(string message, bool encode = true, int timeout = 0) => Add("success", message, encode);

    public void ErrorNotification(string message, bool encode = true, int timeout = 0) => Add("error", message, encode);

    private void Add(string kind, string message, bool encode)
    {
        var data = tempData.GetTempData(accessor.HttpContext!);
        var messages = data[Key] is string json ? JsonConvert.DeserializeObject<List<string[]>>(json)! : [];
        messages.Add([kind, encode ? System.Net.WebUtility.HtmlEncode(message) : message]);
        data[Key] = JsonConvert.SerializeObject(messages);
    }
}

/// <summary>
/// The administrator may all that the platform or an installed plugin names, except what a test has taken away; others nothing.
/// </summary>
public sealed class PermissionService(IRepository<PermissionRecord> records, PluginCatalog plugins, DeniedPermissions denied, IWorkContext workContext)
    : IPermissionService
{
    private static readonly HashSet<string> _platform = typeof(StandardPermission).GetNestedTypes()
        .SelectMany(area => area.GetFields()).Select(name => (string)name.GetRawConstantValue()!).ToHashSet();

    public async Task<bool> AuthorizeAsync(string permissionRecordSystemName) =>
        (await workContext.GetCurrentCustomerAsync()).Username == Seed.Admin
        && !denied.Names.Contains(permissionRecordSystemName)
        && (_platform.Contains(permissionRecordSystemName) || records.Table.Any(record => record.SystemName == permissionRecordSystemName));

    public Task DeletePermissionAsync(string permissionSystemName) => records.DeleteAsync(record => record.SystemName == permissionSystemName);

    /// <summary>At each start, of every class that is found, installed or not.</summary>
    public async Task InsertPermissionsAsync()
    {
        foreach (var config in plugins.Instances<IPermissionConfigManager>().SelectMany(manager => manager.AllConfigs))
            if (!records.Table.Any(record => record.SystemName == config.SystemName))
                await records.InsertAsync(new PermissionRecord { Name = config.Name, SystemName = config.SystemName, Category = config.Category });
    }
}

/// <summary>What the administrator may not do for now.</summary>
public sealed class DeniedPermissions
{
    public IReadOnlyCollection<string> Names { get; set; } = [];
}

/// <summary>AES with the store's key; the initialization vector stands before the text.</summary>
public sealed class EncryptionService(ISettingService settings) : IEncryptionService
{
    public string EncryptText(string plainText, string encryptionPrivateKey = "")
    {
        if (string.IsNullOrEmpty(plainText))
            return plainText;

        using var aes = CreateAes(encryptionPrivateKey);
        return Convert.ToBase64String([.. aes.IV, .. aes.EncryptCbc(Encoding.UTF8.GetBytes(plainText), aes.IV)]);
    }

    public string DecryptText(string cipherText, string encryptionPrivateKey = "")
    {
        if (string.IsNullOrEmpty(cipherText))
            return cipherText;

        using var aes = CreateAes(encryptionPrivateKey);
        var bytes = Convert.FromBase64String(cipherText);
        return Encoding.UTF8.GetString(aes.DecryptCbc(bytes.AsSpan(16), bytes.AsSpan(0, 16)));
    }

    private Aes CreateAes(string key)
    {
        if (string.IsNullOrEmpty(key))
            key = settings.GetSettingByKeyAsync<string>("securitysettings.encryptionkey").GetAwaiter().GetResult();
        var aes = Aes.Create();
        aes.Key = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return aes;
    }
}

public sealed class StoreService(IRepository<Store> stores) : IStoreService
{
    public Task<IList<Store>> GetAllStoresAsync() => stores.GetAllAsync();

    public Task<Store> GetStoreByIdAsync(int storeId) => stores.GetByIdAsync(storeId);
}

public sealed class AddressService(IRepository<Address> addresses) : IAddressService
{
    public Task<Address> GetAddressByIdAsync(int addressId) => addresses.GetByIdAsync(addressId);
}

/// <summary>Rates are units of the currency for one unit of the currency whose rate is 1.</summary>
public sealed class CurrencyService(IRepository<Currency> currencies, CurrencySettings settings) : ICurrencyService
{
    public Task<Currency> GetCurrencyByIdAsync(int currencyId) => currencies.GetByIdAsync(currencyId);

    public async Task<Currency> GetCurrencyByCodeAsync(string currencyCode) =>
        (await currencies.GetAllAsync(query => query.Where(currency => currency.CurrencyCode == currencyCode))).FirstOrDefault()!;

    public async Task<decimal> ConvertFromPrimaryStoreCurrencyAsync(decimal amount, Currency targetCurrencyCode) =>
        targetCurrencyCode.Id == settings.PrimaryStoreCurrencyId
            ? amount
            : amount / (await GetCurrencyByIdAsync(settings.PrimaryStoreCurrencyId)).Rate * targetCurrencyCode.Rate;
}

/// <summary>Rounds to two decimals, half to even, then to the smallest coin of currencies that are rounded to cash amounts.</summary>
public sealed class PriceCalculationService(ICurrencyService currencies, CurrencySettings settings) : IPriceCalculationService
{
    public async Task<decimal> RoundPriceAsync(decimal value, Currency? currency = null)
    {
        currency ??= await currencies.GetCurrencyByIdAsync(settings.PrimaryStoreCurrencyId);
        var cents = decimal.Round(value, 2);
        return currency.RoundingType switch
        {
            RoundingType.Rounding005Up => 0.05m * decimal.Ceiling(cents / 0.05m),
            RoundingType.Rounding005Down => 0.05m * decimal.Floor(cents / 0.05m),
            RoundingType.Rounding01Up => 0.1m * decimal.Floor(cents / 0.1m + 0.5m),
            RoundingType.Rounding01Down => 0.1m * decimal.Ceiling(cents / 0.1m - 0.5m),
            RoundingType.Rounding05 => 0.5m * decimal.Floor(cents / 0.5m + 0.5m),
            RoundingType.Rounding1 => decimal.Floor(cents + 0.5m),
            RoundingType.Rounding1Up => decimal.Ceiling(cents),
            _ => cents
        };
    }
}

/// <summary>Payment fees are not taxable here, as in a new nopCommerce store.</summary>
public sealed class TaxService : Nop.Services.Tax.ITaxService
{
    public Task<(decimal price, decimal taxRate)> GetPaymentMethodAdditionalFeeAsync(decimal price, bool includingTax, Customer customer) => Task.FromResult((price, 0m));
}

/// <summary>Every picture is the sandbox's logo.</summary>
public sealed class PictureService : Nop.Services.Media.IPictureService
{
    public const string Logo = "/images/logo.svg";

    public Task<string> GetPictureUrlAsync(int pictureId, int targetSize, bool showDefaultPicture, string? storeLocation, Nop.Core.Domain.Media.PictureType defaultPictureType) => Task.FromResult(Logo);
}

public sealed class PriceFormatter(ICurrencyService currencies, IPriceCalculationService calculation, CurrencySettings settings) : IPriceFormatter
{
    public async Task<string> FormatPriceAsync(decimal price) =>
        await FormatAsync(price, await currencies.GetCurrencyByIdAsync(settings.PrimaryStoreCurrencyId));

    /// <summary>As above: the store shows one currency.</summary>
    public Task<string> FormatPriceAsync(decimal price, bool showCurrency, bool showTax) => FormatPriceAsync(price);

    public async Task<string> FormatPriceAsync(decimal price, bool showCurrency, string currencyCode, bool showTax, int languageId) =>
        await FormatAsync(price, await currencies.GetCurrencyByCodeAsync(currencyCode));

    private async Task<string> FormatAsync(decimal price, Currency currency)
    {
        var rounded = await calculation.RoundPriceAsync(price, currency);
        return string.IsNullOrEmpty(currency.CustomFormatting) ? rounded.ToString("C", CultureInfo.GetCultureInfo(currency.DisplayLocale)) : rounded.ToString(currency.CustomFormatting, CultureInfo.CurrentCulture);
    }
}
