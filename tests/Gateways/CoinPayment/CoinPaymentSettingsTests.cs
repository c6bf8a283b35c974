using Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

namespace CryptoGateways.Tests.Gateways.CoinPayment;

/// <summary>
/// Validation of the settings.
/// </summary>
public sealed class CoinPaymentSettingsTests : CoinPaymentFixture
{
    [Test]
    [SetCulture("de-DE")]
    public void A_plan_is_a_line_and_a_number_may_be_left_out() =>
        Assert.That(CoinPaymentPlan.ReadAll("25 = GROUP, 2, 0\r\n\r\n  5.50=MORE_LOGIN,-,1  \n1234567890.1234 = BUY_CREDIT , - , -"), Is.EqualTo(new CoinPaymentPlan[]
        {
            new(25m, "GROUP", 2, 0),
            new(5.5m, "MORE_LOGIN", null, 1),
            new(1234567890.1234m, "BUY_CREDIT", null, null)
        }));

    [TestCase("")]
    [TestCase("25")]
    [TestCase("25 = GROUP")]
    [TestCase("25 = GROUP, 2")]
    [TestCase("25 = GROUP, 2, 0, 1")]
    [TestCase("25 = , 2, 0")]
    [TestCase("25 = group, 2, 0")]
    [TestCase("25 = GROUP, two, 0")]
    [TestCase("25 = GROUP, -1, 0")]
    [TestCase("25 = GROUP, 9999999999, 0")]
    [TestCase("25 = GROUP, 2,")]
    [TestCase("25,00 = GROUP, 2, 0")]
    [TestCase("$25 = GROUP, 2, 0")]
    [TestCase("-25 = GROUP, 2, 0")]
    [TestCase("0 = GROUP, 2, 0")]
    [TestCase("0.00 = GROUP, 2, 0")]
    [TestCase("12345678901 = GROUP, 2, 0")]
    [TestCase("\u0662 = GROUP, 2, 0")]
    [TestCase("10 = GROUP, 1, 0\n25")]
    [TestCase("25 = GROUP, 2, 0\n25.00 = GROUP, 3, 0", Description = "ambiguous")]
    public void A_list_with_one_wrong_line_has_no_plans(string list)
    {
        Assert.That(CoinPaymentPlan.ReadAll(list), Is.Empty);
        Assert.That(Field(CoinPaymentSettings.PlansField).IsWellFormed(list), Is.False);
    }

    [TestCase("/coinpaymentCreatePayment", true)]
    [TestCase("/graphql", true)]
    [TestCase("/api/v1/graphql/", true)]
    [TestCase("graphql", false)]
    [TestCase("/", false)]
    [TestCase("//graphql", false)]
    [TestCase("/../graphql", false)]
    [TestCase("/graphql?a=b", false)]
    [TestCase("/graphql#a", false)]
    [TestCase("/graph ql", false)]
    [TestCase("/graphql\n", false)]
    [TestCase("@evil.example/graphql", false)]
    public void A_path_cannot_lead_to_another_server(string path, bool isWellFormed) =>
        Assert.That(Field(CoinPaymentSettings.PathField).IsWellFormed(path), Is.EqualTo(isWellFormed));

    [TestCase("", "", true)]
    [TestCase(CoinPaymentSettings.ControlsAccountField, "false", false)]
    [TestCase(CoinPaymentSettings.ControlsAccountField, "", false)]
    [TestCase(CoinPaymentSettings.PublicKeyField, "", false)]
    [TestCase(CoinPaymentSettings.PrivateKeyField, "", false)]
    [TestCase(CoinPaymentSettings.MerchantUrlField, "", false)]
    [TestCase(CoinPaymentSettings.MerchantIdField, "", true, Description = "needed only for notifications")]
    [TestCase(CoinPaymentSettings.IpnSecretField, "", true)]
    public void The_account_is_asked_only_with_whole_keys_and_by_who_controls_it(string field, string value, bool canAsk) =>
        Assert.That(Gateway.CanQuery(Settings((field, value))), Is.EqualTo(canAsk));

    [Test]
    public void Without_keys_of_an_account_the_gateway_is_complete_and_cannot_ask()
    {
        var settings = new Nop.Plugin.Payments.CryptoGateways.Gateways.GatewaySettings(Gateway.Descriptor, new Dictionary<string, string>
        {
            [CoinPaymentSettings.AccessTokenField] = Token,
            [CoinPaymentSettings.PlansField] = "25 = GROUP, 2, 0"
        });

        Assert.That((settings.IsComplete, Gateway.CanQuery(settings)), Is.EqualTo((true, false)));
    }

    private Nop.Plugin.Payments.CryptoGateways.Gateways.SettingField Field(string name) => Gateway.Descriptor.Fields.Single(field => field.Name == name);
}
