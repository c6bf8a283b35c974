using System.Globalization;
using Newtonsoft.Json;
using Nop.Plugin.Payments.CryptoGateways.Domain;
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

    /// <param name="from">First day in the store's time zone, as yyyy-MM-dd.</param>
    /// <param name="to">Last day, as yyyy-MM-dd; today when missing or invalid.</param>
    /// <param name="storeId">0 for all stores.</param>
    public async Task<ReportModel> PrepareReportModelAsync(string? from, string? to, int storeId)
    {
        var (first, last, wasShortened) = PeriodOf(from, to);
        var zone = texts.StoreTimeZone;
        var data = await report.ReadAsync(AdminText.StartUtc(first, zone), AdminText.StartUtc(last.AddDays(1), zone), zone, storeId > 0 ? storeId : null);
        var nameOf = new Dictionary<(string, string), string>();
        foreach (var coin in data.Coins)
            nameOf[(coin.Gateway, coin.Coin)] = await NameAsync(coin.Gateway, coin.Coin);
        var named = data.Coins.Select(coin => (Name: nameOf[(coin.Gateway, coin.Coin)], Row: coin)).ToList();
        return new ReportModel
        {
            From = AdminText.Day(first),
            To = AdminText.Day(last),
            WasShortened = wasShortened,
            StoreId = storeId,
            Stores = await payments.PrepareStoreListAsync(),
            All = Row(string.Empty, data.All, data.Times),
            Volumes = [.. data.Amounts.GroupBy(row => row.Volume.Currency).OrderBy(rows => rows.Key).Select(TotalOf).OfType<ReportVolumeModel>()],
            Amounts = [.. data.Amounts
                .GroupBy(row => (row.Gateway, row.Coin, row.Volume.Currency, Unit: row.Received.Currency, RefundUnit: row.Refunded.Currency))
                .OrderBy(rows => rows.Key)
                .Select(rows => new ReportAmountsModel(nameOf[(rows.Key.Gateway, rows.Key.Coin)], TotalOf(rows) ?? new ReportVolumeModel(None, 0, None),
                    Sum(rows, row => row.Received), Sum(rows, row => row.Fees), Sum(rows, row => row.Refunded), Sum(rows, row => row.Overpaid), Sum(rows, row => row.Underpaid)))],
            Days = [.. data.Days.Reverse().Select(row => Row(AdminText.Day(row.Day), row.Outcomes, null))],
            Coins = [.. named.Select(coin => Row(coin.Name, coin.Row.Outcomes, coin.Row.Times))],
            DaysChart = await OutcomesAsync([.. EveryDay(first, last, data.Days)], horizontal: false),
            CoinsChart = await OutcomesAsync([.. named.Select(coin => (coin.Name, coin.Row.Outcomes))], horizontal: true),
            TimesChart = await TimesAsync([.. named.Where(coin => coin.Row.Times is not null).Select(coin => (coin.Name, coin.Row.Times!))])
        };
    }

    /// <summary>The report's amounts by day, as the lines of a CSV file: invariant numbers, and column names in English in every language.</summary>
    /// <inheritdoc cref="PrepareReportModelAsync"/>
    public async Task<IReadOnlyList<string>> PrepareReportLinesAsync(string? from, string? to, int storeId)
    {
        var (first, last, _) = PeriodOf(from, to);
        var zone = texts.StoreTimeZone;
        var rows = await report.AmountsAsync(AdminText.StartUtc(first, zone), AdminText.StartUtc(last.AddDays(1), zone), zone, storeId > 0 ? storeId : null);
        return
        [
            CsvLine.Of(["Day", "TimeZone", "Gateway", "Coin", "Payments", "Volume", "Currency", "Received", "ReceivedCurrency", "ProviderFees", "Refunded", "RefundedCurrency", "Overpaid", "Underpaid"]),
            .. from row in rows
               group row by (row.Day, row.Gateway, row.Coin, row.Volume.Currency, Unit: row.Received.Currency, RefundUnit: row.Refunded.Currency) into same
               orderby same.Key
               select CsvLine.Of(
               [
                   AdminText.Day(same.Key.Day), zone.Id, same.Key.Gateway, same.Key.Coin, same.Sum(row => row.Paid).ToString(CultureInfo.InvariantCulture),
                   Number(same.Sum(row => row.Volume.Amount)), same.Key.Currency, Number(same.Sum(row => row.Received.Amount)), same.Key.Unit,
                   Number(same.Sum(row => row.Fees.Amount)), Number(same.Sum(row => row.Refunded.Amount)), same.Key.RefundUnit,
                   Number(same.Sum(row => row.Overpaid.Amount)), Number(same.Sum(row => row.Underpaid.Amount))
               ])
        ];

        static string Number(decimal amount) => Money.NumberOf(amount);
    }

    /// <summary>The last days of a period that is too long.</summary>
    private (DateOnly First, DateOnly Last, bool WasShortened) PeriodOf(string? from, string? to)
    {
        var last = AdminText.DayIn(to) ?? DateOnly.FromDateTime(AdminText.In(texts.StoreTimeZone, time.GetUtcNow().UtcDateTime)!.Value);
        var requested = AdminText.DayIn(from) is { } day && day <= last ? day : last.AddDays(1 - DefaultDays);
        var first = last.DayNumber - requested.DayNumber < PaymentReport.MaximumDays ? requested : last.AddDays(1 - PaymentReport.MaximumDays);
        return (first, last, first != requested);
    }

    private async Task<string> NameAsync(string systemName, string code) =>
        $"{registry.Find(systemName)?.Descriptor.Name ?? systemName}: {await texts.CoinAsync(systemName, code)}";

    /// <summary>Null when nothing was paid.</summary>
    private static ReportVolumeModel? TotalOf(IEnumerable<AmountRow> rows)
    {
        var count = rows.Sum(row => row.Paid);
        if (count == 0)
            return null;

        var (volume, currency) = (rows.Sum(row => row.Volume.Amount), rows.First().Volume.Currency);
        return new ReportVolumeModel(Price(volume), count, Price(volume / count));

        string Price(decimal amount) => $"{amount.ToString($"N{CurrencyDecimals.Of(currency)}", CultureInfo.CurrentCulture)} {currency}";
    }

    private static string Sum(IEnumerable<AmountRow> rows, Func<AmountRow, Money> amount)
    {
        var sum = rows.Sum(row => amount(row).Amount);
        return sum == 0m ? None : new Money(sum, amount(rows.First()).Currency).ToLocalString(CultureInfo.CurrentCulture);
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
