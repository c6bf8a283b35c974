using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// Answers that are not as documented, or do not come. A create call is made once whatever happens; a read at most three times.
/// </summary>
public abstract partial class GatewayContract
{
    private const int Once = 1;
    private const int WithRepeats = 3;

    /// <summary>Status, fault, whether certainly no payment was made, and how often a read is sent.</summary>
    private static readonly object[][] _errors =
    [
        [400, GatewayFault.Refused, true, Once],
        [401, GatewayFault.BadKey, true, Once],
        [403, GatewayFault.Forbidden, true, Once],
        [405, GatewayFault.Refused, true, Once],
        [408, GatewayFault.ServerError, false, WithRepeats],
        [409, GatewayFault.Refused, true, Once],
        [422, GatewayFault.Refused, true, Once],
        [425, GatewayFault.ServerError, false, WithRepeats],
        [429, GatewayFault.TooManyRequests, true, Once],
        [500, GatewayFault.ServerError, false, WithRepeats],
        [502, GatewayFault.ServerError, false, WithRepeats],
        [503, GatewayFault.ServerError, false, WithRepeats],
        [504, GatewayFault.ServerError, false, WithRepeats]
    ];

    private static readonly int[] _redirects = [301, 302, 303, 307, 308];

    /// <summary>Successes that are none, with their content type.</summary>
    private static readonly string[][] _malformed =
    [
        ["", "application/json"],
        ["   ", "application/json"],
        ["null", "application/json"],
        ["true", "application/json"],
        ["12", "application/json"],
        ["\"Payment created\"", "application/json"],
        ["[]", "application/json"],
        ["[{}]", "application/json"],
        ["{}", "application/json"],
        ["{\"data\":null}", "application/json"],
        ["{\"data\":[]}", "application/json"],
        ["{\"data\":\"x\"}", "application/json"],
        ["{\"data\":{}}", "application/json"],
        ["{\"message\":\"Pay", "application/json"],
        ["<html><body><h1>It works!</h1></body></html>", "text/html"],
        ["\u0000\u0001\u0002", "application/octet-stream"]
    ];

    [TestCaseSource(nameof(_errors))]
    public async Task An_error_at_create_is_told_and_create_is_not_repeated(int status, GatewayFault fault, bool createdNothing, int _)
    {
        Provider.Answer = Answers.Json("""{"message":"Something is wrong"}""", status);

        var exception = await FaultAsync(() => CreateAsync());

        Assert.That((exception.Fault, exception.CreatedNothing), Is.EqualTo((fault, createdNothing)));
        Assert.That(exception.Message, Does.Contain($"{status}").And.Contains("Something is wrong"));
        Assert.That(Provider.Requests, Has.Count.EqualTo(1));
    }

    [TestCaseSource(nameof(_errors))]
    public async Task An_error_at_a_read_is_told_and_only_a_fault_of_the_server_is_tried_again(int status, GatewayFault fault, bool _, int reads)
    {
        Assume.That(NotFoundStatuses, Does.Not.Contain(status), $"{status} means that {SystemName} does not know the payment");
        Provider.Answer = Answers.Json("""{"message":"Something is wrong"}""", status);

        var exception = await FaultAsync(() => FindAsync());

        Assert.That((exception.Fault, Provider.Requests.Count), Is.EqualTo((fault, reads)));
    }

