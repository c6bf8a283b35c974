using System.Text;
using Moq;
using Nop.Core.Domain.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Configuration;
using Nop.Services.Security;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The platform's table of settings, and its encryption. A value of one store covers the shared one.
/// </summary>
public sealed class SettingRows
{
    private readonly Mock<IEncryptionService> _encryption = new();

    public SettingRows()
    {
        var settings = new Mock<ISettingService>();
        settings.Setup(service => service.GetSettingByKeyAsync<string?>(It.IsAny<string>(), null, It.IsAny<int>(), It.IsAny<bool>()))
            .ReturnsAsync((string key, string? _, int store, bool loadShared) => (Find(key, store) ?? (loadShared ? Find(key, 0) : null))?.Value);
        settings.Setup(service => service.GetSettingAsync(It.IsAny<string>(), It.IsAny<int>(), It.IsAny<bool>()))
            .ReturnsAsync((string key, int store, bool loadShared) => Find(key, store) ?? (loadShared ? Find(key, 0) : null));
        settings.Setup(service => service.SetSettingAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<int>(), It.IsAny<bool>()))
            .Returns((string key, string value, int store, bool _) =>
            {
                if (Find(key, store) is { } row)
                    row.Value = value;
                else
                    Rows.Add(new Setting { Name = key, Value = value, StoreId = store });
                return Task.CompletedTask;
            });
        settings.Setup(service => service.DeleteSettingAsync(It.IsAny<Setting>())).Returns((Setting row) => Task.FromResult(Rows.Remove(row)));
        settings.Setup(service => service.DeleteSettingsAsync(It.IsAny<IList<Setting>>())).Returns((IList<Setting> rows) => Task.FromResult(Rows.RemoveAll(rows.Contains)));
        settings.Setup(service => service.GetAllSettingsAsync()).ReturnsAsync(() => [.. Rows]);
        Service = settings.Object;
        _encryption.Setup(service => service.EncryptText(It.IsAny<string>(), It.IsAny<string>())).Returns((string text, string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{KeyOr(key)}|{text}")));
        _encryption.Setup(service => service.DecryptText(It.IsAny<string>(), It.IsAny<string>())).Returns((string text, string key) =>
            Encoding.UTF8.GetString(Convert.FromBase64String(text)).Split('|', 2) is var parts && parts[0] == KeyOr(key) ? parts[1] : throw new FormatException());
        Secrets = new SecretProtector(_encryption.Object);
        Store = new GatewaySettingsStore(Service, Secrets);
    }

    public List<Setting> Rows { get; } = [];

    public ISettingService Service { get; }

    public SecretProtector Secrets { get; }

    public GatewaySettingsStore Store { get; }

    /// <summary>The store's encryption key.</summary>
    public string Key { get; set; } = "first";

    private Setting? Find(string key, int store) => Rows.FirstOrDefault(row => row.Name == key && row.StoreId == store);

    private string KeyOr(string key) => key.Length == 0 ? Key : key;
}
