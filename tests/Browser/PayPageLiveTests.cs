using System.Net;
using System.Text.Json.Nodes;
using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>What the pay page does while it is open, and what it asks of the store and the provider.</summary>
internal sealed class PayPageLiveTests : PayPageFixture
{
    private static readonly string[] _walk = ["copy-amount", "copy-address", "pay-provider", "pay-other", "pay-order"];

    /// <summary>One page from the first look to the paid order, with nothing that jumps and with all said to screen readers.</summary>
    [Test]
    public async Task It_says_by_itself_and_aloud_what_has_become_of_the_money_moves_nothing_and_leads_on()
    {
        var pay = await OpenAsync();
        await pay.Page.EvaluateAsync("""
            () => {
                window.shifts = [];
                const told = entry => `${entry.value}: ${entry.sources.map(source => `${source.node?.id || source.node?.nodeName} from ${JSON.stringify(source.previousRect)}`)}`;
                new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(told))).observe({ type: 'layout-shift', buffered: true });
            }
            """);
        await Provider.FaultAsync("info", "status");
        await Store.LetTimePassAsync();
        await Expect(pay.Page.Locator("#pay-silent")).ToContainTextAsync("is not responding");
        await Expect(pay.Address).ToHaveTextAsync(Address);
        await Provider.ClearFaultsAsync();
        await Store.LetTimePassAsync();
        await Expect(pay.Page.Locator("#pay-silent")).ToHaveCountAsync(0);

        await BecomesAsync(AttemptStatus.Confirming, ("ReceivedAmount", "10.25"), ("AcceptsBalance", 1));
        await Expect(pay.Announced).ToHaveTextAsync("Partially paid We received less than the requested amount. Your order is still open, and the amount received counts toward it. 2.250001 USDT");
        await Expect(pay.Amount).ToHaveTextAsync("2.250001");
        await ChangeAsync(("ReceivedAmount", null));
        await Expect(pay.Title).ToHaveTextAsync("Payment detected");
        await ChangeAsync(("ConfirmationsSeen", 1), ("ConfirmationsNeeded", 3));
        await Expect(pay.Title).ToHaveTextAsync("Confirming your payment");
        await ChangeAsync(("ConfirmationsSeen", 2));
        await Expect(pay.Page.Locator("#pay-confirmations")).ToContainTextAsync("2 of 3 confirmations");
        await Expect(pay.Announced).ToHaveTextAsync("2 of 3 confirmations");

        await Provider.ActAsync(Attempt.Reference, "pay");
        await Expect(pay.Title).ToHaveTextAsync("Paid");
        await Expect(pay.Announced).ToHaveTextAsync("Paid Thank you. We have received your payment.");
        await Expect(pay.Address).ToHaveCountAsync(0);
        Assert.That(await pay.Page.EvaluateAsync<string[]>("window.shifts"), Is.Empty);
        Assert.That((await Store.OrderAsync(Attempt.OrderId)).PaidEvents, Is.EqualTo(1));
        await pay.Continue.ClickAsync();
        await new Shopper(pay.Page, Store).SeesPaidAsync();
    }

    [Test]
    public async Task The_keyboard_walks_it_in_order_copies_and_keeps_its_place_when_the_page_changes()
    {
        var pay = await OpenAsync();
        await pay.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await pay.Page.Locator("#pay-title").FocusAsync();
        foreach (var stop in _walk)
        {
            await pay.Page.Keyboard.PressAsync("Tab");
            await Expect(pay.Page.Locator($"#{stop}")).ToBeFocusedAsync();
            Assert.That(await pay.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"), Is.EqualTo("solid"), $"{stop} shows that it is reached");
        }

        await pay.OtherCoin.FocusAsync();
        await pay.Page.Keyboard.PressAsync("Enter");
        await pay.Page.Keyboard.PressAsync("Tab");
        await Expect(pay.Page.Locator(".way:focus")).ToContainTextAsync("USD Coin");

        var width = await WidthAsync();
        await pay.Page.Locator("#copy-address").FocusAsync();
        await pay.Page.Keyboard.PressAsync("Enter");
        await Expect(pay.Page.Locator("#copy-address")).ToHaveTextAsync("Copied");
        await Expect(pay.Announced).ToHaveTextAsync("Copied");
        Assert.That(await WidthAsync(), Is.EqualTo(width), "the word changes and the button does not");
        Assert.That(await pay.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), Is.EqualTo(Address));
        await pay.Page.Locator("#copy-amount").ClickAsync();
        await Expect(pay.Page.Locator("#copy-amount")).ToHaveTextAsync("Copied");
        Assert.That(await pay.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), Is.EqualTo("12.500001"));

        await ChangeAsync(("DueAmount", "12.6"), ("ExpiresOnUtc", Store.Now.AddHours(2)));
        await Expect(pay.Amount).ToHaveTextAsync("12.6");
        await Expect(pay.Page.Locator("#copy-amount")).ToBeFocusedAsync();
        await Expect(pay.Page.Locator(".others")).ToHaveAttributeAsync("open", "");
        await Provider.ActAsync(Attempt.Reference, "pay");
        await Expect(pay.Title).ToHaveTextAsync("Paid");
        await Expect(pay.Title).ToBeFocusedAsync();

