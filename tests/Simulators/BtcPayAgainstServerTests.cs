using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace CryptoGateways.Tests.Simulators;

/// <summary>
/// Walks invoices through their states on a real BTCPay Server and on the simulator, and compares what both answer. Started by
/// build/btcpay-check.sh; without its variables there is no server to compare with.
/// </summary>
[Explicit("needs a BTCPay Server on regtest")]
public sealed class BtcPayAgainstServerTests : SimulatorFixture
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(100);

    private Server _real = null!, _simulated = null!;

    protected override string ProviderName => "btcpay";

    [SetUp]
    public async Task Connect()
    {
        _real = new RealServer(Variable("URL"), Variable("TOKEN"), Variable("STORE"), Variable("BITCOIN"));
        _simulated = new SimulatedServer(Http.BaseAddress!, (path, body) => Control(path, body));
        await Control("settings", new { paymentMethods = "BTC-CHAIN" });
    }

    [TearDown]
    public void Disconnect()
    {
        _real.Dispose();
        _simulated.Dispose();
    }

    [TestCase("exact", "send 1", "confirm")]
    [TestCase("short", "send 0.25", "confirm")]
    [TestCase("short, then what is due", "send 0.25", "due", "confirm")]
    [TestCase("over", "send 2", "confirm")]
    [TestCase("twice", "send 1", "confirm", "send 1", "confirm")]
    [TestCase("expired", "expire")]
    [TestCase("expired, short", "send 0.25", "expire", "confirm")]
    [TestCase("late", "expire", "send 1", "confirm")]
    [TestCase("late, short", "expire", "send 0.25", "confirm")]
    [TestCase("marked", "mark-settled", "mark-invalid")]
    [TestCase("marked with coins", "send 1", "mark-settled")]
    [TestCase("archived", "archive", "send 1", "confirm")]
    public async Task The_simulator_is_in_the_states_of_the_real_server(string name, params string[] steps)
    {
        var isShort = steps.Contains("expire");
        var real = await _real.CreateAsync(isShort);
        var method = await _real.MethodAsync(real.Id);
        // The network fee is that of 100 virtual bytes.
        await Control("settings", new { rates = $"BTC={method["rate"]},USD=1,EUR=1", networkFee = ((decimal)method["additionalData"]!["paymentMethodFeeRate"]! / 1_000_000m).ToString(CultureInfo.InvariantCulture) });
        var simulated = await _simulated.CreateAsync(isShort);
        var differences = new List<string>(Differences($"{name}, created", real.Invoice, simulated.Invoice));
        var amount = decimal.Parse((string)method["due"]!, CultureInfo.InvariantCulture);
        foreach (var step in steps)
        {
            await _real.DoAsync(real.Id, step, amount);
            await _simulated.DoAsync(simulated.Id, step, amount);
            differences.AddRange(Differences($"{name}, after {step}", await _real.InvoiceAsync(real.Id), await _simulated.InvoiceAsync(simulated.Id)));
        }
        Assert.That(differences, Is.Empty, string.Join('\n', differences));
    }

    [TestCase("GET", "invoices/Unknown1234567890abcdef", null)]
    [TestCase("GET", "invoices?orderId=nobody", null)]
    [TestCase("POST", "invoices", """{"amount":"-1","currency":"USD"}""")]
    [TestCase("POST", "invoices", """{"amount":"0.01","currency":"USD"}""")]
    [TestCase("POST", "invoices", """{"amount":"5","currency":"USD","checkout":{"paymentMethods":["XYZ-CHAIN"]}}""")]
    public async Task The_simulator_refuses_as_the_real_server_does(string method, string path, string? body)
    {
        var (real, simulated) = (await _real.AnswerAsync(method, path, body), await _simulated.AnswerAsync(method, path, body));

        // The text of a generic error is the server's log.
        var differences = Differences(path, real.Body, simulated.Body).Where(line => !(real.Body is JsonObject { } fields && (string?)fields["code"] == "generic-error" && line.Contains("/message", StringComparison.Ordinal))).ToList();
        Assert.That((simulated.Status, string.Join('\n', differences)), Is.EqualTo((real.Status, string.Empty)));
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable($"BTCPAY_CHECK_{name}") ?? throw new IgnoreException("started by build/btcpay-check.sh");

    private static IEnumerable<string> Differences(string when, JsonNode? real, JsonNode? simulated)
    {
        var (expected, found) = (Flat("", real).ToDictionary(), Flat("", simulated).ToDictionary());
        return from name in expected.Keys.Union(found.Keys).Order(StringComparer.Ordinal)
               let pair = (Real: expected.GetValueOrDefault(name, "missing"), Simulated: found.GetValueOrDefault(name, "missing"))
               where pair.Real != pair.Simulated
               select $"{when}: {name} is {pair.Real}, simulated {pair.Simulated}";
    }

    /// <summary>Every value by its path. Ids, addresses and times only by their kind; numbers without their notation.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Flat(string path, JsonNode? node) => node switch
    {
        JsonObject fields => fields.Where(field => field.Key != "additionalData").SelectMany(field => Flat($"{path}/{field.Key}", field.Value)),
        JsonArray items => items.SelectMany((item, number) => Flat($"{path}/{number}", item)).Prepend(new($"{path}/count", $"{items.Count}")),
        null => [new(path, "null")],
        _ => [new(path, path.Split('/')[^1] switch
        {
            "id" or "storeId" or "destination" or "checkoutLink" or "orderId" => "some",
            var name when name.EndsWith("Time", StringComparison.Ordinal) || name.EndsWith("Date", StringComparison.Ordinal) || name == "monitoringExpiration" => "time",
            "paymentLink" when node.ToString() is { Length: > 0 } link => $"{link.Split(':')[0]}:{(link.Contains('?') ? link[link.IndexOf('?')..] : "")}",
            _ when decimal.TryParse(node.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
            _ => node.ToString()
        })]
    };

    private abstract class Server(Uri url, string token, string store) : IDisposable
    {
        protected HttpClient Http { get; } = new() { BaseAddress = new Uri(url, $"api/v1/stores/{store}/"), DefaultRequestHeaders = { Authorization = new("token", token) } };

        public void Dispose() => Http.Dispose();

        public async Task<(int Status, JsonNode? Body)> AnswerAsync(string method, string path, string? body)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await Http.SendAsync(request);
            return ((int)answer.StatusCode, await Json(answer));
        }

        public async Task<(string Id, JsonNode Invoice)> CreateAsync(bool isShort)
        {
            var checkout = new JsonObject { ["paymentTolerance"] = 0, ["redirectURL"] = "https://shop.example.com/return", ["redirectAutomatically"] = true, ["defaultLanguage"] = "en" };
            if (isShort)
                checkout["expirationMinutes"] = 1;
            var (status, invoice) = await AnswerAsync("POST", "invoices", new JsonObject
            {
                ["amount"] = "92.50", ["currency"] = "EUR", ["metadata"] = new JsonObject { ["orderId"] = Guid.NewGuid().ToString("N"), ["itemDesc"] = "Order 17" }, ["checkout"] = checkout
            }.ToJsonString());
            Assert.That(status, Is.EqualTo(200), invoice?.ToString());
            return ((string)invoice!["id"]!, invoice);
        }

        public async Task<JsonNode> InvoiceAsync(string id) => (await AnswerAsync("GET", $"invoices/{id}?includePaymentMethods=true", null)).Body!;

        public async Task<JsonNode> MethodAsync(string id) => (await InvoiceAsync(id))["paymentMethods"]![0]!;

        /// <param name="id">The invoice.</param>
        /// <param name="step">What happens, such as "send 0.25".</param>
        /// <param name="amount">The amount of the invoice in coins.</param>
        public abstract Task DoAsync(string id, string step, decimal amount);

        protected async Task<string> CoinsAsync(string id, string step, decimal amount) => step == "due" ? (string)(await MethodAsync(id))["due"]!
            : (amount * decimal.Parse(step.Split(' ')[1], CultureInfo.InvariantCulture)).ToString("0.00000000", CultureInfo.InvariantCulture);
    }

    private sealed class SimulatedServer(Uri url, Func<string, object?, Task> control) : Server(new Uri(url, "btcpay/"), "btcpay_sandbox", "SandboxStore1111111111111111111111111111111")
    {
        public override async Task DoAsync(string id, string step, decimal amount) => await (step is "due" || step.StartsWith("send", StringComparison.Ordinal)
            ? control($"payments/{id}/send", new { amount = await CoinsAsync(id, step, amount) })
            : control($"payments/{id}/{step}", null));
    }

    private sealed class RealServer(string url, string token, string store, string bitcoin) : Server(new Uri(url.TrimEnd('/') + "/"), token, store)
    {
        public override async Task DoAsync(string id, string step, decimal amount)
        {
            switch (step)
            {
                case "confirm":
                    await BitcoinAsync("-generate 1");
                    await UntilAsync(id, invoice => invoice["paymentMethods"]![0]!["payments"]!.AsArray().All(payment => (string)payment!["status"]! == "Settled"));
                    break;
                case "expire":
                    await UntilAsync(id, invoice => (string)invoice["status"]! == "Expired");
                    break;
                case "mark-settled" or "mark-invalid":
                    using (var answer = await Http.PostAsJsonAsync($"invoices/{id}/status", new { status = step == "mark-settled" ? "Settled" : "Invalid" }))
                        answer.EnsureSuccessStatusCode();
                    break;
                case "archive":
                    using (var answer = await Http.DeleteAsync($"invoices/{id}"))
                        answer.EnsureSuccessStatusCode();
                    break;
                default:
                    var method = await MethodAsync(id);
                    var before = method["payments"]!.AsArray().Count;
                    await BitcoinAsync($"sendtoaddress {method["destination"]} {await CoinsAsync(id, step, amount)}");
                    await UntilAsync(id, invoice => invoice["paymentMethods"]![0]!["payments"]!.AsArray().Count > before);
                    break;
            }
            // The status follows the payments within a moment.
            await Task.Delay(TimeSpan.FromSeconds(2));
        }

        private async Task UntilAsync(string id, Func<JsonNode, bool> condition)
        {
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < _patience; await Task.Delay(TimeSpan.FromMilliseconds(300)))
                if (condition(await InvoiceAsync(id)))
                    return;
            throw new TimeoutException($"invoice {id}");
        }

        private async Task BitcoinAsync(string arguments)
        {
            using var process = Process.Start(new ProcessStartInfo("bash", ["-c", $"{bitcoin} {arguments}"]) { RedirectStandardOutput = true })!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.That(process.ExitCode, Is.Zero, arguments);
        }
    }
}
