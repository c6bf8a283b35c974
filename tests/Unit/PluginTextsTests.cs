using System.Globalization;
using Moq;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Services.Helpers;
using Nop.Services.Localization;

namespace CryptoGateways.Tests.Unit;

public sealed class PluginTextsTests
{
    [TestCase("de-DE", "Europe/Berlin", "2026-07-01T22:30:00", "02.07.2026 00:30 UTC+02:00")]
    [TestCase("de-DE", "Europe/Berlin", "2026-12-01T22:30:00", "01.12.2026 23:30 UTC+01:00")]
    [TestCase("en-GB", "UTC", "2026-12-01T08:05:00", "01/12/2026 08:05 UTC")]
    public async Task A_time_is_read_in_the_users_culture_and_zone(string culture, string zone, string utc, string expected)
    {
        var times = Mock.Of<IDateTimeHelper>(helper => helper.GetCurrentTimeZoneAsync() == Task.FromResult(TimeZoneInfo.FindSystemTimeZoneById(zone)));
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var text = await new PluginTexts(Mock.Of<ILocalizationService>(), times, new GatewayRegistry([])).TimeAsync(DateTime.Parse(utc, CultureInfo.InvariantCulture));
            Assert.That(text, Is.EqualTo($"\u2068{expected}\u2069"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
