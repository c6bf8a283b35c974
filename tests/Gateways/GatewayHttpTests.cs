using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// The shared HTTP client. <see cref="GatewayContract"/> tests how it handles responses.
/// </summary>
public sealed class GatewayHttpTests : ProviderFixture
{
    private const int FailuresUntilLeftAlone = 20;

    private GatewayHttp Http => Services.GetRequiredService<GatewayHttp>();

    [Test]
    public void A_store_waits_15_seconds_and_reads_one_megabyte()
    {
        using var client = Services.GetRequiredService<IHttpClientFactory>().CreateClient(GatewayHttp.ClientName);

        Assert.That((client.Timeout, client.MaxResponseContentBufferSize), Is.EqualTo((TimeSpan.FromSeconds(15), 1024 * 1024)));
    }

    [Test]
    public async Task A_provider_that_keeps_failing_is_left_alone_and_the_others_are_not()
    {
        Provider.Answer = Answers.Status(500);
        for (var i = 0; i < FailuresUntilLeftAlone; i++)
            Assert.That(await WriteAsync("one"), Is.EqualTo(GatewayFault.ServerError));

        Assert.That((await WriteAsync("one"), await ReadAsync("one")), Is.EqualTo((GatewayFault.NotCalled, GatewayFault.NotCalled)));
        Assert.That(Provider.Requests, Has.Count.EqualTo(FailuresUntilLeftAlone));
        Assert.That(await WriteAsync("other"), Is.EqualTo(GatewayFault.ServerError));
    }

    [Test]
    public async Task What_an_owner_tries_out_is_called_once_and_says_nothing_about_the_provider()
    {
        Provider.Answer = Answers.Status(500);
        for (var i = 0; i < FailuresUntilLeftAlone; i++)
            await Http.RunTrialAsync(async () => Assert.That(await ReadAsync("one"), Is.EqualTo(GatewayFault.ServerError)));

        Assert.That(Provider.Requests, Has.Count.EqualTo(FailuresUntilLeftAlone));
        Assert.That(Services.GetRequiredService<ProviderRateLimiter>().ConsecutiveFailures("one"), Is.EqualTo(0));
        Assert.That(await WriteAsync("one"), Is.EqualTo(GatewayFault.ServerError));
    }

    [Test]
    public async Task Requests_that_are_refused_and_one_success_between_keep_a_provider_in_use([Values(200, 400, 401, 403, 404, 429)] int status)
    {
        var failures = Enumerable.Repeat(Answers.Status(500), FailuresUntilLeftAlone - 1).ToArray();
        Provider.Answer = Answers.InTurn([.. failures, Answers.Status(200), .. failures, Answers.Status(status)]);
        for (var i = 0; i < 2 * FailuresUntilLeftAlone + 10; i++)
            await WriteAsync("one");

        Assert.That(Provider.Requests, Has.Count.EqualTo(2 * FailuresUntilLeftAlone + 10));
    }

    [TestCase("application/json", "utf-8", false, "é")]
    [TestCase("application/json", "utf-8", true, "é")]
    [TestCase("application/json; charset=utf8", "utf-8", false, "é")]
    [TestCase("application/json; charset=\"utf-8", "utf-8", false, "é")]
    [TestCase("application/json; charset=iso-8859-1", "iso-8859-1", false, "é")]
    [TestCase("application/json; charset=ISO-8859-1", "utf-8", false, "é", Description = "wrong label: ISO-8859-1 text is practically never valid UTF-8")]
    [TestCase("application/json; charset=utf-16", "utf-16", false, "é")]
    [TestCase("application/json; charset=utf-16", "utf-8", false, "é")]
    [TestCase("application/json; charset=utf8", "utf-16", true, "é", Description = "detected by its byte order mark")]
    [TestCase("application/json; charset=utf-7", "utf-8", false, "é", Description = "an encoding that .NET rejects")]
    [TestCase("application/json", "iso-8859-1", false, "\ufffd")]
    [TestCase("application/json; charset=nonsense", "iso-8859-1", false, "\ufffd")]
    public async Task A_text_is_read_by_what_it_is_and_not_by_a_wrong_label(string contentType, string written, bool isMarked, string read)
    {
        var encoding = Encoding.GetEncoding(written);
        Provider.Answer = context =>
        {
            context.Response.ContentType = contentType;
            return context.Response.Body.WriteAsync((byte[])[.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes("{\"name\":\"é\"}")]).AsTask();
        };

        Assert.That((await Http.ReadAsync("one", Request, CancellationToken.None))?.Body, Is.EqualTo($"{{\"name\":\"{read}\"}}"));
    }

    [Test]
    public async Task Cookies_are_not_kept()
    {
        Provider.Answer = context =>
        {
            context.Response.Headers.SetCookie = "session=1";
            return Task.CompletedTask;
        };
        await WriteAsync("one");
        await WriteAsync("one");

        Assert.That(Provider.Requests[1].Headers.Keys, Has.No.Member("Cookie"));
    }

    private Task<GatewayFault?> WriteAsync(string gateway) => FaultAsync(() => Http.WriteAsync(gateway, Request, CancellationToken.None));

    private Task<GatewayFault?> ReadAsync(string gateway) => FaultAsync(() => Http.ReadAsync(gateway, Request, CancellationToken.None));

    private HttpRequestMessage Request() => new(HttpMethod.Get, Provider.Url);

    private static async Task<GatewayFault?> FaultAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (GatewayException exception)
        {
            return exception.Fault;
        }
    }
}
