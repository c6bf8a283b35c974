using System.Text;
using CryptoGateways.Tests.Browser.Harness;

namespace CryptoGateways.Tests.Browser;

/// <summary>
/// What the Internet sends to addresses that anybody can call. None of it makes a customer, a log entry or a fault, and every refusal
/// has a body: the platform answers one without a body itself, with a log entry and a new guest.
/// </summary>
internal sealed class MalformedRequestTests : ShopFixture
{
    private const string Webhook = "/Plugins/CryptoGateways/Webhook/coinskro", Return = "/checkout/crypto/return/", Order = "/checkout/crypto/order/", Pay = "/checkout/crypto/";

    private static readonly string[] _tokens =
    [
        "", "x", "1-", "-1", "1-AAAAAAAAAAAAAAAAAAAAAA", "0", "%20", "%09", "%00", "1-%00", "%zz", "%", "%F0%28%8C%28", "%c0%80", "..%2f..%2f", "1-%C3%A9%C3%A9", "2147483648-AAAAAAAAAAAAAAAAAAAAAA",
        "doesnotexist0000000", new string('A', 4000), "%E2%80%AE", "'%20OR%201=1--", "%3Cscript%3E", "a/b/c", "state", "order", "return", ";x=y", "1-AAAAAAAAAAAAAAAAAAAAAA?%zz=%00&a=%ff", "x?" + new string('q', 4000)
    ];

    private static readonly string[] _orders = ["", "0", "-1", "abc", "1.5", "1e3", "2147483647", "99999999999", "%00", "1%20", "1/2", "%zz", "１"];

    private static readonly string[] _headers =
    [
        "", "Cookie: .Nop.Customer=zzz\r\n", "Cookie: .Nop.Customer=7d444840-9dc0-11d1-b245-5ffdce74fad2\r\n", "Cookie: ;;=;.Nop.Culture=%00; .Nop.Authentication=x\r\n",
        "If-None-Match: \"\r\n", "If-None-Match: W/, *, \"a\r\n", "Accept-Language: " + new string('x', 300) + "\r\n", "Accept: \x80\xff\r\n", "Range: bytes=0-0\r\n", "X-CryptoGateways-SelfTest: \x80.x.y\r\n",
        $"X-CryptoGateways-SelfTest: {new string('0', 32)}.x.y\r\n", "Expect: 100-continue\r\n", "Content-Type: multipart/form-data\r\n", "Origin: null\r\nReferer: x\r\n", "X-Large: " + new string('x', 40_000) + "\r\n"
    ];

