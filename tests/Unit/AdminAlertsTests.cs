using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services;

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
    public async Task What_may_happen_again_is_told_again_a_day_after_it_was_over()
    {
        await _alerts.RaiseAsync("failing", "one");
        await _alerts.ResolveAsync("failing");
        _time.Now += AdminAlerts.Quiet - TimeSpan.FromMinutes(1);
        Assert.That(await _alerts.RaiseAsync("failing", "one"), Is.False);
        Assert.That(await _alerts.OpenAsync(), Is.Empty);

        _time.Now += TimeSpan.FromMinutes(2);

        Assert.That(await _alerts.RaiseAsync("failing", "two"), Is.True);
        Assert.That((await _alerts.OpenAsync()).Single().Message, Is.EqualTo("two"));
    }

    [Test]
    public async Task What_happened_to_an_order_is_never_told_again()
    {
        await _alerts.RaiseAsync("order", "one", orderId: 7);
        await _alerts.DismissAsync(_rows.Single.Id);
        _time.Now += AdminAlerts.Quiet * 10;

        Assert.That(await _alerts.RaiseAsync("order", "one", orderId: 7), Is.False);
        Assert.That(await _alerts.OpenAsync(), Is.Empty);
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
