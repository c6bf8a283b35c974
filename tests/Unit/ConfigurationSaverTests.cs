using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace CryptoGateways.Tests.Unit;

public sealed class ConfigurationSaverTests
{
    private static readonly ConfigurationSaver _saver = new(new GatewayRegistry([]), null!, null!, null!, null!, null!);

    /// <summary>The platform's script switches them off, so that a browser does not send them.</summary>
    [Test]
    public void Fields_that_a_store_leaves_to_the_shared_settings_are_not_checked()
    {
        Assert.That(_saver.Check(new ConfigurationModel(), storeId: 2), Is.Empty);
        Assert.That(_saver.Check(new ConfigurationModel { WatchDays_OverrideForStore = true }, storeId: 2).Select(error => error.Key), Is.EqualTo(new[] { nameof(ConfigurationModel.WatchDays) }));
        Assert.That(_saver.Check(new ConfigurationModel(), storeId: 0).Select(error => error.Key),
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
    public void A_tolerance_is_a_number_with_a_point_in_every_language(string text, string? error)
    {
        var model = new ConfigurationModel { WatchDays = 14, InboxRetentionDays = 90, MaximumPriceAgeHours = 24, QuoteMinutes = 20, UnderpaidPercent = text };

        Assert.That(_saver.Check(model, storeId: 0).Select(wrong => wrong.Key), Is.EqualTo(error is null ? [] : new[] { error }));
    }
}
