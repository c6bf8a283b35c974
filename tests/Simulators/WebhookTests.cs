using System.Net;
using System.Security.Cryptography;
using System.Text;
using CryptoGateways.Simulators.Coinskro;
using CryptoGateways.Simulators.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CryptoGateways.Tests.Simulators;

public sealed class WebhookTests : SimulatorFixture
{
    private readonly List<(string Body, string? Signature, string? EventId)> _received = [];
    private WebApplication _shop = null!;

    [OneTimeSetUp]
    public async Task OpenShop()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        _shop = builder.Build();
        _shop.MapPost("/hook/{status:int}", async (int status, HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync();
            lock (_received)
                _received.Add((body, request.Headers["X-Signature"], request.Headers["X-Event-Id"]));
            return Results.StatusCode(status);
        });
        await _shop.StartAsync();
    }

    [OneTimeTearDown]
    public ValueTask CloseShop() => _shop.DisposeAsync();

    [SetUp]
    public async Task Subscribe()
    {
        _received.Clear();
        await AnswerWith(200);
        await Create(Payment("ref1"));
    }

    /// <summary>Computed by: printf '%s' "$body" | openssl dgst -sha256 -hmac sk_test_sandbox -binary | base64</summary>
    [Test]
    public void The_signature_is_base64_of_hmac_sha256() => Assert.That(
        CoinskroProvider.Sign("""{"event_id":"a1b2c3d4-e5f6-7890-abcd-ef1234567890","amount":100.00,"payment_reference":"PAY_abc123xyz"}""", "sk_test_sandbox"),
        Is.EqualTo("zslM2HcXn4s5jlsh667loU/HMWfp4JH4xSAGxpDaXD4="));

    [Test]
    public async Task A_paid_payment_is_told_flat_and_signed()
    {
        await Control("payments/ref1/pay");
        await Look("wait?for=webhooks&state=delivered");

        var (body, signature, eventId) = _received.Single();
        var json = System.Text.Json.Nodes.JsonNode.Parse(body)!.AsObject();
        Assert.That(signature, Is.EqualTo(Convert.ToBase64String(HMACSHA256.HashData("sk_test_sandbox"u8, Encoding.UTF8.GetBytes(body)))));
        Assert.That(json.Select(f => f.Key), Is.EqualTo(new[]
        {
            "event_id", "payment_id", "currency", "amount", "payment_reference", "payment_status", "service_fee", "integration_id", "event_type", "timestamp"
        }));
        Assert.That(json["event_id"]!.GetValue<string>(), Is.EqualTo(eventId));
        Assert.That(json["event_type"]!.GetValue<string>(), Is.EqualTo("payment_completed"));
        Assert.That(json["service_fee"]!.GetValue<decimal>(), Is.EqualTo(0.5m));
    }

    [TestCase("forged")]
    [TestCase("unsigned")]
    public async Task A_forgery_does_not_verify(string kind)
    {
        await Control("payments/ref1/webhook", new { kind });

        var (body, signature, _) = _received.Single();
        Assert.That(signature, Is.Not.EqualTo(CoinskroProvider.Sign(body, "sk_test_sandbox")));
    }

    [Test]
    public async Task An_old_event_is_the_first_one_byte_for_byte()
    {
        await Control("payments/ref1/cancel");
        await Look("wait?for=webhooks&state=delivered");
        await Control("payments/ref1/pay", new { webhook = false });

        await Control("payments/ref1/webhook", new { kind = "old" });

        Assert.That(_received, Has.Count.EqualTo(2));
        Assert.That(_received[1], Is.EqualTo(_received[0]));
    }

    [TestCase("off", 0)]
    [TestCase("lost", 1)]
    public async Task Switched_off_or_lost_nothing_arrives(string webhooks, int deliveries)
    {
        await Control("settings", new { webhooks });

        await Control("payments/ref1/pay");

        Assert.That((await Look("webhooks")).AsArray(), Has.Count.EqualTo(deliveries));
        Assert.That(_received, Is.Empty);
    }

    [TestCase(410, "failed")]
    [TestCase(302, "waiting")]
    [TestCase(500, "waiting")]
    public async Task Only_410_ends_the_trying_at_once(int status, string state)
    {
        await AnswerWith(status);

        await Control("payments/ref1/webhook", new { retry = true });

        Assert.That((await Look("webhooks"))[0]!["state"]!.GetValue<string>(), Is.EqualTo(state));
    }

    [Test]
    public async Task Ten_retries_follow_the_documented_schedule()
    {
        var time = new ManualTime();
        var gate = new Gate(TimeProvider.System);
        using var http = new HttpClient(new Answering(HttpStatusCode.InternalServerError));
        var delays = new[] { 1, 5, 30, 120, 1440, 1440, 1440, 1440, 1440, 1440 }.Select(m => TimeSpan.FromMinutes(m)).ToArray();
        var sender = new WebhookSender(gate, http, time, CoinskroProvider.RetryDelays, speed: 1);

        var delivery = sender.Send(new("ref", "correct", "id", "payment_completed", "{}", new Dictionary<string, string>()), "http://shop.test/", TimeSpan.Zero, retry: true);
        foreach (var delay in delays)
        {
            Assert.That(await NextPause(time), Is.EqualTo(delay));
            time.Advance(delay);
        }
        var ended = await gate.WaitAsync(() => delivery.State == "failed", TimeSpan.FromSeconds(10), default);

        Assert.That(ended, Is.True);
        Assert.That(delivery.Attempts, Has.Count.EqualTo(11));
        Assert.That(delivery.Attempts[^1].AtUtc - delivery.Attempts[0].AtUtc, Is.EqualTo(TimeSpan.FromMinutes(delays.Sum(d => d.TotalMinutes))));
    }

    [Test]
    public async Task A_merchant_who_takes_longer_than_five_seconds_has_not_answered()
    {
        var time = new ManualTime();
        using var http = new HttpClient(new Answering(null));
        var sender = new WebhookSender(new(TimeProvider.System), http, time, [], speed: 1);

        var delivery = sender.Send(new("ref", "correct", "id", "payment_completed", "{}", new Dictionary<string, string>()), "http://shop.test/", TimeSpan.Zero, retry: true);
        Assert.That(await time.Timers.ReadAsync(), Is.EqualTo(TimeSpan.FromSeconds(5)));
        time.Advance(TimeSpan.FromSeconds(5));
        await delivery.FirstAttempt();

        Assert.That(delivery.Attempts.Single().Error, Is.EqualTo("no answer within 5 s"));
    }

    private Task AnswerWith(int status) => Control("settings", new { webhookUrl = $"{_shop.Urls.First()}/hook/{status}" });

    private static async Task<TimeSpan> NextPause(ManualTime time)
    {
        while (true)
            if (await time.Timers.ReadAsync() is var set && set != WebhookSender.Timeout)
                return set;
    }

    /// <param name="status">Null: never answers.</param>
    private sealed class Answering(HttpStatusCode? status) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (status is null)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new(status!.Value);
        }
    }
}