    private static readonly (string Name, string Request)[] _bodies =
    [
        ("none", "\r\n"),
        ("length that is no number", "Content-Length: abc\r\n\r\n{}"),
        ("negative length", "Content-Length: -5\r\n\r\n{}"),
        ("huge length", "Content-Length: 99999999999\r\n\r\n{}"),
        ("shorter than its length", "Content-Length: 500\r\n\r\n{\"a\":"),
        ("two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
        ("chunks that are none", "Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n"),
        ("a chunk that is cut", "Transfer-Encoding: chunked\r\n\r\n1F4\r\n{\"a\""),
        ("chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
        ("an unknown coding", "Transfer-Encoding: gzip\r\n\r\n{}"),
        ("multipart without a boundary", "Content-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc"),
        ("multipart that is cut", "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 45\r\n\r\n--x\r\nContent-Disposition: form-data; name=a\r\n\r\n"),
        ("a form that is cut", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\na=1&b="),
        ("a form that is none", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\n%zz=%00&=&&&"),
        ("a form in UTF-7", "Content-Type: application/x-www-form-urlencoded; charset=utf-7\r\nContent-Length: 3\r\n\r\na=b"),
        ("multipart in UTF-7", Sized("Content-Type: multipart/form-data; boundary=x\r\n", "--x\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nb\r\n--x--\r\n")),
        ("a form of many fields", Sized("Content-Type: application/x-www-form-urlencoded\r\n", string.Concat(Enumerable.Range(0, 3000).Select(i => $"f{i}=1&")))),
        ("JSON in a charset that does not exist", "Content-Type: application/json; charset=utf-99\r\nContent-Length: 2\r\n\r\n{}"),
        ("bytes that are no UTF-8", "Content-Type: application/json\r\nContent-Length: 5\r\n\r\n\"\xc3\x28\xff\""),
        ("JSON with NUL and lone surrogates", Sized("Content-Type: application/json\r\n", """{"event_id":"1","event_type":"payment.completed","payment_reference":"\u0000\ud800","data":{"payment_reference":"\u0000","payment_id":"\u0000"}}""")),
        ("deep JSON", Sized("Content-Type: application/json\r\n", new string('[', 20_000))),
        ("a type that is none", "Content-Type: ;;;\r\nContent-Length: 2\r\n\r\n{}"),
        ("100-continue and nothing more", "Expect: 100-continue\r\nContent-Length: 10\r\n\r\n"),
        ("64 KB and a byte", Sized("", new string('x', 64 * 1024 + 1)))
    ];

    /// <summary>A part is missing, or the store hangs up before it has read all: an answer may not arrive.</summary>
    private static readonly string[] _unanswered = ["huge length", "shorter than its length", "a chunk that is cut", "multipart that is cut", "a form that is cut", "100-continue and nothing more", "64 KB and a byte"];

    private static readonly string[] _methods = ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"];

    /// <summary>The platform's background user is made when somebody acts as it for the first time.</summary>
    [OneTimeSetUp]
    public async Task VisitOnceAsync() => (await Store.VisitAsync($"{Store.Address}checkout/crypto/x/state")).Dispose();

    [TestCaseSource(nameof(_tokens))]
    public async Task Any_token_is_answered(string token)
    {
        foreach (var path in new[] { Return + token, Pay + token, Pay + token.Split('?')[0] + "/state" })
            await AssertNothingIsLeftAsync(path, $"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    [TestCaseSource(nameof(_orders))]
    public Task Any_order_number_is_answered(string order) => AssertNothingIsLeftAsync(order, $"GET {Order}{order} HTTP/1.1\r\nHost: x\r\n\r\n");

    [TestCaseSource(nameof(_methods))]
    public async Task Any_method_is_answered(string method)
    {
        foreach (var path in new[] { Return + "x", Pay + "x", Pay + "x/state", Order + "1", Webhook })
            await AssertNothingIsLeftAsync(path, $"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", hasBody: method != "HEAD");
        await AssertNothingIsLeftAsync(Webhook, $"GET {Webhook} HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    [TestCaseSource(nameof(_headers))]
    public async Task Any_header_is_answered(string header)
    {
        foreach (var path in new[] { Return + "x", Pay + "x", Pay + "x/state", Order + "1" })
            await AssertNothingIsLeftAsync(path, $"GET {path} HTTP/1.1\r\nHost: x\r\n{header}\r\n", isWhole: header.Length < 10_000);
        await AssertNothingIsLeftAsync(Webhook, $"POST {Webhook} HTTP/1.1\r\nHost: x\r\n{header}Content-Length: 2\r\n\r\n{{}}", isWhole: header.Length < 10_000);
    }

    [TestCaseSource(nameof(Bodies))]
    public async Task Any_body_is_answered_and_any_that_breaks_off_is_forgotten(string body)
    {
        foreach (var path in new[] { Return + "x", Pay + "x", Pay + "x/state", Order + "1" })
            await AssertNothingIsLeftAsync($"GET {path}", $"GET {path} HTTP/1.1\r\nHost: x\r\n{_bodies.Single(one => one.Name == body).Request}", isWhole: !_unanswered.Contains(body));
        foreach (var path in new[] { Return + "x", Pay + "x", Pay + "x/state", Order + "1", Webhook, "/Plugins/CryptoGateways/Webhook/nobody", "/Plugins/CryptoGateways/Webhook", "/Plugins/CryptoGateways/Webhook/" })
        {
            var request = $"POST {path} HTTP/1.1\r\nHost: x\r\n{_bodies.Single(one => one.Name == body).Request}";
            await AssertNothingIsLeftAsync(path, request, isWhole: !_unanswered.Contains(body));
            await RawClient.BreakAsync(Store.Address, Bytes(request));
            await RawClient.BreakAsync(Store.Address, Bytes(request[..^1]));
        }
        await AssertNothingIsLeftAsync("the connections that were broken", "GET /checkout/crypto/x/state HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    private static IEnumerable<string> Bodies => _bodies.Select(body => body.Name);

    private async Task AssertNothingIsLeftAsync(string what, string request, bool hasBody = true, bool isWhole = true)
    {
        var customers = await Store.CustomersAsync();
        var answer = await RawClient.SendAsync(Store.Address, Bytes(request.Replace("Host: x\r\n", "Host: x\r\nConnection: close\r\n", StringComparison.Ordinal)), isWhole);

        Assert.That(answer?.Status, isWhole ? Is.InRange(200, 499) : Is.Null.Or.InRange(200, 499), what);
        // A token or a secret in an address, or a 404 of today, must not stay in a cache; what the server itself refuses has no headers of ours.
        if (answer?.Headers.ContainsKey("X-Robots-Tag") == true)
            Assert.That((answer.Headers.GetValueOrDefault("Cache-Control"), answer.Headers.GetValueOrDefault("X-Content-Type-Options"), answer.Headers.GetValueOrDefault("Referrer-Policy")),
                Is.EqualTo(("no-store", "nosniff", "same-origin")), what);
        else if (answer is not null)
            Assert.That(answer.Status, Is.EqualTo(400).Or.InRange(411, 431), $"{what}: {answer}");
        // What is no HTTP is refused by the server before any of the store's code runs, and has no body; everything else has one.
        if (answer is { Status: >= 400 } && answer.Headers.ContainsKey("Content-Type"))
            Assert.That(answer.Body, hasBody ? Is.Not.Empty : Is.Empty, what);
        else if (answer is { Status: >= 400 })
            Assert.That(answer.Headers.GetValueOrDefault("Connection"), Is.EqualTo("close"), $"{what}: {answer}");
        Assert.That(await Store.CustomersAsync(), Is.EqualTo(customers), $"{what}: a customer was made");
        // One line a minute for refused webhooks, whatever they are.
        Assert.That((await NewLogAsync()).Where(line => !line.StartsWith("Warning: Coinskro Pay: a webhook was rejected", StringComparison.Ordinal)), Is.Empty, what);
    }

    private static string Sized(string headers, string body) => $"{headers}Content-Length: {body.Length}\r\n\r\n{body}";

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text.Replace("１", "\xef\xbc\x91", StringComparison.Ordinal));
}
