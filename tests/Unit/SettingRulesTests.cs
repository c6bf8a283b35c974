using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Validators;

namespace CryptoGateways.Tests.Unit;

public sealed class SettingRulesTests
{
    [TestCase("https://api.example.com", null)]
    [TestCase("https://api.example.com/v1/", null)]
    [TestCase("http://127.0.0.1:5081/simulated", null)]
    [TestCase("http://api.example.com", "Url")]
    [TestCase("api.example.com", "Url")]
    [TestCase("/payment", "Url")]
    [TestCase("https://", "Url")]
    [TestCase("https://user:pw@api.example.com", "Url")]
    [TestCase("https://api.example.com/?a=b", "Url")]
    [TestCase("https://api.example.com/#a", "Url")]
    [TestCase("javascript:alert(1)", "Url")]
    public void An_address_is_https_or_this_machine_and_nothing_else(string value, string? error) =>
        Expect(SettingKind.Url, value, error);

    [TestCase("true", null)]
    [TestCase("false", null)]
    [TestCase("True", "Choice")]
    [TestCase("on", "Choice")]
    public void A_flag_is_true_or_false(string value, string? error) => Expect(SettingKind.Flag, value, error);

    [TestCase("a", null)]
    [TestCase("A", "Choice")]
    [TestCase("a,b", "Choice")]
    [TestCase("c", "Choice")]
    public void A_choice_is_one_of_the_options(string value, string? error) => Expect(SettingKind.Choice, value, error);

    [TestCase("a", null)]
    [TestCase("a,b", null)]
    [TestCase("b, a", null)]
    [TestCase("a,,b", null)]
    [TestCase("a,c", "Choice")]
    [TestCase("<script>", "Choice")]
    public void Choices_are_among_the_options(string value, string? error) => Expect(SettingKind.Choices, value, error);

    [TestCase("key_1", null)]
    [TestCase("sk-live+/=.~!1", null)]
    [TestCase("key_1 key_2", "Format")]
    [TestCase("key_1\n", "Format")]
    [TestCase("key_1\u00a0", "Format")]
    [TestCase("schl\u00fcssel", "Format")]
    public void A_secret_is_what_a_header_can_carry(string value, string? error) => Expect(SettingKind.Secret, value, error);

    [Test]
    public void No_value_is_longer_than_500_characters()
    {
        Expect(SettingKind.Secret, "key_" + new string('1', 496), null);
        Expect(SettingKind.Secret, "key_" + new string('1', 497), "TooLong");
        Expect(SettingKind.Url, "https://api.example.com/" + new string('a', 500), "TooLong");
    }

    [Test]
    public void An_empty_value_is_incomplete_and_not_wrong([Values] SettingKind kind) => Expect(kind, "", null);

    [Test]
    public void Every_declared_default_obeys_its_own_rule() =>
        Assert.That(
            from gateway in Registered.Gateways
            from field in gateway.Descriptor.Fields
            where SettingRules.ErrorOf(field, field.Default) is not null || field.Kind == SettingKind.Secret && field.Default.Length > 0
            select $"{gateway.Descriptor.SystemName}.{field.Name}", Is.Empty);

    private static void Expect(SettingKind kind, string value, string? error)
    {
        var field = new SettingField("Field", kind) { Options = ["a", "b"] };

        Assert.That(SettingRules.ErrorOf(field, value)?.ToString(), Is.EqualTo(error));
    }
}
