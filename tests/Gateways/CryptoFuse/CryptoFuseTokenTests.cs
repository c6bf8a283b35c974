using System.Text;
using Microsoft.AspNetCore.Http;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

namespace CryptoGateways.Tests.Gateways.CryptoFuse;

/// <summary>
/// Access tokens: requested on demand, cached until they expire, renewed by one call at a time.
/// </summary>
public sealed class CryptoFuseTokenTests : CryptoFuseFixture
{
    private int _tokens;

    /// <summary>The response to all calls except token requests.</summary>
    private Func<HttpContext, Task> _payments = Answers.Status(404);

    private string _life = "36000";

    [SetUp]
    public void GiveTokens()
    {
        (_tokens, _life, _payments) = (0, "36000", Answers.Status(404));
        Provider.Answer = context => context.Request.Path == "/o/token/"
            ? Answers.Json($"{{\"access_token\":\"tk{Interlocked.Increment(ref _tokens)}\",\"expires_in\":{_life}}}")(context)
            : _payments(context);
    }

    [Test]
    public async Task A_token_is_asked_for_as_documented()
    {
        await LookUpAsync();

        var request = Provider.Requests[0];
        Assert.That((request.Method, request.Target, request.Body), Is.EqualTo(("POST", "/o/token/", "grant_type=client_credentials&scope=read+write")));
        Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/x-www-form-urlencoded"));
        // printf 'cf_client:cf_secret_4fX9mQ2vL7bT0cN5' | base64
        Assert.That(request.Headers["Authorization"], Is.EqualTo("Basic Y2ZfY2xpZW50OmNmX3NlY3JldF80Zlg5bVEydkw3YlQwY041"));
    }

    [Test]
    public async Task A_token_is_kept_for_all_calls_of_the_same_client()
    {
        await LookUpAsync();
        await LookUpAsync();
        await Gateway.PriceAsync(Documented.Coin, WithApiKey(), default);

        Assert.That(Bearers(), Is.EqualTo(new[] { "tk1", "tk1", "tk1" }));
    }

    [Test]
    public async Task Another_secret_and_another_client_have_their_own_tokens()
    {
        await LookUpAsync();
        await LookUpAsync((CryptoFuseSettings.ClientSecretField, "another"));
        await LookUpAsync((CryptoFuseSettings.ClientIdField, "another"));
        await LookUpAsync();

        Assert.That(Bearers(), Is.EqualTo(new[] { "tk1", "tk2", "tk3", "tk1" }));
    }

    [TestCase("36000", 32399, 32401)]
    [TestCase("\"600\"", 539, 541)]
    [TestCase("null", 269, 271, Description = "not stated: five minutes")]
    [TestCase("99999999999999999999", 32399, 32401, Description = "capped at the documented maximum")]
    public async Task A_token_is_renewed_before_it_ends(string life, int good, int tooOld)
    {
        _life = life;
        await LookUpAsync();
        Time.Pass(TimeSpan.FromSeconds(good));
        await LookUpAsync();
        Time.Pass(TimeSpan.FromSeconds(tooOld - good));
        await LookUpAsync();

        Assert.That(Bearers(), Is.EqualTo(new[] { "tk1", "tk1", "tk2" }));
    }

    [Test]
    public async Task A_clock_that_is_set_neither_keeps_a_token_nor_ends_it([Values(-1, 1)] int days)
    {
        _life = "600";
        await LookUpAsync();
        Time.Jump(TimeSpan.FromDays(days));
        await LookUpAsync();
        Time.Pass(TimeSpan.FromSeconds(541));
        await LookUpAsync();

        Assert.That(Bearers(), Is.EqualTo(new[] { "tk1", "tk1", "tk2" }));
    }

    [Test]
    public async Task A_token_without_life_serves_one_call()
    {
        _life = "0";
        await LookUpAsync();
        await LookUpAsync();

        Assert.That(Bearers(), Is.EqualTo(new[] { "tk1", "tk2" }));
    }

