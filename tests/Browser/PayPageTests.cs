using System.Net;
using System.Text.RegularExpressions;
using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>What the pay page says, to whom, and where it leads.</summary>
internal sealed class PayPageTests : PayPageFixture
{
    private const string Bitcoin = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    private const string Ethereum = "0x8e23ee67d1332ad560396262c48ffbb01f93d052";
    private const int MostBytes = 50 * 1024;

    /// <summary>Coins with a URI, tokens whose QR code holds the address only, and a coin without a URI. Another gateway declares them.</summary>
    private static readonly (string Coin, string Symbol, string Address, string Amount, string QrText, string? Link, string Network)[] _coins =
    [
        ("BTC", "BTC", Bitcoin, "0.00021", $"bitcoin:{Bitcoin}?amount=0.00021", $"bitcoin:{Bitcoin}?amount=0.00021", "Bitcoin"),
        ("ETH", "ETH", Ethereum, "0.005", $"ethereum:{Ethereum}@1?value=5000000000000000", $"ethereum:{Ethereum}@1?value=5000000000000000", "Ethereum"),
        ("USDTERC20", "USDT", Ethereum, "12.5", Ethereum, $"ethereum:0xdAC17F958D2ee523a2206206994597C13D831ec7@1/transfer?address={Ethereum}&uint256=12500000", "Ethereum (ERC20)"),
        ("USDTBSC", "USDT", Ethereum, "12.5", Ethereum, $"ethereum:0x55d398326f99059fF775485246999027B3197955@56/transfer?address={Ethereum}&uint256=12500000000000000000", "BNB Smart Chain (BEP20)"),
        ("USDTTRC20", "USDT", Address, "12.500001", Address, null, "TRON (TRC20)")
    ];

