using Moq;
using Nop.Plugin.Payments.CryptoGateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Configuration;
using Nop.Services.Security;

namespace CryptoGateways.Tests.Unit;

/// <summary>A store whose own address overrides the shared one, and a secret that is stored for all.</summary>
public sealed class EnteredSettingsTests
{
    private const int Store = 2;

    private static readonly GatewayDescriptor _gateway = new()
    {
        SystemName = "sample",
        Name = "Sample",
        Coins = [],
        Fields = [new("Key", SettingKind.Secret), new("Url", SettingKind.Url), new("Coins", SettingKind.Choices)],
        RedirectHosts = [],
        BaseUrlField = "Url",
        CoinsField = "Coins"
    };

    [Test]
    public async Task What_is_entered_counts_and_an_empty_secret_is_the_stored_one()
    {
        var settings = await EnteredAsync(0, Field("Key", " "), Field("Url", " https://new.example "), new FieldModel { Name = "Coins", Values = ["A", "B"] });

        Assert.That((settings.Text("Key"), settings.Text("Url"), settings.Text("Coins")), Is.EqualTo(("stored", "https://new.example", "A,B")));
        Assert.That((await EnteredAsync(0, Field("Key", "new"), Field("Url", ""))).Text("Key"), Is.EqualTo("new"));
        Assert.That((await EnteredAsync(0, Field("Url", ""))).Text("Url"), Is.Empty, "emptied");
    }

    [Test]
    public async Task For_a_store_only_the_ticked_fields_are_its_own()
    {
        var settings = await EnteredAsync(Store, Field("Url", "https://entered.example"));
        Assert.That(settings.Text("Url"), Is.EqualTo("https://shared.example"), "not ticked");

        settings = await EnteredAsync(Store, Field("Url", "https://entered.example") with { OverrideForStore = true });
        Assert.That(settings.Text("Url"), Is.EqualTo("https://entered.example"));

        Assert.That((await EnteredAsync(Store)).Text("Url"), Is.EqualTo("https://store.example"), "not on the form");
    }

    private static FieldModel Field(string name, string value) => new() { Name = name, Value = value };

    private static Task<GatewaySettings> EnteredAsync(int storeId, params FieldModel[] fields)
    {
        var stored = new Dictionary<(string, int), string> { [("key", 0)] = "stored", [("key", Store)] = "stored", [("url", 0)] = "https://shared.example", [("url", Store)] = "https://store.example" };
        var settings = new Mock<ISettingService>();
        settings.Setup(service => service.GetSettingByKeyAsync<string?>(It.IsAny<string>(), null, It.IsAny<int>(), true))
            .ReturnsAsync((string key, string? _, int store, bool _) => stored.GetValueOrDefault((key[(CryptoGatewaysDefaults.SettingPrefix + "sample.").Length..], store)));
        var store = new GatewaySettingsStore(settings.Object, new SecretProtector(Mock.Of<IEncryptionService>()));
        return new EnteredSettings(store).OfAsync(_gateway, new GatewayModel { SystemName = "sample", Fields = fields }, storeId);
    }
}