    [Test]
    public async Task Many_calls_at_once_fetch_one_token()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LookUpAsync()));

        Assert.That(_tokens, Is.EqualTo(1));
        Assert.That(Bearers(), Has.Count.EqualTo(20).And.All.EqualTo("tk1"));
    }

    [Test]
    public async Task A_kept_token_that_is_refused_is_renewed_once()
    {
        await LookUpAsync();
        _payments = context => (context.Request.Headers.Authorization == "Bearer tk1" ? Answers.Status(401) : Answers.Status(404))(context);

        await LookUpAsync();

        Assert.That(Bearers(), Is.EqualTo(new[] { "tk1", "tk1", "tk2" }));
    }

    [Test]
    public async Task A_create_call_is_made_again_only_because_its_kept_token_was_refused()
    {
        await LookUpAsync();
        _payments = context => (context.Request.Headers.Authorization == "Bearer tk1" ? Answers.Status(401) : Answers.Status(500))(context);

        var exception = await FaultAsync(() => Gateway.CreateAsync(Documented, WithOAuth(), default));

        Assert.That((exception.Fault, exception.CreatedNothing), Is.EqualTo((GatewayFault.ServerError, false)));
        Assert.That(Provider.Requests.Count(request => request.Method == "POST" && request.Target == "/payments/"), Is.EqualTo(2));
    }

    [Test]
    public async Task Who_refuses_every_token_is_not_asked_for_ever()
    {
        await LookUpAsync();
        _payments = Answers.Status(401);

        Assert.That((await FaultAsync(() => LookUpAsync())).Fault, Is.EqualTo(GatewayFault.BadKey));
        Assert.That(Bearers(), Is.EqualTo(new[] { "tk1", "tk1", "tk2" }));
    }

    [TestCase(400, """{"error":"invalid_scope"}""", GatewayFault.Refused, true)]
    [TestCase(401, """{"error":"invalid_client"}""", GatewayFault.BadKey, true)]
    [TestCase(404, "", GatewayFault.Refused, true)]
    [TestCase(429, "", GatewayFault.TooManyRequests, true)]
    [TestCase(500, "", GatewayFault.ServerError, false)]
    [TestCase(200, "", GatewayFault.BadAnswer, false)]
    [TestCase(200, "[]", GatewayFault.BadAnswer, false)]
    [TestCase(200, """{"access_token":""}""", GatewayFault.BadAnswer, false)]
    [TestCase(200, """{"access_token":"a\r\nX-Evil: b"}""", GatewayFault.BadAnswer, false)]
    [TestCase(200, """{"access_token":{}}""", GatewayFault.BadAnswer, false)]
    public async Task Without_a_token_nothing_is_called(int status, string answer, GatewayFault fault, bool createdNothing)
    {
        Provider.Answer = Answers.Json(answer, status);

        var exception = await FaultAsync(() => Gateway.CreateAsync(Documented, WithOAuth(), default));

        Assert.That((exception.Fault, exception.CreatedNothing), Is.EqualTo((fault, createdNothing)));
        Assert.That(Provider.Requests.Select(request => request.Target), Has.All.EqualTo("/o/token/"));
    }

    [Test]
    public async Task A_token_call_that_fails_once_is_repeated_and_a_failure_is_not_kept()
    {
        var giveTokens = Provider.Answer;
        Provider.Answer = Answers.InTurn(Answers.Status(502), Answers.Status(400), giveTokens);

        await FaultAsync(() => LookUpAsync());
        await LookUpAsync();

        Assert.That(Bearers(), Is.EqualTo(new[] { "tk1" }));
    }

    [Test]
    public async Task Neither_secret_nor_token_is_told([Values(200, 400, 401)] int status, [Values] bool atToken)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"cf_client:{ClientSecret}"));
        var shown = Answers.Json($$"""{"m":"{{ClientSecret}} {{basic}} tkSecret1","access_token": tkSecret1""", status);
        Provider.Answer = context => (context.Request.Path == "/o/token/" && !atToken ? Answers.Json("""{"access_token":"tkSecret1","expires_in":36000}""") : shown)(context);

        var text = (await FaultAsync(() => LookUpAsync())).ToString();

        Assert.That(text, Does.Not.Contain(ClientSecret).And.Not.Contain(basic));
        if (!atToken || status == 200)
            Assert.That(text, Does.Not.Contain("tkSecret1"));
    }

    private Task<ProviderPayment?> LookUpAsync(params (string Field, string Value)[] settings) =>
        Gateway.FindAsync(new PaymentHandle("ORDER-12345", "t1"), WithOAuth(settings), default);

    /// <summary>The tokens of all calls except token requests, in the order of arrival.</summary>
    private List<string> Bearers() =>
        [.. Provider.Requests.Where(request => request.Target != "/o/token/").Select(request => request.Headers["Authorization"]["Bearer ".Length..])];
}
