using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Unit;

public sealed class GatewaySettingsTests
{
    private static readonly GatewayDescriptor _descriptor = new()
    {
        SystemName = "sample",
        Name = "Sample",
        Coins = [],
        Fields =
        [
            new("Key", SettingKind.Secret) { Required = true },
            new("Url", SettingKind.Url) { Default = "https://api.example.com", Required = true },
            new("Coins", SettingKind.Choices) { Default = "A,B" },
            new("Loud", SettingKind.Flag)
        ],
        RedirectHosts = [],
        BaseUrlField = "Url",
        CoinsField = "Coins"
    };

    [Test]
    public void What_was_never_saved_has_its_default()
    {
        var settings = Settings();

        Assert.That(settings.Text("Url"), Is.EqualTo("https://api.example.com"));
        Assert.That(settings.List("Coins"), Is.EqualTo(new[] { "A", "B" }));
        Assert.That((settings.Flag("Loud"), settings.IsEnabled), Is.EqualTo((false, false)));
    }

    [Test]
    public void What_was_saved_counts_even_when_it_is_empty()
    {
        var settings = Settings(("Url", ""), ("Coins", ""), ("Loud", "true"));

        Assert.That((settings.Text("Url"), settings.List("Coins").Count, settings.Flag("Loud")), Is.EqualTo(("", 0, true)));
    }

    [Test]
    public void A_gateway_is_complete_when_no_required_field_is_empty()
    {
        Assert.That(Settings().Missing().Select(field => field.Name), Is.EqualTo(new[] { "Key" }));
        Assert.That(Settings(("Key", ""), ("Url", "")).Missing().Select(field => field.Name), Is.EqualTo(new[] { "Key", "Url" }));
        Assert.That((Settings().IsComplete, Settings(("Key", "k")).IsComplete), Is.EqualTo((false, true)));
    }

    [TestCase("true", true)]
    [TestCase("True", false)]
    [TestCase("1", false)]
    [TestCase("", false)]
    public void A_gateway_is_on_only_when_the_switch_says_exactly_so(string value, bool on) =>
        Assert.That(Settings((GatewaySettings.Enabled, value)).IsEnabled, Is.EqualTo(on));

    [TestCase("", "")]
    [TestCase("A", "A")]
    [TestCase(" A , B ", "A|B")]
    [TestCase(",A,,B,", "A|B")]
    public void A_list_is_split_at_commas(string stored, string expected) =>
        Assert.That(string.Join('|', GatewaySettings.Split(stored)), Is.EqualTo(expected));

    private static GatewaySettings Settings(params (string Name, string Value)[] values) => new(_descriptor, values.ToDictionary());
}
