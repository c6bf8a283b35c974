using System.Net;
using System.Text.Json.Nodes;
using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>
/// The store's own pay page. The provider here has a page of its own, so that the tests put the address into the attempt's row.
/// </summary>
internal sealed class PayPageTests : ShopFixture
{
    private const string Address = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
    private const string Ethereum = "0x8e23ee67d1332ad560396262c48ffbb01f93d052";
    private const int MostBytes = 50 * 1024;

    private Attempt _attempt = null!;

    [Test]
    public async Task It_shows_where_and_how_much_to_pay_and_its_QR_code_says_the_same()
    {
        var pay = await OpenAsync();

        await Expect(pay.Title).ToHaveTextAsync("Waiting for your payment");
        await Expect(pay.Amount).ToHaveTextAsync("12.500001");
        await Expect(pay.Address).ToHaveTextAsync(Address);
        await Expect(pay.Network).ToHaveTextAsync("TRON (TRC20)");
        await Expect(pay.Page.Locator("#pay-warning")).ToHaveTextAsync("Send only Tether, and only on the network TRON (TRC20). Anything else may be lost.");
        await Expect(pay.QrCode).ToHaveAttributeAsync("aria-label", "QR code for your wallet");
        Assert.That(await QrReader.ReadAsync(pay.QrCode), Is.EqualTo(Address));
        await Expect(pay.OpenInWallet).ToHaveCountAsync(0);
        await Expect(pay.AtProvider).ToHaveAttributeAsync("href", _attempt.CheckoutUrl!);
    }

    /// <summary>Coins that wallets have a standard for; another gateway declares them.</summary>
    [TestCase("BTC", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "0.00021", "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?amount=0.00021", "Bitcoin")]
    [TestCase("ETH", Ethereum, "0.005", $"ethereum:{Ethereum}@1?value=5000000000000000", "Ethereum")]
    [TestCase("USDTERC20", Ethereum, "12.5", $"ethereum:0xdAC17F958D2ee523a2206206994597C13D831ec7@1/transfer?address={Ethereum}&uint256=12500000", "Ethereum (ERC20)")]
    [TestCase("USDTBSC", Ethereum, "12.5", $"ethereum:0x55d398326f99059fF775485246999027B3197955@56/transfer?address={Ethereum}&uint256=12500000000000000000", "BNB Smart Chain (BEP20)")]
    public async Task The_QR_code_and_the_link_hold_just_the_URI_that_opens_a_wallet(string coin, string address, string amount, string uri, string network)
    {
        var pay = await OpenAsync();
        await Store.Database.ChangeAsync(_attempt, ("Gateway", "cryptofuse"), ("Coin", coin), ("Network", coin == "BTC" ? null : network), ("Address", address), ("DueAmount", amount), ("NextCheckOnUtc", null));
        await pay.Page.ReloadAsync();

        await Expect(pay.Amount).ToHaveTextAsync(amount);
        await Expect(pay.Network).ToHaveTextAsync(network);
        await Expect(pay.OpenInWallet).ToHaveAttributeAsync("href", uri);
        Assert.That(await QrReader.ReadAsync(pay.QrCode), Is.EqualTo(uri));
        await Screens.AssertFitsAsync(pay.Page, $"pay-wallet-{coin.ToLowerInvariant()}");
        Assert.That(await QrReader.ReadAsync(pay.QrCode), Is.EqualTo(uri), "on a phone too");
    }

    [Test]
    public async Task A_memo_stands_apart_with_a_warning()
    {
        var pay = await OpenAsync(("AddressTag", "771001"));
        await Expect(pay.Page.Locator("#pay-tag")).ToHaveTextAsync("771001");
        await Expect(pay.Page.Locator("dd .warning")).ToContainTextAsync("may be lost");
    }

