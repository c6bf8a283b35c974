using System.Globalization;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways;

/// <summary>
/// Documented responses.
/// </summary>
public abstract partial class GatewayContract
{
    [Test]
    public async Task A_payment_is_created_by_its_calls_and_no_more()
    {
        Provider.Answer = Creates();

        var created = await CreateAsync();

        Assert.That(created.ExternalId, Is.Null.Or.Not.Empty);
        Assert.That(created.CheckoutUrl is { IsAbsoluteUri: true } || created.PayTo is { Address.Length: > 0, Due.Amount: > 0 }, "there is a page or an address");
        Assert.That(Provider.Requests, Has.Count.EqualTo(CreatedAnswers(Request).Count));
    }

    /// <summary>Firewalls reject requests without a user agent.</summary>
    [Test]
    public async Task Every_call_names_the_plugin_and_its_version()
    {
        Provider.Answer = Creates();
        await CreateAsync();
        Provider.Answer = Answers.Json(FoundAnswer(Request, Words.Keys.First()));
        await FindAsync();

        Assert.That(Provider.Requests.Select(request => request.Headers.GetValueOrDefault("User-Agent")), Has.All.Match(@"^Nop\.Plugin\.Payments\.CryptoGateways/\d+\.\d+\.\d+$"));
    }

    [TestCase("de-DE")]
    [TestCase("fa-IR")]
    [TestCase("th-TH")]
    public async Task The_request_is_the_same_in_every_culture(string culture)
    {
        Provider.Answer = Creates(answer => answer, answer => answer);
        using (new CultureScope(CultureInfo.InvariantCulture))
            await CreateAsync();
        using (new CultureScope(new CultureInfo(culture)))
            await CreateAsync();

        var calls = CreatedAnswers(Request).Count;
        var bodies = Provider.Requests.Select(request => (request.Target, request.Body)).ToList();
        Assert.That(bodies[calls..], Is.EqualTo(bodies[..calls]));
        Assert.That(bodies.Select(request => request.Body), Has.Some.Contains(AmountOnTheWire));
    }

    [Test]
    public async Task Fields_that_nobody_documented_yet_are_ignored()
    {
        Provider.Answer = Creates(answer => answer, WithUnknownFields);

        Assert.That(await CreateAsync(), Is.EqualTo(await CreateAsync()));
    }

    [Test]
    public async Task Numbers_may_come_as_text([Values("", "de-DE")] string culture)
    {
        using var scope = new CultureScope(new CultureInfo(culture));
        Provider.Answer = Creates(answer => answer, WithNumbersAsText);

        Assert.That(await CreateAsync(), Is.EqualTo(await CreateAsync()));
    }

    [Test]
    public async Task Every_documented_word_is_understood()
    {
        foreach (var (word, meaning) in Words)
        {
            Provider.Answer = Answers.Json(FoundAnswer(Request, word));

            var found = (await FindAsync())!;

            Assert.That((found.Status, found.StatusText, found.Reference, found.Amount), Is.EqualTo((meaning, word, KeepsReference ? Request.Reference : null, Request.Amount)), word);
        }
    }

    [TestCase("a_word_of_tomorrow")]
    [TestCase("")]
    public async Task An_unknown_word_is_unknown(string word)
    {
        Provider.Answer = Answers.Json(FoundAnswer(Request, word));

        Assert.That((await FindAsync())!.Status, Is.EqualTo(ProviderStatus.Unknown));
    }

    [Test]
    public async Task A_found_payment_is_the_same_with_unknown_fields_and_with_numbers_as_text()
    {
        var answer = FoundAnswer(Request, Words.Keys.First());
        Provider.Answer = Answers.InTurn(Answers.Json(answer), Answers.Json(WithUnknownFields(answer)), Answers.Json(WithNumbersAsText(answer)));

        var found = await FindAsync();

        Assert.That((await FindAsync(), await FindAsync()), Is.EqualTo((found, found)));
    }

    /// <summary>Shown to administrators: the fields that a query reads, and no others.</summary>
    [Test]
    public async Task What_the_provider_answered_is_kept_without_what_is_unknown()
    {
        Provider.Answer = Answers.Json(WithUnknownFields(FoundAnswer(Request, Words.Keys.First())));

        var answer = (await FindAsync())!.Answer!;

        Assert.That(JsonNode.Parse(answer)!.AsObject(), Is.Not.Empty);
        Assert.That(answer, Does.Contain(Words.Keys.First()).And.Not.Contain("of_tomorrow").And.Not.Contain(Email).And.Not.Contain(Secret));
    }

    [Test]
    public async Task A_payment_that_the_provider_does_not_know_is_not_found()
    {
        foreach (var status in NotFoundStatuses)
        {
            Provider.Answer = Answers.Json("""{"message":"not found"}""", status);

            Assert.That(await FindAsync(), Is.Null, $"{status}");
        }
        Assert.That(Provider.Requests, Has.Count.EqualTo(NotFoundStatuses.Count));
    }

    [Test]
    public async Task A_read_that_fails_once_is_repeated()
    {
        Provider.Answer = Answers.InTurn(Answers.Status(502), Answers.Json(FoundAnswer(Request, Words.Keys.First())));

        Assert.That(await FindAsync(), Is.Not.Null);
        Assert.That(Provider.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_descriptor_is_whole()
    {
        var descriptor = Descriptor;

        Assert.That(descriptor.SystemName, Does.Match("^[a-z0-9]+$"));
        Assert.That(descriptor.Fields.Select(field => field.Name), Is.Unique.And.Contains(descriptor.BaseUrlField).And.Contains(descriptor.CoinsField));
        Assert.That(descriptor.Fields.Single(field => field.Name == descriptor.CoinsField).Options, Is.EquivalentTo(descriptor.Coins.Select(coin => coin.Code)));
        Assert.That(descriptor.RedirectHosts, Is.Not.Empty.And.All.Match(@"^[a-z0-9-]+(\.[a-z0-9-]+)+$"));
        Assert.That(Settings().Missing(), Is.Empty);
    }

    /// <summary>Sets the culture of the enclosed code and of what it awaits.</summary>
    private sealed class CultureScope : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentCulture;

        public CultureScope(CultureInfo culture) => CultureInfo.CurrentCulture = culture;

        public void Dispose() => CultureInfo.CurrentCulture = _before;
    }
}
