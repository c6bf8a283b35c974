using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;

namespace CryptoGateways.Tests.Unit;

public sealed class AdminAlertsTests
{
    private readonly ManualTime _time = new();

    private Rows<AdminAlert> _rows = null!;
    private AdminAlerts _alerts = null!;

    [SetUp]
    public void Start()
    {
        _rows = new(alert => alert.AlertKey);
        _alerts = new AdminAlerts(_rows.Repository, _time);
    }

    [Test]
    public async Task The_same_is_told_once()
    {
        Assert.That((await _alerts.RaiseAsync("failing", "one"), await _alerts.RaiseAsync("failing", "one")), Is.EqualTo((true, false)));

        Assert.That((await _alerts.OpenAsync()).Select(alert => alert.Message), Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public async Task What_was_dismissed_is_shown_again_after_a_day()
    {
        await _alerts.RaiseAsync("failing", "one");
        await _alerts.DismissAsync(_rows.Single.Id);
        _time.Now += AdminAlerts.Quiet - TimeSpan.FromMinutes(1);
        Assert.That(await _alerts.RaiseAsync("failing", "one"), Is.False);
        Assert.That(await _alerts.OpenAsync(), Is.Empty);

        _time.Now += TimeSpan.FromMinutes(2);

        Assert.That(await _alerts.RaiseAsync("failing", "two"), Is.True);
        Assert.That((await _alerts.OpenAsync()).Single().Message, Is.EqualTo("two"));
    }

    [Test]
    public async Task What_comes_back_after_it_was_over_is_shown_at_once_and_told_once_a_day()
    {
        await _alerts.RaiseAsync("failing", "one");
        var told = 0;
        for (var hour = 0; hour < 48; hour++)
        {
            await _alerts.ResolveAsync("failing");
            _time.Now += TimeSpan.FromHours(1);
            told += await _alerts.RaiseAsync("failing", "one") ? 1 : 0;
            Assert.That(await _alerts.OpenAsync(), Has.Count.EqualTo(1));
        }

        Assert.That(told, Is.EqualTo(2));
    }

    [Test]
    public async Task What_happened_to_an_order_is_told_again_only_in_other_words()
    {
        await _alerts.RaiseAsync("order", "one", orderId: 7);
        await _alerts.DismissAsync(_rows.Single.Id);
        _time.Now += AdminAlerts.Quiet * 10;

        Assert.That((await _alerts.RaiseAsync("order", "one", orderId: 7), (await _alerts.OpenAsync()).Count), Is.EqualTo((false, 0)));
        Assert.That((await _alerts.RaiseAsync("order", "two", orderId: 7), (await _alerts.OpenAsync()).Count), Is.EqualTo((true, 1)));
    }

    [Test]
    public async Task A_paid_order_leaves_nothing_to_look_at()
    {
        await _alerts.RaiseAsync("order-7-underpaid", "one", orderId: 7);
        await _alerts.RaiseAsync("order-8-underpaid", "two", orderId: 8);

        await _alerts.ResolveOfOrderAsync(7);

        Assert.That((await _alerts.OpenAsync()).Select(alert => alert.OrderId), Is.EqualTo(new int?[] { 8 }));
    }
}
