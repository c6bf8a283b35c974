using FluentValidation;
using Moq;
using Nop.Core;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.CryptoGateways.Factories;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Validators;
using Nop.Services.Localization;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit;

public sealed class ConfigurationValidatorTests
{
    private static readonly GatewayDescriptor _gateway = new()
    {
        SystemName = "sample",
        Name = "Sample",
        Coins = [],
        Fields = [new("Key", SettingKind.Secret), new("Url", SettingKind.Url), new("List", SettingKind.Lines), new("Coins", SettingKind.Choices) { Options = ["A"] }],
        RedirectHosts = [],
        BaseUrlField = "Url",
        CoinsField = "Coins"
    };

    /// <summary>The platform's script switches them off, so that a browser does not send them.</summary>
    [Test]
    public void Fields_that_a_store_leaves_to_the_shared_settings_are_not_checked()
    {
        Assert.That(Check(new ConfigurationModel(), storeId: 2), Is.Empty);
        Assert.That(Check(new ConfigurationModel { WatchDays_OverrideForStore = true }, storeId: 2), Is.EqualTo(new[] { nameof(ConfigurationModel.WatchDays) }));
        Assert.That(Check(new ConfigurationModel(), storeId: 0),
            Is.EquivalentTo(new[] { nameof(ConfigurationModel.WatchDays), nameof(ConfigurationModel.InboxRetentionDays), nameof(ConfigurationModel.MaximumPriceAgeHours), nameof(ConfigurationModel.QuoteMinutes) }));
    }

    [TestCase("", null)]
    [TestCase("0", null)]
    [TestCase(" 0.5 ", null)]
    [TestCase("20", null)]
    [TestCase("20.01", nameof(ConfigurationModel.UnderpaidPercent))]
    [TestCase("0,5", nameof(ConfigurationModel.UnderpaidPercent))]
    [TestCase("-1", nameof(ConfigurationModel.UnderpaidPercent))]
    [TestCase("1e1", nameof(ConfigurationModel.UnderpaidPercent))]
    public void A_tolerance_is_a_number_with_a_point_in_every_language(string text, string? error) =>
        Assert.That(Check(Valid() with { UnderpaidPercent = text }, storeId: 0), Is.EqualTo(error is null ? [] : new[] { error }));