        Task<double> WidthAsync() => pay.Page.EvaluateAsync<double>("document.getElementById('copy-address').getBoundingClientRect().width");
    }


    [Test]
    public async Task Without_scripts_it_draws_itself_anew_and_has_a_link_for_it()
    {
        var url = (await OpenAsync()).Page.Url;
        var pay = new PayPage(await NewPageAsync(scripts: false));
        await pay.Page.GotoAsync(url);

        Assert.That(await pay.Page.Locator("meta[http-equiv=refresh]").GetAttributeAsync("content"), Is.EqualTo("20"));
        await Expect(pay.Address).ToHaveTextAsync(Address);
        await Expect(pay.Page.Locator(".copy").First).ToBeHiddenAsync();
        await Provider.ActAsync(Attempt.Reference, "pay");
        await Store.BecomesAsync(Attempt, AttemptStatus.Paid);
        await pay.Page.Locator("#pay-check").ClickAsync();
        await Expect(pay.Title).ToHaveTextAsync("Paid");
    }


    /// <summary>On the browser's own clock, which the test turns, and with answers that take no time.</summary>
    [Test]
    public async Task It_asks_every_3_s_less_often_while_nobody_looks_and_less_often_while_nobody_answers()
    {
        var url = (await OpenAsync()).Page.Url;
        var pay = new PayPage(await NewPageAsync());
        // It stands still but when the test turns it.
        var start = new DateTime(2026, 2, 6, 10, 30, 0, DateTimeKind.Utc);
        await pay.Page.Clock.InstallAsync(new() { TimeDate = start });
        await pay.Page.Clock.PauseAtAsync(start.AddSeconds(1));
        await pay.Page.AddInitScriptAsync("""
            window.asked = 0; window.answers = true;
            window.fetch = async () => { window.asked++; if (!window.answers) throw new TypeError(); return new Response(null, { status: 304 }); };
            """);
        await pay.Page.GotoAsync(url);
        Assert.That(await AskedInAsync(9), Is.EqualTo(new[] { 3, 6, 9 }));

        await LookAsync(false);
        Assert.That(await AskedInAsync(48), Is.EqualTo(new[] { 3, 9, 21, 45 }));
        await LookAsync(true);
        Assert.That(await AskedAsync(), Is.EqualTo(8), "it asks as soon as somebody looks");
        Assert.That(await AskedInAsync(6), Is.EqualTo(new[] { 3, 6 }));

        await pay.Page.EvaluateAsync("window.answers = false");
        await Expect(pay.Offline).ToBeHiddenAsync();
        Assert.That(await AskedInAsync(48), Is.EqualTo(new[] { 3, 9, 21, 45 }));
        await Expect(pay.Offline).ToBeVisibleAsync();
        await Expect(pay.Address).ToHaveTextAsync(Address);
        await pay.Page.EvaluateAsync("window.answers = true");
        Assert.That(await AskedInAsync(51), Is.EqualTo(new[] { 45, 48, 51 }));
        await Expect(pay.Offline).ToBeHiddenAsync();

        Task<int> AskedAsync() => pay.Page.EvaluateAsync<int>("window.asked");

        async Task<int[]> AskedInAsync(int seconds)
        {
            var at = new List<int>();
            var before = await AskedAsync();
            for (var second = 1; second <= seconds; second++)
            {
                await pay.Page.Clock.RunForAsync(1000);
                if (await AskedAsync() is var now && now > before)
                    at.Add(second);
                before = now;
            }
            return [.. at];
        }

        async Task LookAsync(bool looks) => await pay.Page.EvaluateAsync(
            "looks => { Object.defineProperty(document, 'hidden', { value: !looks, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", looks);
    }


    [Test]
    public async Task The_state_is_told_once_and_then_that_it_is_the_same_to_anybody_without_making_customers()
    {
        var pay = await OpenAsync();
        await pay.Page.CloseAsync();
        var customers = await Store.CustomersAsync();

        using var first = await Store.VisitAsync(pay.StateUrl);
        using var second = await Store.VisitAsync(pay.StateUrl, ("If-None-Match", $"{first.Headers.ETag}"));
        await Store.Database.ChangeAsync(Attempt, ("StatusId", (int)AttemptStatus.Canceled));
        using var third = await Store.VisitAsync(pay.StateUrl, ("If-None-Match", $"{first.Headers.ETag}"));

        var state = JsonNode.Parse(await first.Content.ReadAsStringAsync())!;
        Assert.That(((string)state["state"]!, (int)state["pollSeconds"]!), Is.EqualTo(("AwaitingPayment", 3)));
        Assert.That((second.StatusCode, await second.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.NotModified, "")));
        Assert.That((string)JsonNode.Parse(await third.Content.ReadAsStringAsync())!["state"]!, Is.EqualTo("Canceled"));
        Assert.That(new[] { first, second, third }.SelectMany(answer => answer.Headers).Select(header => header.Key), Does.Not.Contain("Set-Cookie"));
        Assert.That(await Store.CustomersAsync(), Is.EqualTo(customers));
    }


    [Test]
    public async Task However_many_look_the_provider_is_asked_once_when_a_look_is_due()
    {
        var pay = await OpenAsync();
        await pay.Page.CloseAsync();
        var asked = await Provider.QuestionsAsync();

        foreach (var _ in Enumerable.Range(0, 2))
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.VisitAsync(pay.StateUrl)));
        Assert.That(await Provider.QuestionsAsync(), Is.EqualTo(asked), "nothing is due");

        await Store.LetTimePassAsync();
        foreach (var _ in Enumerable.Range(0, 2))
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.VisitAsync(pay.StateUrl)));
        Assert.That(await Provider.QuestionsAsync(), Is.EqualTo(asked + 1));
    }
}
