using System.Globalization;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;

namespace CryptoGateways.Tests.Unit;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PaymentReportTests
{
    private static readonly DateOnly _day = new(2026, 3, 1);
    private readonly Rows<CryptoPayment> _payments = new(payment => payment.Reference);

    [TestCase(1, 50, 0)]
    [TestCase(2, 50, 0)]
    [TestCase(3, 50, 1)]
    [TestCase(4, 50, 1)]
    [TestCase(1, 95, 0)]
    [TestCase(20, 95, 18)]
    [TestCase(100, 95, 94)]
    [TestCase(1_000_000_000, 95, 949_999_999)]
    public void A_percentile_is_the_first_time_that_so_many_do_not_exceed(int count, int percent, int offset) =>
        Assert.That(PaymentReport.Offset(count, percent), Is.EqualTo(offset));

    [Test]
    public async Task Payments_count_on_the_day_on_which_they_were_started_and_outcomes_are_put_together()
    {
        for (var i = 1; i <= 20; i++)
            await AddAsync(CryptoPaymentStatus.Paid, "BTC", i * 60);
        foreach (var status in Enum.GetValues<CryptoPaymentStatus>().Except([CryptoPaymentStatus.Paid]))
            await AddAsync(status, "ETH");
        await AddAsync(CryptoPaymentStatus.Paid, "BTC", 9_999, _day.AddDays(-1));
        await AddAsync(CryptoPaymentStatus.Paid, "BTC", 9_999, _day, storeId: 2);

        var report = await new PaymentReport(_payments.Repository).ReadAsync(Start(_day), Start(_day.AddDays(1)), TimeZoneInfo.Utc, storeId: 1);

        Assert.That(report.All, Is.EqualTo(new PaymentOutcomes(Paid: 23, Open: 4, Expired: 1, Failed: 2, Review: 3)));
        Assert.That(report.All.Conversion, Is.EqualTo(79.3m), "open payments do not count");
        Assert.That(report.Days.Single().Day, Is.EqualTo(_day));
        Assert.That(report.Times, Is.EqualTo(new TimesToPaid(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(19))));
        Assert.That(report.Coins.Select(row => (row.Coin, row.Outcomes.Paid, row.Times is null)), Is.EqualTo(new[] { ("BTC", 20, false), ("ETH", 3, true) }));
    }

    [Test]
    public async Task A_report_about_nothing_has_no_conversion_and_no_times()
    {
        var report = await new PaymentReport(_payments.Repository).ReadAsync(Start(_day), Start(_day.AddDays(1)), TimeZoneInfo.Utc, null);

        Assert.That((report.All.Started, report.All.Conversion, report.Times, report.Days.Count), Is.EqualTo((0, (decimal?)null, (TimesToPaid?)null, 0)));
    }

    [Test]
    public async Task Days_are_those_of_the_time_zone_across_a_clock_change()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        foreach (var utc in new[] { "2026-03-28T22:59:00", "2026-03-28T23:00:00", "2026-03-29T21:59:00", "2026-03-29T22:00:00" })
            await _payments.Repository.InsertAsync(Payment(CryptoPaymentStatus.Paid, "BTC", DateTime.Parse(utc, CultureInfo.InvariantCulture)), false);

        var report = await new PaymentReport(_payments.Repository).ReadAsync(new DateTime(2026, 3, 27, 23, 0, 0), new DateTime(2026, 3, 30, 22, 0, 0), zone, null);

        Assert.That(report.Days.Select(row => (row.Day.Day, row.Outcomes.Paid)), Is.EqualTo(new[] { (28, 1), (29, 2), (30, 1) }));
        Assert.That(PaymentReport.Periods(new DateTime(2026, 3, 27, 23, 0, 0), new DateTime(2026, 3, 30, 22, 0, 0), zone).Select(period => (period.BeforeUtc.Hour, period.OffsetMinutes)),
            Is.EqualTo(new[] { (1, 60), (22, 120) }));
    }

    [Test]
    public async Task Amounts_stay_in_their_currencies_and_open_payments_have_none()
    {
        await InsertAsync(CryptoPaymentStatus.Paid, payment => (payment.ReceivedAmount, payment.NetAmount, payment.NetCurrency) = (0.5m, 0.495m, "BTC"));
        await InsertAsync(CryptoPaymentStatus.Overpaid, payment => (payment.ReceivedAmount, payment.SurplusAmount, payment.NetAmount, payment.NetCurrency) = (0.6m, 0.1m, 590m, "USD"));
        await InsertAsync(CryptoPaymentStatus.PartiallyRefunded, payment => (payment.ReceivedAmount, payment.RefundedAmount) = (0.5m, 0.2m));
        await InsertAsync(CryptoPaymentStatus.Underpaid, payment => payment.ReceivedAmount = 0.3m);
        await InsertAsync(CryptoPaymentStatus.Confirming, payment => payment.ReceivedAmount = 0.5m);
        await InsertAsync(CryptoPaymentStatus.Paid, payment => (payment.PriceCurrency, payment.ReceivedAmount) = ("EUR", 0.5m));

        var rows = await new PaymentReport(_payments.Repository).AmountsAsync(Start(_day), Start(_day.AddDays(1)), TimeZoneInfo.Utc, null);

        decimal Sum(Func<AmountRow, Money> amount, string currency) => rows.Where(row => row.Volume.Currency == "USD" && amount(row).Currency == currency).Sum(row => amount(row).Amount);
        Assert.That(rows.Where(row => row.Volume.Currency == "USD").Sum(row => row.Paid), Is.EqualTo(3));
        Assert.That(Sum(row => row.Volume, "USD"), Is.EqualTo(90m));
        Assert.That(Sum(row => row.Received, "BTC"), Is.EqualTo(1.9m));
        Assert.That(Sum(row => row.Fees, "BTC"), Is.EqualTo(0.005m), "only where the net amount has the same unit");
        Assert.That(Sum(row => row.Refunded, "BTC"), Is.EqualTo(0.2m));
        Assert.That(Sum(row => row.Overpaid, "BTC"), Is.EqualTo(0.1m));
        Assert.That(Sum(row => row.Underpaid, "BTC"), Is.EqualTo(0.2m));
        Assert.That(rows.Single(row => row.Volume.Currency == "EUR").Volume.Amount, Is.EqualTo(30m));
    }

    private static DateTime Start(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);

    private async Task InsertAsync(CryptoPaymentStatus status, Action<CryptoPayment> set)
    {
        var payment = Payment(status, "BTC", _day.ToDateTime(new TimeOnly(12, 0)));
        (payment.PriceAmount, payment.PriceCurrency, payment.PayAmount, payment.PayCurrency) = (30m, "USD", 0.5m, "BTC");
        set(payment);
        await _payments.Repository.InsertAsync(payment, false);
    }

    private static CryptoPayment Payment(CryptoPaymentStatus status, string coin, DateTime created) => new()
    {
        Reference = Guid.NewGuid().ToString("N"),
        Gateway = "one",
        Coin = coin,
        StoreId = 1,
        Status = status,
        CreatedOnUtc = created
    };

    private Task AddAsync(CryptoPaymentStatus status, string coin, int? seconds = null, DateOnly? day = null, int storeId = 1) => _payments.Repository.InsertAsync(new CryptoPayment
    {
        Reference = Guid.NewGuid().ToString("N"),
        Gateway = "one",
        Coin = coin,
        StoreId = storeId,
        Status = status,
        SecondsToPaid = seconds,
        CreatedOnUtc = (day ?? _day).ToDateTime(new TimeOnly(23, 59))
    }, false);
}
