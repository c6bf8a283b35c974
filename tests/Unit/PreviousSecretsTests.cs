using Moq;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit;

/// <summary>An owner replaces the keys that verify webhooks, for all stores or for one.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PreviousSecretsTests
{
    private static readonly SettingField _key = new("Key", SettingKind.Secret) { VerifiesWebhooks = true };
    private static readonly SettingField _other = new("Other", SettingKind.Secret) { VerifiesWebhooks = true };
    private static readonly SettingField _apiOnly = new("ApiOnly", SettingKind.Secret);

    private static readonly GatewayDescriptor _gateway = new()
    {
        SystemName = "sample",
        Name = "Sample",
        Coins = [],
        Fields = [_key, _other, _apiOnly, new("Url", SettingKind.Url) { Default = "https://api.provider.example" }],
        RedirectHosts = [],
        BaseUrlField = "Url",
        CoinsField = "Coins"
    };

    private readonly SettingRows _rows = new();
    private readonly ManualTime _time = new();
    private readonly PreviousSecrets _previous;
    private readonly ConfigurationSaver _saver;

    public PreviousSecretsTests()
    {
        _previous = new PreviousSecrets(_rows.Store, _rows.Service, _rows.Secrets, _time);
        var gateway = Mock.Of<IPaymentGateway>(gateway => gateway.Descriptor == _gateway);
        _saver = new ConfigurationSaver(new GatewayRegistry([gateway]), _rows.Store, _previous, null!, _rows.Service);
    }

    [Test]
    public async Task A_replaced_secret_verifies_webhooks_until_the_date_that_the_owner_sees()
    {
        await SaveAsync(0, _key, "first");
        await SaveAsync(0, _key, "second");

        Assert.That(await _previous.UntilAsync(_gateway, _key, 0), Is.EqualTo(_time.GetUtcNow().UtcDateTime + PreviousSecrets.Validity));
        Assert.That(await VerifyingAsync(0), Is.EqualTo(new[] { "second", "first" }));
        Assert.That(await VerifyingAsync(1), Is.EqualTo(new[] { "second", "first" }), "a store that has the shared one");
        Assert.That((await _rows.Store.LoadAsync(_gateway, 1)).Text(_key.Name), Is.EqualTo("second"), "calls");

        _time.Now += PreviousSecrets.Validity;
        Assert.That((await VerifyingAsync(0), await _previous.UntilAsync(_gateway, _key, 0)), Is.EqualTo((new[] { "second" }, (DateTime?)null)));
    }

    [Test]
    public async Task The_owner_ends_it_at_once()
    {
        await SaveAsync(0, _key, "first");
        await SaveAsync(0, _key, "second");

        await _saver.SaveAsync(Card(new FieldModel { Name = _key.Name, EndPrevious = true }), storeId: 0);

        Assert.That(await VerifyingAsync(0), Is.EqualTo(new[] { "second" }));
        Assert.That(_rows.Rows.Select(row => row.Name), Has.None.Contains("previous"));
    }

    [TestCase("first", Description = "the same again")]
    [TestCase("", Description = "left empty")]
    public async Task What_replaces_nothing_keeps_nothing(string entered)
    {
        await SaveAsync(0, _key, "first");
        await SaveAsync(0, _key, entered);

        Assert.That(await VerifyingAsync(0), Is.EqualTo(new[] { "first" }));
    }

    [Test]
    public async Task A_secret_that_is_removed_verifies_nothing_any_more()
    {
        await SaveAsync(0, _key, "first");
        await SaveAsync(0, _key, "second");

        await _saver.SaveAsync(Card(new FieldModel { Name = _key.Name, Remove = true }), storeId: 0);

        Assert.That(await VerifyingAsync(0), Is.EqualTo(new[] { "" }));
    }

    [Test]
    public async Task A_key_that_verifies_no_webhooks_is_forgotten_at_once()
    {
        await SaveAsync(0, _apiOnly, "first");
        await SaveAsync(0, _apiOnly, "second");

        Assert.That(_rows.Rows.Select(row => row.Name), Has.None.Contains("previous"));
    }

    [Test]
    public async Task A_store_keeps_what_counted_for_it_and_no_other_store_is_concerned()
    {
        await SaveAsync(0, _key, "shared");
        await SaveAsync(1, _key, "own");
        Assert.That((await VerifyingAsync(1), await VerifyingAsync(0)), Is.EqualTo((new[] { "own", "shared" }, new[] { "shared" })));

        _time.Now += PreviousSecrets.Validity;
        await SaveAsync(0, _key, "shared2");
        Assert.That(await VerifyingAsync(1), Is.EqualTo(new[] { "own" }), "the shared key is none of its business");

        await _saver.SaveAsync(Card(new FieldModel { Name = _key.Name }), storeId: 1);
        Assert.That(await VerifyingAsync(1), Is.EqualTo(new[] { "shared2", "own", "shared" }), "the override is gone");
    }

    [Test]
    public async Task Two_replaced_secrets_verify_in_each_combination()
    {
        foreach (var (key, other) in new[] { ("a", "x"), ("b", "y") })
        {
            await SaveAsync(0, _key, key);
            await SaveAsync(0, _other, other);
        }

        var pairs = (await _previous.VerifyingAsync(_gateway, 0)).Select(settings => settings.Text(_key.Name) + settings.Text(_other.Name));
        Assert.That(pairs, Is.EquivalentTo(new[] { "by", "ay", "bx", "ax" }));
    }

    [Test]
    public async Task It_is_deleted_when_its_time_is_over_and_no_other_setting_is()
    {
        await SaveAsync(0, _key, "first");
        await SaveAsync(0, _key, "second");
        await SaveAsync(1, _key, "own");
        _time.Now += PreviousSecrets.Validity / 2;
        await SaveAsync(1, _key, "own2");

        await _previous.RemoveExpiredAsync();
        Assert.That(_rows.Rows.Count(row => row.Name.Contains("previous")), Is.EqualTo(4));

        _time.Now += PreviousSecrets.Validity / 2;
        await _previous.RemoveExpiredAsync();
        Assert.That(_rows.Rows.Where(row => row.Name.Contains("previous")).Select(row => row.StoreId), Is.EqualTo(new[] { 1, 1 }));
        Assert.That((await VerifyingAsync(0), await VerifyingAsync(1)), Is.EqualTo((new[] { "second" }, new[] { "own2", "own" })));
    }

    [Test]
    public async Task It_is_encrypted_and_follows_the_stores_encryption_key()
    {
        await SaveAsync(0, _key, "first");
        await SaveAsync(0, _key, "second");
        Assert.That(_rows.Rows.Select(row => row.Value), Has.None.Contains("first"));

        _rows.Key = "new";
        await _rows.Store.ReprotectAsync("first");

        Assert.That(await VerifyingAsync(0), Is.EqualTo(new[] { "second", "first" }));
    }

    private async Task<string[]> VerifyingAsync(int storeId) => [.. (await _previous.VerifyingAsync(_gateway, storeId)).Select(settings => settings.Text(_key.Name))];

    private Task SaveAsync(int storeId, SettingField field, string value) =>
        _saver.SaveAsync(Card(new FieldModel { Name = field.Name, Value = value, OverrideForStore = storeId > 0 }), storeId);

    private static GatewayModel Card(FieldModel field) => new() { SystemName = _gateway.SystemName, Fields = [field] };
}