    [Test]
    public async Task A_create_call_to_an_address_that_does_not_exist_made_nothing()
    {
        Provider.Answer = Answers.Json("""{"message":"not found"}""", 404);

        var exception = await FaultAsync(() => CreateAsync());

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.Refused, true, 1)));
    }

    [TestCaseSource(nameof(_malformed))]
    public async Task An_answer_that_is_not_documented_creates_no_payment_twice(string body, string contentType)
    {
        Provider.Answer = Answers.Text(body, contentType);

        var exception = await FaultAsync(() => CreateAsync());

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.BadAnswer, false, 1)));
    }

    [TestCaseSource(nameof(_malformed))]
    public async Task An_answer_that_is_not_documented_tells_no_status(string body, string contentType)
    {
        Provider.Answer = Answers.Text(body, contentType);

        Assert.That((await FaultAsync(() => FindAsync())).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    [Test]
    public async Task Half_an_answer_and_an_answer_with_more_behind_are_no_answers()
    {
        var (created, found) = (CreatedAnswers(Request)[0], FoundAnswer(Request, Words.Keys.First()));
        foreach (var change in new Func<string, string>[] { answer => answer[..(answer.Length / 2)], answer => answer[..^1], answer => answer + "<!-- cached -->" })
        {
            Provider.Answer = Answers.InTurn(Answers.Json(change(created)), Answers.Json(change(found)));

            Assert.That((await FaultAsync(() => CreateAsync())).Fault, Is.EqualTo(GatewayFault.BadAnswer));
            Assert.That((await FaultAsync(() => FindAsync())).Fault, Is.EqualTo(GatewayFault.BadAnswer));
        }
    }

    [TestCase("utf8")]
    [TestCase("UTF8")]
    [TestCase("\"utf-8\"")]
    [TestCase("'utf-8'")]
    [TestCase("")]
    [TestCase("\"\"")]
    [TestCase("utf_8")]
    [TestCase("nonsense")]
    [TestCase("us-ascii")]
    public async Task A_charset_that_does_not_exist_makes_no_answer_unreadable(string charset)
    {
        Provider.Answer = Creates();
        var created = await CreateAsync();
        Provider.Answer = Answers.InTurn([.. CreatedAnswers(Request).Append(FoundAnswer(Request, Words.Keys.First())).Select(answer => Answers.Text(answer, $"application/json; charset={charset}"))]);

        Assert.That(await CreateAsync(), Is.EqualTo(created));
        Assert.That(await FindAsync(), Is.Not.Null);
    }

    [Test]
    public async Task A_compressed_answer_is_read([Values("gzip", "br", "deflate")] string encoding)
    {
        Provider.Answer = Creates();
        var created = await CreateAsync();
        Provider.Answer = Answers.InTurn([.. CreatedAnswers(Request).Select(answer => Answers.Compressed(answer, encoding))]);

        Assert.That(await CreateAsync(), Is.EqualTo(created));
    }

    [Test]
    public async Task An_answer_that_is_only_said_to_be_compressed_is_no_answer([Values] bool create)
    {
        Provider.Answer = Answers.Mislabelled(CreatedAnswers(Request)[0], "gzip");

        var exception = await FaultAsync(() => create ? CreateAsync() : FindAsync());

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.BadAnswer, false, 1)));
    }

    [Test]
    public async Task A_compressed_answer_without_end_is_not_read_to_its_end([Values] bool create)
    {
        Provider.Answer = Answers.Compressed(new string(' ', 64 * 1024 * 1024), "gzip");

        var exception = await FaultAsync(() => create ? CreateAsync() : FindAsync());

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.BadAnswer, false, 1)));
    }

    [Test]
    public async Task A_success_without_a_body_is_no_answer([Values(200, 202, 204, 205)] int status, [Values] bool create)
    {
        Provider.Answer = Answers.Bare(status);

        var exception = await FaultAsync(() => create ? CreateAsync() : FindAsync());

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.BadAnswer, false, 1)));
    }

    [Test]
    public async Task An_answer_without_end_is_not_read_to_its_end([Values] bool announced, [Values] bool create)
    {
        Provider.Answer = Answers.Endless(announced);

        var exception = await FaultAsync(() => create ? CreateAsync() : FindAsync());

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.BadAnswer, false, 1)));
    }

    [TestCaseSource(nameof(_redirects))]
    public async Task No_redirect_is_followed_with_the_key(int status)
    {
        await using var other = await FakeProvider.StartAsync();
        Provider.Answer = Answers.Redirect(other.Url, status);

        var create = await FaultAsync(() => CreateAsync());
        var find = await FaultAsync(() => FindAsync());

        Assert.That((create.Fault, create.CreatedNothing, find.Fault), Is.EqualTo((GatewayFault.BadAnswer, false, GatewayFault.BadAnswer)));
        Assert.That((Provider.Requests.Count, other.Requests.Count), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task An_answer_that_does_not_come_in_time_is_not_asked_for_again([Values] bool create)
    {
        Provider.Answer = Answers.Never;

        var exception = await FaultAsync(() => create ? CreateAsync(_impatient) : FindAsync(_impatient));

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.Timeout, false, 1)));
    }

    [Test]
    public async Task An_answer_that_breaks_off_may_have_made_a_payment()
    {
        Provider.Answer = Answers.CutOff;

        var exception = await FaultAsync(() => CreateAsync());

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.Unreachable, false, 1)));
    }

    [Test]
    public async Task A_read_that_breaks_off_is_tried_again()
    {
        Provider.Answer = Answers.InTurn(Answers.CutOff, Answers.Json(FoundAnswer(Request, Words.Keys.First())));

        Assert.That(await FindAsync(), Is.Not.Null);
        Assert.That(Provider.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_provider_that_is_not_there_is_unreachable([Values] bool create)
    {
        var nobody = FakeProvider.Nobody();

        var exception = await FaultAsync(() => create ? CreateAsync(baseUrl: nobody) : FindAsync(baseUrl: nobody));

        Assert.That(exception.Fault, Is.EqualTo(GatewayFault.Unreachable));
    }

    [Test]
    public async Task Who_gives_up_waiting_gets_no_answer_in_time_and_nothing_is_sent_again([Values] bool create)
    {
        using var patience = new CancellationTokenSource();
        Provider.Answer = context =>
        {
            patience.Cancel();
            return Answers.Never(context);
        };

        var exception = await FaultAsync(() => create ? CreateAsync(cancellationToken: patience.Token) : FindAsync(cancellationToken: patience.Token));

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.Timeout, false, 1)));
    }

    [Test]
    public async Task Who_has_no_time_left_before_a_call_sends_nothing([Values] bool create)
    {
        var over = new CancellationToken(canceled: true);

        var exception = await FaultAsync(() => create ? CreateAsync(cancellationToken: over) : FindAsync(cancellationToken: over));

        Assert.That((exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((true, 0)));
    }

    [Test]
    public async Task Who_gives_up_between_two_tries_gets_no_answer_in_time()
    {
        using var patience = new CancellationTokenSource();
        Provider.Answer = context =>
        {
            context.Response.OnCompleted(patience.CancelAsync);
            return Answers.Status(502)(context);
        };

        var exception = await FaultAsync(() => FindAsync(cancellationToken: patience.Token));

        Assert.That((exception.Fault, exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((GatewayFault.Timeout, false, 1)));
    }

    [Test]
    public async Task An_error_that_repeats_the_request_tells_neither_key_nor_shopper([Values(200, 400, 401, 500)] int status)
    {
        Provider.Answer = Answers.Echo(Provider, status);

        await FaultAsync(() => CreateAsync());
        await FaultAsync(() => FindAsync());

        Assert.That(Provider.Requests[0].Body.Contains(Email) || !SendsEmail, "there was something to tell");
    }
}
