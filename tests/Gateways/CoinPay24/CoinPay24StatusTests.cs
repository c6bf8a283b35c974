using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways.CoinPay24;

/// <summary>
/// Status queries by id and through the list.
/// </summary>
public sealed partial class CoinPay24CallTests
{
    private static readonly DateTime _created = new(2018, 4, 24, 23, 43, 14, DateTimeKind.Utc);

    [Test]
    public async Task The_documented_invoice_is_understood()
    {
        Provider.Answer = Answers.Json(Document.Text("get"));

        var found = await FindAsync();

        var request = Provider.Requests.Single();
        Assert.That((request.Method, request.Target, request.Body), Is.EqualTo(("POST", "/v1/invoices/1195824", $"api_key={Key}")));
        Assert.That(found! with { Answer = null }, Is.EqualTo(new ProviderPayment
        {
            Status = ProviderStatus.Completed,
            StatusText = "paid",
            Reference = "62315",
            ExternalId = "1195824",
            Amount = new Money(10m, "EUR"),
            Received = new Money(0.001281m, "BTC"),
            Expected = new Money(0.001281m, "BTC"),
            CheckoutUrl = new Uri(Page),
            ExpiresOnUtc = new DateTime(2018, 4, 25, 0, 5, 40, DateTimeKind.Utc),
            TransactionIds = found!.TransactionIds
        }));
    }

    /// <summary>The time is 0:00. The table defines pending as paid, but checkout also returns pending, before any payment.</summary>
    [TestCase("2018-04-25T00:05:40+00:00", "0", ProviderStatus.Waiting)]
    [TestCase("2018-04-25T02:05:40+02:00", "0", ProviderStatus.Waiting)]
    [TestCase("2018-04-24T23:51:00+00:00", "0", ProviderStatus.Waiting, Description = "within the grace period")]
    [TestCase("2018-04-24T23:49:00+00:00", "0", ProviderStatus.Confirming)]
    [TestCase("2018-04-25T00:05:40+00:00", "0.001281", ProviderStatus.Waiting, Description = "nothing received")]
    [TestCase("2018-04-25T00:05:40+00:00", "0.0005", ProviderStatus.Confirming, Description = "partially received")]
    [TestCase(null, "0", ProviderStatus.Confirming)]
    public async Task Pending_is_paid_when_coins_came_or_the_time_is_over(string? end, string underpaid, ProviderStatus status)
    {
        Provider.Answer = Invoice(("status", "pending"), ("expire_at", end), ("underpaid_amount", underpaid));

        Assert.That((await FindAsync())!.Status, Is.EqualTo(status));
    }

    /// <summary>The requested amount is 0.001281 BTC.</summary>
    [TestCase("paid", "0", "0", "0.001281")]
    [TestCase("completed", "0.0006405", "0", "0.0006405")]
    [TestCase("paid", "0.00000001", "0", "0.00128099")]
    [TestCase("paid", "0", "0.00000001", "0.00128101")]
    [TestCase("paid", "0", "0.001281", "0.002562")]
    [TestCase("paid", "0.001281", "0", "0")]
    [TestCase("paid", "1", "0", "0", Description = "more missing than requested")]
    [TestCase("paid", null, null, null)]
    [TestCase("paid", "", "", null)]
    [TestCase("paid", null, "0.001281", "0.002562")]
    [TestCase("expired", "0.0006405", "0", "0.0006405")]
    [TestCase("new", "0", "0", null)]
    [SetCulture("de-DE")]
    public async Task What_arrived_is_told_in_coins(string status, string? underpaid, string? overpaid, string? received)
    {
        Provider.Answer = Invoice(("status", status), ("underpaid_amount", underpaid), ("overpaid_amount", overpaid));

        Assert.That((await FindAsync())!.Received, Is.EqualTo(received is null ? (Money?)null : Bitcoin(received)));
    }

    /// <summary>pay_amount is the paid amount in the callback's table and the requested one in the example of get; the displayed amount is unambiguous.</summary>
    [TestCase("BTC", "0.0006405", "0.0006405 of 0.001281 BTC")]
    [TestCase("LTC", "0.0006405", "0 of 0.0006405 BTC", Description = "a different coin than displayed: the payment is held")]
    public async Task What_arrived_is_compared_with_what_the_shopper_was_told_where_the_store_told_it(string coin, string payAmount, string received)
    {
        Provider.Answer = Invoice(("pay_amount", payAmount), ("underpaid_amount", "0.0006405"));

        var found = await Gateway.FindAsync(new PaymentHandle("62315", "1195824") { AmountToSend = new Money(0.001281m, coin) }, Settings(), default);

        Assert.That($"{Money.NumberOf(found!.Received!.Value.Amount)} of {found.Expected}", Is.EqualTo(received));
    }

