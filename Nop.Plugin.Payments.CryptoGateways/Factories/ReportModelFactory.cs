using System.Globalization;
using Newtonsoft.Json;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the report.
/// </summary>
public class ReportModelFactory(PaymentReport report, PaymentModelFactory payments, GatewayRegistry registry, PluginTexts texts, TimeProvider time)
{
    private const int DefaultDays = 30;

    private const string None = "-";

    /// <param name="from">First day, UTC, as yyyy-MM-dd.</param>
    /// <param name="to">Last day, UTC, as yyyy-MM-dd; today when missing or invalid.</param>
    /// <param name="storeId">0 for all stores.</param>
    public async Task<ReportModel> PrepareReportModelAsync(string? from, string? to, int storeId)
    {
        var last = AdminText.DayIn(to) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var requested = AdminText.DayIn(from) is { } day && day <= last ? day : last.AddDays(1 - DefaultDays);
        var first = last.DayNumber - requested.DayNumber < PaymentReport.MaximumDays ? requested : last.AddDays(1 - PaymentReport.MaximumDays);
        var data = await report.ReadAsync(first, last, storeId > 0 ? storeId : null);
        var named = data.Coins.Select(coin => (Name: $"{registry.Find(coin.Gateway)?.Descriptor.Name ?? coin.Gateway} {coin.Coin}", Row: coin)).ToList();
        return new ReportModel
        {
            From = AdminText.Day(first),
            To = AdminText.Day(last),
            WasShortened = first != requested,
            StoreId = storeId,
            Stores = await payments.PrepareStoreListAsync(),
            All = Row(string.Empty, data.All, data.Times),
            Days = [.. data.Days.Reverse().Select(row => Row(AdminText.Day(row.Day), row.Outcomes, null))],
            Coins = [.. named.Select(coin => Row(coin.Name, coin.Row.Outcomes, coin.Row.Times))],
            DaysChart = await OutcomesAsync([.. EveryDay(first, last, data.Days)], horizontal: false),
            CoinsChart = await OutcomesAsync([.. named.Select(coin => (coin.Name, coin.Row.Outcomes))], horizontal: true),
            TimesChart = await TimesAsync([.. named.Where(coin => coin.Row.Times is not null).Select(coin => (coin.Name, coin.Row.Times!))])
        };
    }

    private static ReportRowModel Row(string name, PaymentOutcomes outcomes, TimesToPaid? times) => new()
    {
        Name = name,
        Started = outcomes.Started,
        Paid = outcomes.Paid,
        Open = outcomes.Open,
        Expired = outcomes.Expired,
        Failed = outcomes.Failed,
        Review = outcomes.Review,
        Conversion = outcomes.Conversion is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.0} %") : None,
        Median = times is null ? None : AdminText.Duration(times.Median),
        P95 = times is null ? None : AdminText.Duration(times.P95)
    };

    /// <summary>Includes days without payments, so that the chart has no gaps.</summary>
    private static IEnumerable<(string, PaymentOutcomes)> EveryDay(DateOnly first, DateOnly last, IReadOnlyList<DayRow> days)
    {
        var known = days.ToDictionary(day => day.Day, day => day.Outcomes);
        for (var day = first; day <= last; day = day.AddDays(1))
            yield return (AdminText.Day(day), known.GetValueOrDefault(day) ?? new PaymentOutcomes(0, 0, 0, 0, 0));
    }

    private async Task<string> OutcomesAsync(IReadOnlyList<(string Name, PaymentOutcomes Of)> rows, bool horizontal) => Chart(
        rows.Select(row => row.Name), stacked: true, horizontal,
        await SetAsync(nameof(PaymentOutcomes.Paid), rows.Select(row => row.Of.Paid)),
        await SetAsync(nameof(PaymentOutcomes.Open), rows.Select(row => row.Of.Open)),
        await SetAsync(nameof(PaymentOutcomes.Expired), rows.Select(row => row.Of.Expired)),
        await SetAsync(nameof(PaymentOutcomes.Failed), rows.Select(row => row.Of.Failed)),
        await SetAsync(nameof(PaymentOutcomes.Review), rows.Select(row => row.Of.Review)));

    private async Task<string> TimesAsync(IReadOnlyList<(string Name, TimesToPaid Of)> rows) => Chart(
        rows.Select(row => row.Name), stacked: false, horizontal: true,
        await SetAsync(nameof(TimesToPaid.Median), rows.Select(row => (int)row.Of.Median.TotalSeconds)),
        await SetAsync(nameof(TimesToPaid.P95), rows.Select(row => (int)row.Of.P95.TotalSeconds)));

    private static string Chart(IEnumerable<string> labels, bool stacked, bool horizontal, params object[] sets) =>
        JsonConvert.SerializeObject(new { labels, stacked, horizontal, sets });

    private async Task<object> SetAsync(string name, IEnumerable<int> data) => new { label = await texts.GetAsync($"Report.{name}"), color = name, data };
}
