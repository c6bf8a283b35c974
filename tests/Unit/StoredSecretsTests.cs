using Moq;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit;

/// <summary>Where stored secrets go, and how they are kept: two secrets with an address each, shared or a store's own.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StoredSecretsTests
{
    private const string Good = "https://api.provider.example/v1";
    private const string Evil = "https://evil.example";

    private static readonly GatewayDescriptor _gateway = new()
    {
        SystemName = "sample",
        Name = "Sample",
        Coins = [],
        Fields =
        [
            new("Key", SettingKind.Secret) { Required = true, VerifiesWebhooks = true }, new("Url", SettingKind.Url) { Default = Good },
            new("Extra", SettingKind.Secret) { SentTo = "ExtraUrl" }, new("ExtraUrl", SettingKind.Url) { Default = Good }
        ],
        RedirectHosts = [],
        BaseUrlField = "Url",
        CoinsField = "Coins"
    };

    private readonly SettingRows _rows;
    private readonly ConfigurationSaver _saver;
    private readonly SecretDestinations _destinations;

    public StoredSecretsTests()
    {
        _rows = new SettingRows();
        var stores = Mock.Of<IStoreService>(service => service.GetAllStoresAsync() == Task.FromResult<IList<Store>>(new List<Store> { new() { Id = 1 }, new() { Id = 2 } }));
        _destinations = new SecretDestinations(_rows.Store, stores);
        var gateway = Mock.Of<IPaymentGateway>(gateway => gateway.Descriptor == _gateway);
        _saver = new ConfigurationSaver(new GatewayRegistry([gateway]), _rows.Store, new PreviousSecrets(_rows.Store, _rows.Service, _rows.Secrets, new ManualTime()), null!, _rows.Service);
    }

    [TestCase(Evil, "Key", false)]
    [TestCase("https://api.provider.example:8443/v1", "Key", false, Description = "another port is another server")]
    [TestCase("http://127.0.0.1/v1", "Key", false)]
    [TestCase("http://api.provider.example/v1", null, false, Description = "the address itself is refused")]
    [TestCase("https://api.provider.example.evil.example/v1", "Key", false)]
    [TestCase("https://API.provider.example:443/v2", null, false, Description = "the same server")]
    [TestCase(Evil, null, true, Description = "typed again")]
    public async Task Another_server_gets_a_secret_only_when_it_is_typed_again(string url, string? refused, bool isTyped)
    {
        await SaveAsync(0, ("Key", "owners"), ("Url", Good));

        var found = await _destinations.MisdirectedAsync(_gateway, Card(0, ("Key", isTyped ? "owners" : ""), ("Url", url)), 0);

        Assert.That(found.Select(one => one.Field.Name), Is.EqualTo(refused is null ? [] : new[] { refused }));
    }

    [Test]
    public async Task Each_secret_is_bound_to_the_address_it_is_sent_to()
    {
        await SaveAsync(0, ("Key", "owners"), ("Url", Good), ("Extra", "owners"), ("ExtraUrl", Good));

        var found = await _destinations.MisdirectedAsync(_gateway, Card(0, ("Key", ""), ("Url", Good), ("Extra", ""), ("ExtraUrl", Evil)), 0);

        Assert.That(found.Select(one => one.Field.Name), Is.EqualTo(new[] { "Extra" }));
    }

    [Test]
    public async Task A_shared_address_is_not_changed_under_a_store_with_a_secret_of_its_own()
    {
        await SaveAsync(0, ("Key", "owners"), ("Url", Good));
        await SaveAsync(1, ("Key", "owners of the first store"));

        var found = await _destinations.MisdirectedAsync(_gateway, Card(0, ("Key", "new"), ("Url", "https://new.example")), 0);

        Assert.That(found, Is.EqualTo(new[] { (_gateway.Fields[1], true) }));
    }

    [Test]
    public async Task A_secret_that_cannot_be_read_today_is_bound_too()
    {
        await SaveAsync(0, ("Key", "owners"), ("Url", Good));
        _rows.Key = "second";

        Assert.That(await _destinations.MisdirectedAsync(_gateway, Card(0, ("Key", ""), ("Url", Evil)), 0), Is.Not.Empty);
    }

    /// <summary>
    /// Somebody who may configure and does not know the owner's secrets saves and tries whatever the page accepts, before and after the
    /// owner does. No secret of the owner's ever goes to another host.
    /// </summary>
    [Test]
    public async Task No_sequence_of_changes_sends_the_owners_secrets_elsewhere([Range(1, 150)] int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 40; step++)
        {
            var (isOwner, storeId) = (random.Next(4) == 0, random.Next(3));
            var card = new GatewayModel { SystemName = _gateway.SystemName };
            foreach (var field in _gateway.Fields.Where(_ => isOwner || random.Next(6) > 0))
            {
                var value = field.Kind == SettingKind.Secret
                    ? random.Next(3) > 0 ? "" : isOwner ? $"owners {step}" : $"attackers {step}"
                    : isOwner ? Good : new[] { Good, Evil, "" }[random.Next(3)];
                card.Fields.Add(new FieldModel { Name = field.Name, Value = value.Replace(" ", "-"), OverrideForStore = isOwner && field.Kind == SettingKind.Url || random.Next(2) == 0, Remove = !isOwner && random.Next(8) == 0 });
            }
            if ((await _destinations.MisdirectedAsync(_gateway, card, storeId)).Count > 0)
                continue;

            Check(await new EnteredSettings(_rows.Store).OfAsync(_gateway, card, storeId), $"seed {seed}, step {step}, tried");
            await _saver.SaveAsync(card, storeId);
            foreach (var store in new[] { 0, 1, 2 })
                Check(await _rows.Store.LoadAsync(_gateway, store), $"seed {seed}, step {step}, store {store}");
        }

        static void Check(GatewaySettings settings, string when)
        {
            Assert.That(settings.Text("Key").StartsWith("owners", StringComparison.Ordinal) && settings.Text("Url") == Evil, Is.False, when);
            Assert.That(settings.Text("Extra").StartsWith("owners", StringComparison.Ordinal) && settings.Text("ExtraUrl") == Evil, Is.False, when);
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task A_secret_is_removed_when_the_owner_says_so(int storeId)
    {
        await SaveAsync(0, ("Extra", "shared"));
        await SaveAsync(storeId, ("Extra", "owners"));
        await SaveAsync(storeId, ("Extra", ""));
        Assert.That((await _rows.Store.LoadAsync(_gateway, storeId)).Text("Extra"), Is.EqualTo("owners"), "an empty field keeps it");

        var card = Card(storeId, ("Extra", ""));
        card.Fields[0].Remove = true;
        Assert.That((await new EnteredSettings(_rows.Store).OfAsync(_gateway, card, storeId)).Text("Extra"), Is.Empty);
        await _saver.SaveAsync(card, storeId);

        Assert.That((await _rows.Store.LoadAsync(_gateway, storeId)).Text("Extra"), Is.Empty);
        Assert.That((await _rows.Store.LoadAsync(_gateway, 2)).Text("Extra"), Is.EqualTo(storeId == 0 ? "" : "shared"));
    }

    /// <summary>The platform tells of a new key; the one that encrypted the secret is not the one before it.</summary>
    [Test]
    public async Task What_cannot_be_decrypted_is_left_alone_and_readable_once_its_key_is_back()
    {
        await SaveAsync(0, ("Key", "owners"));
        (_rows.Key, var first) = ("second", _rows.Key);
        await SaveAsync(0, ("Extra", "younger"));

        await ChangeKeyAsync("third");
        Assert.That((await TextAsync("Key"), await TextAsync("Extra")), Is.EqualTo(("", "younger")));
        Assert.That((await _rows.Store.IsUnreadableAsync(_gateway, _gateway.Fields[0], 0), await _rows.Store.IsUnreadableAsync(_gateway, _gateway.Fields[2], 0)), Is.EqualTo((true, false)));

        await SaveAsync(0, ("Key", ""), ("Url", Good));
        await ChangeKeyAsync(first);
        Assert.That((await TextAsync("Key"), await TextAsync("Extra")), Is.EqualTo(("owners", "younger")));

        async Task ChangeKeyAsync(string key)
        {
            (_rows.Key, var before) = (key, _rows.Key);
            await _rows.Store.ReprotectAsync(before);
        }
    }

    private async Task<string> TextAsync(string field) => (await _rows.Store.LoadAsync(_gateway, 0)).Text(field);

    private Task SaveAsync(int storeId, params (string Name, string Value)[] fields) => _saver.SaveAsync(Card(storeId, fields), storeId);

    private static GatewayModel Card(int storeId, params (string Name, string Value)[] fields) => new()
    {
        SystemName = _gateway.SystemName,
        Fields = [.. fields.Select(field => new FieldModel { Name = field.Name, Value = field.Value, OverrideForStore = storeId > 0 })]
    };
}
