using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;

namespace CryptoGateways.Tests.Unit;

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

        var report = await new PaymentReport(_payments.Repository).ReadAsync(_day, _day, storeId: 1);

        Assert.That(report.All, Is.EqualTo(new PaymentOutcomes(Paid: 23, Open: 4, Expired: 1, Failed: 2, Review: 3)));
        Assert.That(report.All.Conversion, Is.EqualTo(69.7m));
        Assert.That(report.Days.Single().Day, Is.EqualTo(_day));
        Assert.That(report.Times, Is.EqualTo(new TimesToPaid(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(19))));
        Assert.That(report.Coins.Select(row => (row.Coin, row.Outcomes.Paid, row.Times is null)), Is.EqualTo(new[] { ("BTC", 20, false), ("ETH", 3, true) }));
    }

    [Test]
    public async Task A_report_about_nothing_has_no_conversion_and_no_times()
    {
        var report = await new PaymentReport(_payments.Repository).ReadAsync(_day, _day, null);

        Assert.That((report.All.Started, report.All.Conversion, report.Times, report.Days.Count), Is.EqualTo((0, (decimal?)null, (TimesToPaid?)null, 0)));
    }

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