    [Test]
    public async Task It_is_small_loads_nothing_from_elsewhere_and_keeps_its_own_strict_policy()
    {
        var url = (await OpenAsync()).Page.Url;
        var page = await NewPageAsync();
        var answers = new List<IResponse>();
        var complaints = new List<string>();
        page.Response += (_, answer) => answers.Add(answer);
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync(url, new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.That(complaints, Is.Empty);
        Assert.That(answers.Select(answer => new Uri(answer.Url).GetLeftPart(UriPartial.Authority)), Is.All.EqualTo(Store.Address.GetLeftPart(UriPartial.Authority)));
        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        var sizes = await Task.WhenAll(answers.Select(async answer => (await answer.BodyAsync()).Length));
        Assert.That(sizes.Sum(), Is.LessThan(MostBytes), string.Join(", ", answers.Zip(sizes, (answer, size) => $"{answer.Url} {size}")));

        var headers = answers[0].Headers;
        Assert.That(headers["content-security-policy"], Does.StartWith("default-src 'self';"));
        Assert.That((headers["cache-control"], headers["referrer-policy"], headers["x-robots-tag"]), Is.EqualTo(("no-store", "same-origin", "noindex")));
    }

    [Test]
    public async Task It_says_by_itself_and_aloud_that_the_money_has_come_and_leads_on()
    {
        var pay = await OpenAsync();

        await Provider.ActAsync(_attempt.Reference, "pay");

        await Expect(pay.Title).ToHaveTextAsync("Paid");
        await Expect(pay.Announced).ToHaveTextAsync("Paid Thank you. Your payment has arrived.");
        await Expect(pay.Address).ToHaveCountAsync(0);
        Assert.That((await Store.OrderAsync(_attempt.OrderId)).PaidEvents, Is.EqualTo(1));
        await pay.Continue.ClickAsync();
        await new Shopper(pay.Page, Store).SeesPaidAsync();
    }

    [Test]
    public async Task Confirmations_are_counted_while_the_page_is_open()
    {
        var pay = await OpenAsync();
        await Store.Database.ChangeAsync(_attempt, ("StatusId", (int)AttemptStatus.Confirming), ("ConfirmationsSeen", 1), ("ConfirmationsNeeded", 3), ("NextCheckOnUtc", null));
        await Expect(pay.Title).ToHaveTextAsync("Your payment has been seen");
        await Expect(pay.Page.Locator("#pay-confirmations")).ToContainTextAsync("1 of 3 confirmations");

        await Store.Database.ChangeAsync(_attempt, ("ConfirmationsSeen", 2));
        await Expect(pay.Page.Locator("#pay-confirmations")).ToContainTextAsync("2 of 3 confirmations");
        await Expect(pay.Announced).ToHaveTextAsync("2 of 3 confirmations");
    }

    [Test]
    public async Task Somebody_with_the_address_only_can_pay_and_sees_nothing_of_the_order()
    {
        var owner = await OpenAsync();
        await Expect(owner.Order).ToHaveAttributeAsync("href", $"/orderdetails/{_attempt.OrderId}");
        await Expect(owner.OtherCoin).ToBeVisibleAsync();

        var stranger = new PayPage(await NewPageAsync());
        await stranger.Page.GotoAsync(owner.Page.Url);

        await Expect(stranger.Address).ToHaveTextAsync(Address);
        await Expect(stranger.Order).ToHaveCountAsync(0);
        await Expect(stranger.OtherCoin).ToHaveCountAsync(0);
        var html = await stranger.Page.ContentAsync();
        Assert.That(html, Does.Not.Contain("example.com").And.Not.Contain("12.50 ").And.Not.Contain("Sample").And.Not.Contain("/order/"));
    }

    [Test]
    public async Task An_expired_quote_shows_no_address_and_leads_the_owner_to_a_new_one()
    {
        var pay = await OpenAsync(("ExpiresOnUtc", Store.Now.AddSeconds(50)));
        await Expect(pay.Left).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^00:[0-5][0-9]$"));
        await Store.LetTimePassAsync();

        await Expect(pay.Title).ToHaveTextAsync("The time to pay has run out");
        await Expect(pay.Address).ToHaveCountAsync(0);
        await Expect(pay.QrCode).ToHaveCountAsync(0);

        var old = pay.Page.Url;
        await Store.Database.ChangeAsync(_attempt, ("StatusId", (int)AttemptStatus.Expired));
        await pay.PayAgain.ClickAsync();
        Assert.That((await new Shopper(pay.Page, Store).AtProviderAsync()).Reference, Is.Not.EqualTo(_attempt.Reference));

        await pay.Page.GotoAsync(old);
        await Expect(pay.Title).ToHaveTextAsync("This page is out of date");
    }

    [Test]
    public async Task The_way_back_from_the_provider_leads_to_it_while_the_payment_is_open()
    {
        var pay = await OpenAsync();
        await pay.Page.GotoAsync((await Provider.PaymentAsync(_attempt.Reference)).FailureUrl);
        await pay.IsOpenAsync();

        await pay.OtherCoin.ClickAsync();
        await Expect(pay.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/checkout/crypto/order/{_attempt.OrderId}$"));
    }

    [TestCase("1-AAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("nonsense")]
    public async Task An_unknown_token_is_answered_404_with_a_page(string token)
    {
        using var page = await Store.VisitAsync($"checkout/crypto/{token}");
        using var state = await Store.VisitAsync($"checkout/crypto/{token}/state");

        Assert.That((page.StatusCode, state.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("There is no such payment page"));
        Assert.That(await state.Content.ReadAsStringAsync(), Is.EqualTo("unknown payment"));
        Assert.That(await NewLogAsync(), Is.Empty);
    }

    [Test]
    public async Task A_revoked_token_is_unknown_and_an_open_page_says_so()
    {
        var pay = await OpenAsync();
        await Store.Database.ChangeAsync(_attempt, ("TokenNonce", "another"));

        await Expect(pay.Page.Locator("h1")).ToHaveTextAsync("Payment not found");
        using var again = await Store.VisitAsync(pay.Page.Url);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_state_is_told_once_and_then_that_it_is_the_same_to_anybody_without_making_customers()
    {
        var pay = await OpenAsync();
        await pay.Page.CloseAsync();
        var customers = await Store.CustomersAsync();

        using var first = await Store.VisitAsync(pay.StateUrl);
        using var second = await Store.VisitAsync(pay.StateUrl, ("If-None-Match", $"{first.Headers.ETag}"));
        await Store.Database.ChangeAsync(_attempt, ("StatusId", (int)AttemptStatus.Canceled));
        using var third = await Store.VisitAsync(pay.StateUrl, ("If-None-Match", $"{first.Headers.ETag}"));

        var state = JsonNode.Parse(await first.Content.ReadAsStringAsync())!;
        Assert.That(((string)state["state"]!, (int)state["pollSeconds"]!), Is.EqualTo(("Waiting", 3)));
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

    [Test]
    public async Task A_provider_that_does_not_answer_is_named_and_the_address_stays()
    {
        var pay = await OpenAsync();
        await Provider.FaultAsync("info", "status");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await Store.LetTimePassAsync();
            await Store.VisitAsync(pay.StateUrl);
        }

        await Expect(pay.Page.Locator("#pay-silent")).ToContainTextAsync("does not answer at the moment");
        await Expect(pay.Address).ToHaveTextAsync(Address);
        await Provider.ClearFaultsAsync();
        await Store.LetTimePassAsync();
        await Expect(pay.Page.Locator("#pay-silent")).ToHaveCountAsync(0);
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
        await Provider.ActAsync(_attempt.Reference, "pay");
        await Store.BecomesAsync(_attempt, AttemptStatus.Paid);
        await pay.Page.Locator("#pay-check").ClickAsync();
        await Expect(pay.Title).ToHaveTextAsync("Paid");
    }

    [Test]
    public async Task The_keyboard_reaches_everything_copies_and_keeps_its_place_when_the_page_changes()
    {
        var pay = await OpenAsync();
        await pay.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var reached = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            await pay.Page.Keyboard.PressAsync("Tab");
            reached.Add(await pay.Page.EvaluateAsync<string>("document.activeElement.id"));
        }
        Assert.That(reached, Is.SupersetOf(new[] { "copy-amount", "copy-address", "pay-provider", "pay-other", "pay-order" }));

        await pay.Page.Locator("#copy-address").FocusAsync();
        await pay.Page.Keyboard.PressAsync("Enter");
        await Expect(pay.Page.Locator("#copy-address")).ToHaveTextAsync("Copied");
        await Expect(pay.Announced).ToHaveTextAsync("Copied");
        Assert.That(await pay.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), Is.EqualTo(Address));
        await pay.Page.Locator("#copy-amount").ClickAsync();
        await Expect(pay.Page.Locator("#copy-amount")).ToHaveTextAsync("Copied");
        Assert.That(await pay.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), Is.EqualTo("12.500001"));

        await Store.Database.ChangeAsync(_attempt, ("DueAmount", "12.6"), ("ExpiresOnUtc", Store.Now.AddHours(2)));
        await Expect(pay.Amount).ToHaveTextAsync("12.6");
        await Expect(pay.Page.Locator("#copy-amount")).ToBeFocusedAsync();
        await Provider.ActAsync(_attempt.Reference, "pay");
        await Expect(pay.Title).ToHaveTextAsync("Paid");
        await Expect(pay.Title).ToBeFocusedAsync();
    }

    /// <summary>On the browser's own clock, which the test turns, and with answers that take no time.</summary>
    [Test]
    public async Task It_asks_every_3_s_less_often_while_nobody_looks_and_less_often_while_nobody_answers()
    {
        var url = (await OpenAsync()).Page.Url;
        var pay = new PayPage(await NewPageAsync());
        await pay.Page.Clock.InstallAsync();
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

    [TestCase(AttemptStatus.Creating, "The payment provider cannot be reached", "there is no address to pay to", true)]
    [TestCase(AttemptStatus.Confirming, "Your payment has been seen", "nothing more to do", false)]
    [TestCase(AttemptStatus.Underpaid, "A part of the payment is missing", "waits for the rest", false)]
    [TestCase(AttemptStatus.PaidLate, "The store is looking at your payment", "do not pay again", false)]
    [TestCase(AttemptStatus.Disputed, "The store is looking at your payment", "do not pay again", false)]
    [TestCase(AttemptStatus.Expired, "The time to pay has run out", "do not pay again", true)]
    [TestCase(AttemptStatus.Failed, "The payment failed", "do not send anything", true)]
    [TestCase(AttemptStatus.Canceled, "The payment was cancelled", "do not send anything", true)]
    [TestCase(AttemptStatus.Refunded, "Your payment was sent back", "sent your money back", false)]
    public async Task Every_state_has_its_words_no_address_and_the_right_way_on(AttemptStatus status, string title, string sentence, bool canStartAgain)
    {
        var pay = await OpenAsync();
        await Store.Database.ChangeAsync(_attempt, ("StatusId", (int)status), ("NextCheckOnUtc", null),
            ("ReceivedAmount", "10.25"), ("ConfirmationsSeen", 2), ("ConfirmationsNeeded", 12));

        await Expect(pay.Title).ToHaveTextAsync(title);
        await Expect(pay.Text).ToContainTextAsync(sentence);
        await Expect(pay.Address).ToHaveCountAsync(0);
        await Expect(pay.PayAgain).ToHaveCountAsync(canStartAgain ? 1 : 0);
        await Expect(pay.OtherCoin).ToHaveCountAsync(canStartAgain ? 1 : 0);
        if (status == AttemptStatus.Underpaid)
            await Expect(pay.Page.Locator("#pay-missing")).ToHaveTextAsync("2.250001 USDT");
        await Screens.AssertFitsAsync(pay.Page, $"pay-{status.ToString().ToLowerInvariant()}");
    }

    [Test]
    public async Task An_overpaid_order_says_what_came_and_a_cancelled_one_that_nothing_is_wanted()
    {
        var pay = await OpenAsync();
        await Provider.ActAsync(_attempt.Reference, "pay");
        await Expect(pay.Title).ToHaveTextAsync("Paid");
        await Store.BecomesAsync(_attempt, AttemptStatus.Paid);
        await Screens.AssertFitsAsync(pay.Page, "pay-paid");
        await Store.Database.ChangeAsync(_attempt, ("StatusId", (int)AttemptStatus.Overpaid), ("ReceivedAmount", "25"));
        await pay.Page.ReloadAsync();

        await Expect(pay.Title).ToHaveTextAsync("Paid, and more than needed");
        await Expect(pay.Page.Locator(".sums")).ToContainTextAsync("25 USDT");
        await Screens.AssertFitsAsync(pay.Page, "pay-overpaid");
    }

    /// <summary>With all that can stand on it: two ways to pay, a memo, a silent provider.</summary>
    [TestCase(ColorScheme.Light, false)]
    [TestCase(ColorScheme.Dark, false)]
    [TestCase(ColorScheme.Light, true)]
    public async Task It_fits_every_screen_in_light_and_dark_and_from_right_to_left(ColorScheme scheme, bool rightToLeft)
    {
        await Store.Database.WriteRightToLeftAsync(rightToLeft);
        try
        {
            var pay = await OpenAsync();
            await pay.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await Expect(pay.Page.Locator("html")).ToHaveAttributeAsync("dir", rightToLeft ? "rtl" : "ltr");
            var name = $"{scheme.ToString().ToLowerInvariant()}{(rightToLeft ? "-rtl" : "")}";
            await Screens.AssertFitsAsync(pay.Page, $"pay-waiting-{name}");
            Assert.That(await QrReader.ReadAsync(pay.QrCode), Is.EqualTo(Address), "black on white in every colour scheme");

            await Store.Database.ChangeAsync(_attempt, ("AddressTag", "771001"), ("ExpiresOnUtc", Store.Now.AddHours(3)));
            await Expect(pay.Page.Locator("#pay-tag")).ToBeVisibleAsync();
            await Screens.AssertFitsAsync(pay.Page, $"pay-memo-{name}");
            await Store.Database.ChangeAsync(_attempt, ("StatusId", (int)AttemptStatus.Expired));
            await Expect(pay.PayAgain).ToBeVisibleAsync();
            await Screens.AssertFitsAsync(pay.Page, $"pay-expired-{name}");
        }
        finally
        {
            await Store.Database.WriteRightToLeftAsync(false);
        }
    }

    /// <summary>Opens the page as a shopper gets there: from the order's payment page.</summary>
    private async Task<PayPage> OpenAsync(params (string, object?)[] more)
    {
        var shopper = await NewShopperAsync();
        _attempt = await shopper.OrderAsync();
        // Opening the provider's page brings a webhook: the row is at rest once it is answered.
        await Provider.WaitForAsync("for=webhooks&count=1&state=delivered");
        await Store.Database.ChangeAsync(_attempt,
            [("Address", Address), ("DueAmount", "12.500001"), ("Network", "TRON (TRC20)"), ("ExpiresOnUtc", Store.Now.AddMinutes(20)), .. more]);
        await shopper.OpenOrderPageAsync(_attempt.OrderId);
        await shopper.Page.GetByRole(AriaRole.Link, new() { Name = "Go on with the payment that you started" }).ClickAsync();
        var pay = new PayPage(shopper.Page);
        await pay.IsOpenAsync();
        return pay;
    }
}