    [Test]
    public void A_price_that_is_wrong_is_said_beside_its_field() =>
        Assert.That(Check(new ConfigurationModel { Prices = [new() { Coin = "CSK", NewPrice = "2.5" }, new() { Coin = "PI", NewPrice = "1,234" }] }, storeId: 1), Is.EqualTo(new[] { "Prices[1].NewPrice" }));

    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(8760, true)]
    [TestCase(8761, false)]
    public void A_price_can_be_used_for_an_hour_to_a_year(int hours, bool allowed) =>
        Assert.That(Check(new ConfigurationModel { MaximumPriceAgeHours = hours, MaximumPriceAgeHours_OverrideForStore = true }, storeId: 1), Has.Exactly(allowed ? 0 : 1).Items);

    [TestCase("Url", "nowhere", "Invalid.Url")]
    [TestCase("Key", "two words", "Invalid.Format")]
    [TestCase("Coins", "B", "Invalid.Choice")]
    [TestCase("FeePercent", "50.01", "Invalid.OutOfRange 50")]
    [TestCase("FeePercent", "50", null)]
    [TestCase("FeeAmount", "0,5", "Invalid.Number")]
    [TestCase("Unknown", "x", null)]
    public void A_gateways_field_is_checked_by_its_rule_and_the_message_states_its_limit(string name, string value, string? message) =>
        Assert.That(Messages(new FieldModel { Name = name, Value = value, Values = [value] }), Is.EqualTo(message is null ? [] : new[] { ("Fields[0].Value", message) }));

    [Test]
    public void A_text_that_is_too_long_is_told_its_own_limit()
    {
        Assert.That(Messages(new FieldModel { Name = "List", Value = new string('x', 4000) }), Is.Empty);
        Assert.That(Messages(new FieldModel { Name = "List", Value = new string('x', 4001) }), Is.EqualTo(new[] { ("Fields[0].Value", "Invalid.TooLong 4000") }));
        Assert.That(Messages(new FieldModel { Name = "Key", Value = new string('x', 501) }), Is.EqualTo(new[] { ("Fields[0].Value", "Invalid.TooLong 500") }));
    }

    [Test]
    public void An_error_of_a_gateway_has_the_name_of_its_field_on_the_page()
    {
        var model = new GatewayModel { SystemName = "sample", Fields = [new() { Name = "Coins" }, new() { Name = "Url", Value = "nowhere" }] };

        Assert.That(Gateways(0).Validate(model).Errors.Select(error => error.PropertyName), Is.EqualTo(new[] { "Fields[1].Value" }));
    }

    /// <summary>Every setting, in the shared scope and in a store that overrides it, or leaves it to the shared settings.</summary>
    [Test]
    public void Every_setting_that_was_entered_is_kept([ValueSource(nameof(Settings))] string setting, [Values(0, 2)] int storeId, [Values] bool isOverridden)
    {
        var (property, twin) = (typeof(ConfigurationModel).GetProperty(setting)!, typeof(ConfigurationModel).GetProperty($"{setting}_OverrideForStore"));
        var (model, posted) = (new ConfigurationModel { ActiveStoreScopeConfiguration = storeId }, new ConfigurationModel());
        object entered = property.PropertyType == typeof(int) ? 7 : property.PropertyType == typeof(bool) ? true : "7";
        property.SetValue(posted, entered);
        twin?.SetValue(posted, isOverridden);

        ConfigurationModelFactory.KeepEntered(model, posted);

        Assert.That(property.GetValue(model), Is.EqualTo(storeId == 0 || isOverridden && twin is not null ? entered : property.GetValue(new ConfigurationModel())));
        Assert.That(twin?.GetValue(model) ?? isOverridden, Is.EqualTo(isOverridden));
    }

    private static IEnumerable<string> Settings =>
        typeof(ConfigurationModel).GetProperties().Where(property => property.IsDefined(typeof(Nop.Web.Framework.Mvc.ModelBinding.NopResourceDisplayNameAttribute), false)).Select(property => property.Name);

    private static ConfigurationModel Valid() => new() { WatchDays = 14, InboxRetentionDays = 90, MaximumPriceAgeHours = 24, QuoteMinutes = 20 };

    private static IEnumerable<string> Check(ConfigurationModel model, int storeId) =>
        new ConfigurationValidator(Scope(storeId), Registered.Texts()).Validate(model).Errors.Select(error => error.PropertyName);

    private static IEnumerable<(string, string)> Messages(FieldModel field) =>
        Gateways(0).Validate(new GatewayModel { SystemName = "sample", Fields = [field] }).Errors.Select(error => (error.PropertyName, error.ErrorMessage));

    private static IStoreContext Scope(int storeId) => Mock.Of<IStoreContext>(context => context.GetActiveStoreScopeConfigurationAsync() == Task.FromResult(storeId));

    private static IValidator<GatewayModel> Gateways(int storeId)
    {
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>())).ReturnsAsync((string key) =>
            key["Plugins.Payments.CryptoGateways.".Length..] + (key.EndsWith("TooLong", StringComparison.Ordinal) || key.EndsWith("OutOfRange", StringComparison.Ordinal) ? " {0}" : ""));
        var stores = Mock.Of<IStoreService>(service => service.GetAllStoresAsync() == Task.FromResult<IList<Store>>(new List<Store>()));
        var registry = new GatewayRegistry([Mock.Of<IPaymentGateway>(gateway => gateway.Descriptor == _gateway)]);
        return new GatewayValidator(registry, new SecretDestinations(new SettingRows().Store, stores), Scope(storeId), Registered.Texts(texts.Object));
    }
}