    [Test]
    public async Task It_shows_where_and_how_much_to_pay_and_its_QR_code_never_names_a_contract()
    {
        var pay = await OpenAsync();
        await Expect(pay.Page.Locator("#pay-warning")).ToHaveTextAsync("Send only Tether on the TRON (TRC20) network. Anything else may be lost.");
        await Expect(pay.QrCode).ToHaveAttributeAsync("aria-label", "QR code for your wallet");
        await Expect(pay.AtProvider).ToHaveAttributeAsync("href", Attempt.CheckoutUrl!);
        await Expect(pay.Page.Locator("#pay-price")).ToHaveTextAsync("≈ $12.50 · 1 USDT = $1.00");

        foreach (var (coin, symbol, address, amount, qrText, link, network) in _coins)
        {
            await BecomesAsync(AttemptStatus.AwaitingPayment, ("Gateway", "cryptofuse"), ("Coin", coin), ("Network", coin == "BTC" ? null : network), ("Address", address), ("DueAmount", amount));
            await pay.Page.ReloadAsync();

            await Expect(pay.Amount).ToHaveTextAsync(amount);
            await Expect(pay.Page.Locator(".symbol")).ToHaveTextAsync(symbol);
            await Expect(pay.Address).ToHaveTextAsync(address);
            await Expect(pay.Network).ToHaveTextAsync(network);
            Assert.That(await pay.OpenInWallet.EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"), Is.EqualTo(link is null ? [] : new[] { link }));
            if (link is not null)
                await Expect(pay.OpenInWallet).ToHaveTextAsync($"Open in wallet ({network})");
            Assert.That(await QrReader.ReadAsync(pay.QrCode), Is.EqualTo(qrText));
            await Screens.AssertFitsAsync(pay.Page, $"pay-wallet-{coin.ToLowerInvariant()}");
            Assert.That(await QrReader.ReadAsync(pay.QrCode), Is.EqualTo(qrText), "on a phone too");
        }
    }

    [Test]
    public async Task It_is_small_loads_nothing_from_elsewhere_keeps_its_own_strict_policy_and_tells_a_stranger_nothing_of_the_order()
    {
        var owner = await OpenAsync();
        await Expect(owner.Order).ToHaveAttributeAsync("href", $"/orderdetails/{Attempt.OrderId}");
        var stranger = new PayPage(await NewPageAsync());
        var answers = new List<IResponse>();
        var complaints = new List<string>();
        stranger.Page.Response += (_, answer) => answers.Add(answer);
        stranger.Page.Console += (_, message) => complaints.Add(message.Text);
        await stranger.Page.GotoAsync(owner.Page.Url, new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.That(complaints, Is.Empty);
        Assert.That(answers.Select(answer => new Uri(answer.Url).GetLeftPart(UriPartial.Authority)), Is.All.EqualTo(Store.Address.GetLeftPart(UriPartial.Authority)));
        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        var sizes = await Task.WhenAll(answers.Select(async answer => (await answer.BodyAsync()).Length));
        Assert.That(sizes.Sum(), Is.LessThan(MostBytes), string.Join(", ", answers.Zip(sizes, (answer, size) => $"{answer.Url} {size}")));
        TestContext.Out.WriteLine($"{sizes.Sum()} bytes in {sizes.Length} answers");

        var headers = answers[0].Headers;
        Assert.That(headers["content-security-policy"], Does.StartWith("default-src 'self';"));
        Assert.That((headers["cache-control"], headers["referrer-policy"], headers["x-robots-tag"]), Is.EqualTo(("no-store", "same-origin", "noindex")));
        await Expect(stranger.Address).ToHaveTextAsync(Address);
        Assert.That((await stranger.Order.CountAsync(), await stranger.OtherCoin.CountAsync()), Is.EqualTo((0, 0)));
        Assert.That(await stranger.Page.ContentAsync(), Does.Not.Contain("example.com").And.Not.Contain("12.50 ").And.Not.Contain("Sample").And.Not.Contain("/order/"));
    }

    [Test]
    public async Task An_expired_quote_shows_no_address_and_one_button_makes_a_new_one_in_the_same_coin()
    {
        var pay = await OpenAsync(("ExpiresOnUtc", Store.Now.AddSeconds(50)));
        await Expect(pay.Left).ToHaveTextAsync(new Regex("^00:[0-5][0-9]$"));
        await Store.LetTimePassAsync();

        await Expect(pay.Title).ToHaveTextAsync("Payment expired");
        await Expect(pay.Address).ToHaveCountAsync(0);
        await Expect(pay.QrCode).ToHaveCountAsync(0);

        var old = pay.Page.Url;
        await ChangeAsync(("StatusId", (int)AttemptStatus.Expired));
        await pay.PayAgain.ClickAsync();
        var second = await new Shopper(pay.Page, Store).AtProviderAsync();
        Assert.That((second.Reference == Attempt.Reference, second.Coin), Is.EqualTo((false, "USDT")));

        await pay.Page.GotoAsync(old);
        await Expect(pay.Title).ToHaveTextAsync("This payment is no longer valid");
    }

    /// <summary>The provider is done with 5 of 12.50; the rest is asked for at a new address, and both together pay the order.</summary>
    [Test]
    public async Task What_a_short_payment_left_due_is_paid_by_a_second_one_and_the_order_is_paid_once()
    {
        var pay = await OpenAsync();
        await BecomesAsync(AttemptStatus.Underpaid, ("ReceivedAmount", "5"), ("PaidOnUtc", Store.Now));
        await pay.Page.ReloadAsync();
        await Expect(pay.Page.Locator("#pay-missing")).ToHaveTextAsync("7.500001 USDT");

        await pay.PayAgain.ClickAsync();
        var balance = await new Shopper(pay.Page, Store).AtProviderAsync();
        Assert.That((await Provider.PaymentAsync(balance.Reference)).Amount, Is.EqualTo(7.5m));
        await Provider.ActAsync(balance.Reference, "pay");

        await Store.BecomesAsync(balance, AttemptStatus.Paid);
        var order = await Store.OrderAsync(Attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents, order.PaidMails), Is.EqualTo(("Paid", 1, 1)));
    }

    [Test]
    public async Task The_way_back_from_the_provider_leads_the_owner_and_anybody_else_to_the_truth()
    {
        var pay = await OpenAsync();
        var back = (await Provider.PaymentAsync(Attempt.Reference)).FailureUrl;
        await pay.Page.GotoAsync(back);
        await new Shopper(pay.Page, Store).SeesAsync("Payment not completed", "you can pay now");
        await pay.Page.GetByRole(AriaRole.Link, new() { Name = "Continue your payment" }).ClickAsync();
        await pay.IsOpenAsync();

        var stranger = new PayPage(await NewPageAsync());
        await stranger.Page.GotoAsync(back);
        await stranger.IsOpenAsync();
        await Expect(stranger.Title).ToHaveTextAsync("Waiting for your payment");

        await Provider.ActAsync(Attempt.Reference, "pay", new() { ["webhook"] = false });
        // A return pulls a check forward once in five seconds.
        await Store.LetTimePassAsync(TimeSpan.FromSeconds(5));
        await stranger.Page.GotoAsync(back);
        await Expect(stranger.Title).ToHaveTextAsync("Paid");
        await Expect(stranger.Order).ToHaveCountAsync(0);
        await pay.Page.GotoAsync(back);
        await new Shopper(pay.Page, Store).SeesPaidAsync();
    }

    [TestCase("1-AAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("nonsense")]
    public async Task An_unknown_token_is_answered_404_with_a_page(string token)
    {
        using var page = await Store.VisitAsync($"checkout/crypto/{token}");
        using var state = await Store.VisitAsync($"checkout/crypto/{token}/state");

        Assert.That((page.StatusCode, state.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("This payment page does not exist"));
        Assert.That(await state.Content.ReadAsStringAsync(), Is.EqualTo("unknown payment"));
        Assert.That(await NewLogAsync(), Is.Empty);
    }

    [Test]
    public async Task A_revoked_token_is_unknown_and_an_open_page_says_so()
    {
        var pay = await OpenAsync();
        await ChangeAsync(("TokenNonce", "another"));

        await Expect(pay.Page.Locator("h1")).ToHaveTextAsync("Payment not found");
        using var again = await Store.VisitAsync(pay.Page.Url);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
