using System.Net;
using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace CryptoGateways.Tests.Unit;

public sealed class WebhookSelfTestTests
{
    private static readonly Uri _address = new("https://shop.example/Plugins/CryptoGateways/Webhook/one");

    private readonly ManualTime _time = new();

    private Rows<SelfTestTicket> _tickets = null!;
    private WebhookSelfTest _test = null!;
    private Func<HttpRequestMessage, Task<HttpResponseMessage>> _way = null!;

    [SetUp]
    public void Start()
    {
        _tickets = new(ticket => ticket.Number);
        _test = new WebhookSelfTest(_tickets.Repository, new GatewayHttp(new Clients(request => _way(request)), Registered.Telemetry, new ProviderRateLimiter(_time), _time), _time);
        _way = request => ArriveAsync(request);
    }

    [TestCase("https://shop.example/", SelfTestAnalysis.Works)]
    [TestCase("http://shop.example/", SelfTestAnalysis.NotSecure)]
    [TestCase("http://127.0.0.1:5000/", SelfTestAnalysis.WorksHere)]
    public async Task An_event_that_comes_back_is_known_by_its_signature(string store, SelfTestAnalysis verdict)
    {
        Assert.That(await SendAsync(new Uri(new Uri(store), "Plugins/CryptoGateways/Webhook/one")), Is.EqualTo(verdict));
        Assert.That(_tickets.All, Is.Empty);
    }

    [Test]
    public async Task An_event_counts_once_and_for_a_minute()
    {
        var answers = new List<string?>();
        _way = async request =>
        {
            var (header, body) = (request.Headers.GetValues(WebhookSelfTest.Header).Single(), await request.Content!.ReadAsByteArrayAsync());
            for (var i = 0; i < 2; i++)
                answers.Add(await _test.AnswerAsync(header, body));
            return Answer(HttpStatusCode.BadRequest, "refused");
        };
        await SendAsync(_address);
        Assert.That(answers, Is.EqualTo(new[] { answers[0], null }).And.Some.Not.Null);

        _way = request =>
        {
            _time.Now += TimeSpan.FromMinutes(2);
            return ArriveAsync(request);
        };
        Assert.That(await SendAsync(_address), Is.EqualTo(SelfTestAnalysis.OtherPage));
    }

    [Test]
    public async Task A_page_whose_text_cannot_be_read_is_another_page()
    {
        _way = _ =>
        {
            var answer = Answer(HttpStatusCode.OK, "a page");
            answer.Content.Headers.ContentType!.CharSet = "nonsense";
            return Task.FromResult(answer);
        };

        Assert.That(await SendAsync(_address), Is.EqualTo(SelfTestAnalysis.OtherPage));
    }

    [TestCase("")]
    [TestCase("a.b")]
    [TestCase("0123456789abcdef0123456789abcdef.00.00")]
    public async Task What_a_stranger_makes_up_is_not_answered(string header) => Assert.That(await _test.AnswerAsync(header, "{}"u8.ToArray()), Is.Null);

    [Test]
    public async Task A_signature_of_something_else_is_not_answered()
    {
        string? answer = "not asked";
        _way = async request =>
        {
            var parts = request.Headers.GetValues(WebhookSelfTest.Header).Single().Split('.');
            answer = await _test.AnswerAsync($"{parts[0]}.{parts[2]}.{parts[2]}", await request.Content!.ReadAsByteArrayAsync());
            return Answer(HttpStatusCode.BadRequest, "refused");
        };
        await SendAsync(_address);

        Assert.That(answer, Is.Null);
    }

    [Test]
    public async Task A_changed_body_is_told()
    {
        _way = request => ArriveAsync(request, body => body.Replace("USDT", "USDC", StringComparison.Ordinal));

        Assert.That(await SendAsync(_address), Is.EqualTo(SelfTestAnalysis.BodyChanged));
    }

    [TestCase(301, "https://www.shop.example/", SelfTestAnalysis.Redirected)]
    [TestCase(302, "/login?returnUrl=x", SelfTestAnalysis.Redirected)]
    [TestCase(401, null, SelfTestAnalysis.Unauthorized)]
    [TestCase(403, null, SelfTestAnalysis.Forbidden)]
    [TestCase(404, null, SelfTestAnalysis.NotFound)]
    [TestCase(502, null, SelfTestAnalysis.ServerError)]
    [TestCase(200, null, SelfTestAnalysis.OtherPage)]
    public async Task What_stands_in_the_way_is_told(int status, string? location, SelfTestAnalysis verdict)
    {
        _way = _ =>
        {
            var answer = Answer((HttpStatusCode)status, "a page");
            answer.Headers.Location = location is null ? null : new Uri(location, UriKind.RelativeOrAbsolute);
            return Task.FromResult(answer);
        };

        Assert.That(await SendAsync(_address), Is.EqualTo(verdict));
        Assert.That(_tickets.All, Is.Empty);
    }

    [Test]
    public async Task A_store_whose_address_leads_to_https_is_told_so()
    {
        _way = request =>
        {
            var answer = Answer(HttpStatusCode.PermanentRedirect, string.Empty);
            answer.Headers.Location = new UriBuilder(request.RequestUri!) { Scheme = "https", Port = 443 }.Uri;
            return Task.FromResult(answer);
        };

        Assert.That(await SendAsync(new Uri("http://shop.example/hook")), Is.EqualTo(SelfTestAnalysis.RedirectedToHttps));
    }

    [TestCase(HttpRequestError.NameResolutionError, SelfTestAnalysis.HostNotFound)]
    [TestCase(HttpRequestError.SecureConnectionError, SelfTestAnalysis.NoTls)]
    [TestCase(HttpRequestError.ConnectionError, SelfTestAnalysis.Unreachable)]
    public async Task A_closed_network_is_told(HttpRequestError error, SelfTestAnalysis verdict)
    {
        _way = _ => throw new HttpRequestException(error);

        Assert.That(await SendAsync(_address), Is.EqualTo(verdict));
    }

    private async Task<SelfTestAnalysis> SendAsync(Uri address) => (await _test.SendAsync(address, CancellationToken.None)).Verdict;

    /// <summary>The event reaches the store, as it was sent or changed.</summary>
    private async Task<HttpResponseMessage> ArriveAsync(HttpRequestMessage request, Func<string, string>? change = null)
    {
        var body = await request.Content!.ReadAsStringAsync();
        var answer = await _test.AnswerAsync(request.Headers.GetValues(WebhookSelfTest.Header).Single(), Encoding.UTF8.GetBytes(change?.Invoke(body) ?? body));
        return Answer(HttpStatusCode.OK, answer ?? "refused");
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string text) => new(status) { Content = new StringContent(text) };

    private sealed class Clients(Func<HttpRequestMessage, Task<HttpResponseMessage>> way) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => way(request);
    }
}
