using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CryptoGateways.Tests.Browser.Harness;
using CryptoGateways.Tests.Cluster.Farm;

namespace CryptoGateways.Tests.RealStore;

/// <summary>
/// The same on two nodes of a real store and its database; build/cluster.sh runs it and says what it needs.
/// </summary>
[Explicit("needs two nodes of a real store: build/cluster.sh")]
[Category("RealStore")]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed partial class RealStoreTests
{
    private const string TaskType = "Nop.Plugin.Payments.CryptoGateways.Infrastructure.ReconcileTask, Nop.Plugin.Payments.CryptoGateways";

    /// <summary>No more connections to a node than a database with 100 clients can serve on both.</summary>
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 25 }) { Timeout = TimeSpan.FromMinutes(2) };

    private readonly StoreBrowser _customer = new();
    private readonly StoreBrowser _admin = new();
    private Uri[] _nodes = [];
    private Provider _provider = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _nodes = [new Uri(Given("STORE1")), new Uri(Given("STORE2"))];
        _provider = await Provider.StartAsync(Given("SIMULATOR"));
        await _customer.LogInAsync(_nodes[0], Given("CUSTOMER"), Given("CUSTOMER_PASSWORD"));
        await _admin.LogInAsync(_nodes[0], Given("ADMIN"), Given("ADMIN_PASSWORD"));
    }

    [SetUp]
    public async Task ResetAsync()
    {
        await _provider.ResetAsync($"{_nodes[0]}Plugins/CryptoGateways/Webhook/coinskro");
        await _provider.LoseWebhooksAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _customer.Dispose();
        _admin.Dispose();
        _http.Dispose();
        await _provider.DisposeAsync();
    }

    [Test]
    public async Task A_hundred_copies_of_a_webhook_are_stored_once_and_pay_the_order_once()
    {
        var (orderId, reference) = await BuyAsync(_nodes[0]);
        await _provider.ActAsync(reference, "pay");
        var webhook = (await _provider.DeliveriesAsync()).Single();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => DeliverAsync(webhook, _nodes[number % 2])));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        await IsPaidOnceAsync(orderId);
        var times = answers.Select(answer => answer.Time.TotalMilliseconds).Order().ToList();
        await TestContext.Out.WriteLineAsync($"100 copies on two nodes: median {times[49]:0} ms, p99 {times[98]:0} ms, slowest {times[99]:0} ms");
    }

    [Test]
    public async Task Fifty_first_deliveries_leave_one_note()
    {
        var (orderId, reference) = await BuyAsync(_nodes[1]);
        for (var number = 0; number < 50; number++)
            await _provider.ActAsync(reference, "pay");
        var webhooks = await _provider.DeliveriesAsync();

        var answers = await Task.WhenAll(webhooks.Select((webhook, number) => DeliverAsync(webhook, _nodes[number % 2])));

        Assert.That(answers.Select(answer => answer.Status), Has.Exactly(50).EqualTo(200));
        await IsPaidOnceAsync(orderId);
    }

    [Test]
    public async Task Webhook_return_and_task_at_once_on_both_nodes_pay_the_order_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var (orderId, reference) = await BuyAsync(_nodes[round % 2]);
            await _provider.ActAsync(reference, "pay");
            var webhook = (await _provider.DeliveriesAsync())[^1];

            await Task.WhenAll(_nodes.SelectMany<Uri, Task>(node => [DeliverAsync(webhook, node), _customer.ReturnAsync(node, reference), RunTaskAsync(node)]));

            await IsPaidOnceAsync(orderId);
        }
    }

    [Test]
    public async Task Clicks_on_two_nodes_make_one_payment_at_the_provider()
    {
        await _provider.FaultAsync("create", "status", 1);
        var page = await _customer.BuyAsync(_nodes[0], Given("PRODUCT"), Given("COIN"));
        var orderId = int.Parse(OrderPage().Match($"{page}").Groups[1].Value, CultureInfo.InvariantCulture);
        var token = await _customer.TokenAsync(_nodes[0], $"checkout/crypto/order/{orderId}");

        var pages = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => _customer.PayAsync(_nodes[number % 2], orderId, token, Given("COIN"))));

        Assert.That(pages, Is.All.EqualTo(pages[0]));
        Assert.That(await _provider.PaymentsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_eighteenth_decimal_of_an_amount_survives_the_database()
    {
        var (orderId, reference) = await BuyAsync(_nodes[0]);
        await _provider.ActAsync(reference, "pay");
        var quoted = (await _provider.PaymentAsync(reference)).Amount;

        await _provider.SendAsync(reference, "wrong-amount", new() { ["amount"] = (quoted + 0.000000000000000001m).ToString(CultureInfo.InvariantCulture) });

        var notes = await _admin.NotesAsync(_nodes[1], orderId);
        Assert.That(notes, Has.Some.Contains("reports a different amount"), "it was cut, and so was equal to what was quoted");
        Assert.That(notes, Has.None.Contains("has been marked as paid"));
    }

    private async Task<(int OrderId, string Reference)> BuyAsync(Uri node)
    {
        await _customer.BuyAsync(node, Given("PRODUCT"), Given("COIN"));
        var address = ReturnAddress().Match((await _provider.PaymentsAsync())[^1].SuccessUrl);
        return (int.Parse(address.Groups[2].Value, CultureInfo.InvariantCulture), address.Groups[1].Value);
    }

    private async Task IsPaidOnceAsync(int orderId)
    {
        var notes = await _admin.NotesAsync(_nodes[0], orderId);
        Assert.Multiple(() =>
        {
            Assert.That(notes, Has.Exactly(1).Contains("has been marked as paid"));
            Assert.That(notes, Has.Exactly(1).StartsWith("Crypto payment received"));
            Assert.That(notes, Has.None.Contains("the store stopped"));
            Assert.That(notes, Is.Unique);
        });
    }

    private async Task<(int Status, TimeSpan Time)> DeliverAsync(Delivery webhook, Uri node)
    {
        var started = Stopwatch.GetTimestamp();
        return (await Node.ReceiveAsync(_http, node, webhook), Stopwatch.GetElapsedTime(started));
    }

    private async Task RunTaskAsync(Uri node)
    {
        using var form = new FormUrlEncodedContent([new("taskType", TaskType)]);
        (await _http.PostAsync(new Uri(node, "scheduletask/runtask"), form)).Dispose();
    }

    private static string Given(string name) => Environment.GetEnvironmentVariable($"CLUSTER_{name}") ?? throw new AssertionException($"CLUSTER_{name} is not given: run build/cluster.sh");

    [GeneratedRegex(@"checkout/crypto/order/(\d+)")]
    private static partial Regex OrderPage();

    [GeneratedRegex(@"checkout/crypto/return/(\w+)\?order=(\d+)")]
    private static partial Regex ReturnAddress();
}