    [TestCase("0.0006405", "0.0006405")]
    [TestCase("0", "10000000000")]
    [TestCase("0", "79228162514264337593543950335")]
    public async Task Coins_that_are_missing_and_left_over_at_once_are_a_bad_answer(string underpaid, string overpaid)
    {
        Provider.Answer = Invoice(("underpaid_amount", underpaid), ("overpaid_amount", overpaid));

        Assert.That((await FaultAsync(() => FindAsync())).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    /// <summary>Half of 0.00019231 BTC was received.</summary>
    [TestCase("pending")]
    [TestCase("confirming")]
    [TestCase("new")]
    public async Task Of_a_half_paid_invoice_it_is_told_what_came_and_the_address_takes_the_rest(string status)
    {
        Provider.Answer = Invoice(("status", status), ("pay_amount", "0.00019231"), ("underpaid_amount", "0.000096155"), ("expire_at", "2018-04-25T00:05:40+00:00"));

        var found = (await FindAsync())!;

        Assert.That((found.Status, found.AcceptsBalance, found.Received, found.Expected), Is.EqualTo((ProviderStatus.Confirming, true, (Money?)Bitcoin("0.000096155"), (Money?)Bitcoin("0.00019231"))));
    }

    [TestCase("expired", "0.0006405", ProviderStatus.Underpaid)]
    [TestCase("expired", "0", ProviderStatus.Expired)]
    [TestCase("expired", "0.001281", ProviderStatus.Expired, Description = "nothing received")]
    [TestCase("invalid", "0.0006405", ProviderStatus.Disputed)]
    [TestCase("invalid", "0", ProviderStatus.Failed)]
    [TestCase("Canceled", "0", ProviderStatus.Canceled)]
    [TestCase("cancelled", "0", ProviderStatus.Canceled)]
    [TestCase("PAID", "0", ProviderStatus.Completed)]
    [SetCulture("tr-TR")]
    public async Task Coins_that_will_not_be_completed_are_not_lost_sight_of(string word, string underpaid, ProviderStatus status)
    {
        Provider.Answer = Invoice(("status", word), ("underpaid_amount", underpaid));

        Assert.That((await FindAsync())!.Status, Is.EqualTo(status));
    }

    [TestCase("paid", "9.9 USDT")]
    [TestCase("pending", null)]
    public async Task What_is_credited_is_kept_where_it_is_told(string status, string? net)
    {
        Provider.Answer = Invoice(("status", status), ("receive_amount", "9.90"), ("receive_currency", "USDT"));

        Assert.That((await FindAsync())!.Net?.ToString(), Is.EqualTo(net));
    }

    [TestCase("http://coinpay24.com/pay/4949cf0afccb4cc293427af1890cc664")]
    [TestCase("https://example.com/invoice/1")]
    [TestCase("invoice/1")]
    [TestCase(null)]
    public async Task A_page_that_shoppers_must_not_be_sent_to_is_left_out(string? page)
    {
        Provider.Answer = Invoice(("payment_url", page));

        Assert.That((await FindAsync())!.CheckoutUrl, Is.Null);
    }

    [TestCase("order_id", null)]
    [TestCase("order_id", "")]
    [TestCase("status", null)]
    [TestCase("price_amount", null)]
    [TestCase("price_amount", "much")]
    [TestCase("price_currency", null)]
    public async Task An_invoice_without_what_it_is_about_is_none(string field, string? value)
    {
        Provider.Answer = Invoice((field, value));

        Assert.That((await FaultAsync(() => FindAsync())).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    [Test]
    public async Task An_id_that_is_not_known_is_looked_for_in_the_days_around_the_attempt()
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Document.Text("list").Replace("470", "1").Replace("\"110\"", "\"62315\"")), Answers.Json(Document.Text("get")));

        var found = await FindAsync(id: null);

        Assert.That((found!.ExternalId, found.Reference), Is.EqualTo(("1195824", "62315")));
        Assert.That(Provider.Requests.Select(request => request.Target), Is.EqualTo(new[] { "/v1/invoices", "/v1/invoices/1195824" }));
        Assert.That(Form(Provider.Requests[0]), Is.EqualTo(new Dictionary<string, string>
        {
            ["api_key"] = Key,
            ["per_page"] = "100",
            ["page"] = "1",
            ["sort"] = "created_at_asc",
            ["created_at[from]"] = "2018-04-23",
            ["created_at[to]"] = "2018-04-26"
        }));
    }

    [Test]
    public async Task In_json_the_days_are_an_object()
    {
        Provider.Answer = Answers.Json("""{"total_pages":0,"invoices":[]}""");

        await Gateway.FindAsync(Handle("62315"), Settings(("RequestForm", "json")), default);

        Assert.That(JsonNode.Parse(Provider.Requests.Single().Body)!["created_at"]!.ToJsonString(), Is.EqualTo("""{"from":"2018-04-23","to":"2018-04-26"}"""));
    }

    /// <summary>One invoice a minute, 100 a page, 30 pages: the invoice is on page 21.</summary>
    [Test]
    public async Task In_a_long_list_an_invoice_is_found_in_few_calls()
    {
        var first = _created.AddMinutes(-2050);
        Provider.Answer = Listed(3000, first, row => $"r{row}");

        var found = await FindAsync("r2050", id: null);

        Assert.That(found!.Reference, Is.EqualTo("r2050"));
        Assert.That(Provider.Requests.Count(request => request.Target == "/v1/invoices"), Is.LessThanOrEqualTo(7));
    }

    [Test]
    public async Task A_list_in_another_order_than_it_was_asked_for_is_read_to_its_end()
    {
        Provider.Answer = Listed(300, _created, row => $"r{row}", apart: TimeSpan.FromMinutes(-30));

        Assert.That((await FindAsync("r299", id: null))!.Reference, Is.EqualTo("r299"));
        Assert.That(await FindAsync("another", id: null), Is.Null);
    }

    [Test]
    public async Task An_invoice_that_is_not_in_the_list_is_not_found_and_the_list_is_not_read_beyond_its_time()
    {
        Provider.Answer = Listed(3000, _created.AddMinutes(-50), row => $"r{row}");

        Assert.That(await FindAsync("another", id: null), Is.Null);
        Assert.That(Provider.Requests, Has.Count.EqualTo(1));
    }

    /// <summary>Too many pages of invoices from the same minute: not finding the invoice does not prove that it does not exist.</summary>
    [Test]
    public async Task A_list_that_is_too_long_proves_nothing()
    {
        Provider.Answer = Listed(100_000, _created, row => $"r{row}", apart: TimeSpan.Zero);

        Assert.That((await FaultAsync(() => FindAsync("another", id: null))).Fault, Is.EqualTo(GatewayFault.BadAnswer));
        Assert.That(Provider.Requests, Has.Count.EqualTo(16));
    }

    /// <summary>All payments of the store need the list, so one bad row must not block them.</summary>
    [Test]
    public async Task A_row_that_holds_no_invoice_hides_no_other()
    {
        Provider.Answer = Listed(8, _created, row => $"r{row}", spoil: (row, invoice) => row switch
        {
            0 => null,
            1 => "text",
            2 => 5,
            3 => new JsonArray(),
            4 => Changed(invoice, "created_at", "yesterday"),
            5 => Changed(invoice, "price_amount", "10,0"),
            _ => invoice
        });

        Assert.That((await FindAsync("r6", id: null))!.Reference, Is.EqualTo("r6"));
        var found = await Gateway.FindManyAsync([.. Enumerable.Range(0, 8).Select(row => Handle($"r{row}"))], Settings(), default);
        Assert.That(found.Keys, Is.EquivalentTo(new[] { "r6", "r7" }));
    }

    [Test]
    public async Task Whether_an_invoice_exists_is_open_while_a_row_cannot_be_read()
    {
        Provider.Answer = Listed(3, _created, row => $"r{row}", spoil: (row, invoice) => row == 1 ? Changed(invoice, "price_amount", "10,0") : invoice);

        Assert.That((await FaultAsync(() => FindAsync("r1", id: null))).Fault, Is.EqualTo(GatewayFault.BadAnswer));
    }

    [Test]
    public async Task A_null_row_is_nobodys_invoice()
    {
        Provider.Answer = Listed(3, _created, row => $"r{row}", spoil: (row, invoice) => row == 1 ? null : invoice);

        Assert.That(await FindAsync("another", id: null), Is.Null);
    }

    private static JsonObject Changed(JsonObject fields, string name, string value)
    {
        fields[name] = value;
        return fields;
    }

    [Test]
    public async Task Many_payments_are_told_by_the_pages_of_the_list()
    {
        string[] words = ["new", "expired", "canceled", "new", "pending", "paid", "completed", "refunded", "invalid", "word_of_tomorrow"];
        Provider.Answer = Listed(words.Length, _created, row => $"r{row}", change: (row, invoice) =>
        {
            invoice["status"] = words[row];
            // The shopper of the fourth has chosen a coin, so only get returns the received amount.
            if (row == 3)
                invoice["pay_currency"] = "BTC";
        });

        var found = await Gateway.FindManyAsync([.. Enumerable.Range(0, 12).Select(row => Handle($"r{row}"))], Settings(), default);

        Assert.That(Provider.Requests, Has.Count.EqualTo(1));
        Assert.That(found.Select(payment => (payment.Key, payment.Value.Status, payment.Value.Reference, payment.Value.Amount)), Is.EquivalentTo(new[]
        {
            ("r0", ProviderStatus.Waiting, "r0", new Money(10m, "EUR")),
            ("r1", ProviderStatus.Expired, "r1", new Money(10m, "EUR")),
            ("r2", ProviderStatus.Canceled, "r2", new Money(10m, "EUR"))
        }));
    }

    [Test]
    public async Task No_more_pages_are_read_than_there_are_payments()
    {
        Provider.Answer = Listed(3000, _created, row => $"r{row}", apart: TimeSpan.Zero);

        var found = await Gateway.FindManyAsync([Handle("r0"), Handle("r150"), Handle("r2900")], Settings(), default);

        Assert.That(Provider.Requests, Has.Count.EqualTo(3));
        Assert.That(found.Keys, Is.EquivalentTo(new[] { "r0", "r150" }));
        Assert.That(await Gateway.FindManyAsync([], Settings(), default), Is.Empty);
    }

    private Task<ProviderPayment?> FindAsync(string reference = "62315", string? id = "1195824") =>
        Gateway.FindAsync(Handle(reference) with { ExternalId = id }, Settings(), default);

    private static Money Bitcoin(string amount) => new(decimal.Parse(amount, CultureInfo.InvariantCulture), "BTC");

    private static PaymentHandle Handle(string reference) => new(reference, null) { Quoted = new Money(10m, "EUR"), CreatedOnUtc = _created };

    /// <summary>The documented invoice with some fields changed or removed.</summary>
    private static Func<HttpContext, Task> Invoice(params (string Field, string? Value)[] changes)
    {
        var invoice = Document.Json("get");
        foreach (var (field, value) in changes)
            invoice[field] = value;
        return Answers.Json(invoice.ToJsonString());
    }

    /// <summary>A list of invoices starting at a time; get returns each of them, by row number as id.</summary>
    private Func<HttpContext, Task> Listed(int count, DateTime first, Func<int, string> reference, TimeSpan? apart = null, Action<int, JsonObject>? change = null,
        Func<int, JsonObject, JsonNode?>? spoil = null) => context =>
    {
        var request = Provider.Requests[^1];
        if (request.Target != "/v1/invoices")
            return Answers.Json(Row(int.Parse(request.Target.Split('/')[^1], CultureInfo.InvariantCulture)).ToJsonString())(context);

        var page = int.Parse(Form(request)["page"], CultureInfo.InvariantCulture);
        var rows = Enumerable.Range((page - 1) * 100, Math.Clamp(count - (page - 1) * 100, 0, 100));
        return Answers.Json(new JsonObject { ["total_pages"] = (count + 99) / 100, ["invoices"] = new JsonArray([.. rows.Select(row => spoil is null ? Row(row) : spoil(row, Row(row)))]) }.ToJsonString())(context);

        JsonObject Row(int number)
        {
            var row = Document.Json("list")["invoices"]![0]!.DeepClone().AsObject();
            row["id"] = number;
            row["order_id"] = reference(number);
            (row["price_amount"], row["price_currency"]) = ("10.0", "EUR");
            row["created_at"] = (first + number * (apart ?? TimeSpan.FromMinutes(1))).ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
            change?.Invoke(number, row);
            return row;
        }
    };
}
