using System.Text.RegularExpressions;
using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>The administrator's list of payments, its export, the report, and who may see and do what.</summary>
internal sealed class PaymentListTests : ShopFixture
{
    /// <summary>The orders of the other tests are newer.</summary>
    private const string January = "To=2026-01-31";

    private static readonly Regex _anything = new(".");

    [OneTimeSetUp]
    public async Task FillAsync() => await Store.FillPaymentsAsync(120);

    [SetUp]
    public Task AllowAllAsync() => Store.DenyAsync();

    [Test]
    public async Task The_list_is_filtered_sorted_and_paged_by_its_address()
    {
        var page = await OpenAsync("/Admin/Order/List");
        await page.GetByRole(AriaRole.Link, new() { Name = "Payments" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(15);
        await Screens.AssertFitsAsync(page, "payment-list");
        await page.SetViewportSizeAsync(1280, 800);
        await page.GotoAsync($"/Admin/CryptoPayments/List?{January}");
        await Expect(page.Locator(".dt-info")).ToContainTextAsync("120");

        await page.SelectOptionAsync("#Coin", "USDC");
        await page.Locator("#crypto-search").ClickAsync();
        await Expect(page.Locator(".dt-info")).ToContainTextAsync("40");
        await Expect(page).ToHaveURLAsync(new Regex("Coin=USDC"));
        await page.GetByRole(AriaRole.Link, new() { Name = "2", Exact = true }).Or(page.GetByRole(AriaRole.Button, new() { Name = "2", Exact = true })).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("Start=15"));
        await page.GetByRole(AriaRole.Columnheader, new() { Name = "Paid" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("Sort=Paid"));
        var second = page.Url;

        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(new Regex("Start=15"));
        await page.GoBackAsync();
        await Expect(page.Locator(".dt-info")).ToContainTextAsync("40");
        await page.GoBackAsync();
        await Expect(page.Locator(".dt-info")).ToContainTextAsync("120");
        await Expect(page.Locator("#Coin")).ToHaveValueAsync("");

        await page.GotoAsync(second);
        await Expect(page.Locator(".dt-info")).ToContainTextAsync("40");
        await Expect(page.Locator("#Coin")).ToHaveValueAsync("USDC");
        await Expect(page).ToHaveURLAsync(second);
    }

    [TestCase("StatusIds=50&StatusIds=60", 24)]
    [TestCase("Gateway=coinskro&From=2026-01-03&To=2026-01-04", 48)]
    [TestCase("Search=ref00000000000000011", 1)]
    [TestCase("Search=ext-11", 1)]
    [TestCase("Search=feedfacefeedface00000011", 1)]
    [TestCase($"From=nonsense&StatusIds=999&{January}", 120)]
    [TestCase("Search=%27%20or%201=1", 0)]
    public async Task A_filter_finds(string query, int found)
    {
        var page = await OpenAsync($"/Admin/CryptoPayments/List?{query}");

        await Expect(page.Locator(".dt-info")).ToContainTextAsync(found == 0 ? "Showing 0" : $"of {found} ");
    }

    [Test]
    public async Task An_export_holds_what_the_filter_finds_and_no_formula()
    {
        var page = await OpenAsync("/Admin/CryptoPayments/List?Coin=USDC");
        await Expect(Rows(page)).ToHaveCountAsync(15);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export (CSV)" }).ClickAsync());

        Assert.That(download.SuggestedFilename, Does.Match(@"^crypto-payments-\d{8}-\d{6}\.csv$"));
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync());
        Assert.That(bytes.Take(3), Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
        var lines = System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(41));
        Assert.That(lines[0], Does.StartWith("Id,OrderNumber,StoreId,Attempt,Gateway,Coin"));
        Assert.That(lines[1..], Is.All.Contain(",USDC,"));
        Assert.That(lines[1..], Is.All.Contain("'=1+1"), "what the provider wrote is no formula");
    }

    [Test]
    public async Task The_report_counts_what_was_started_and_how_long_it_took()
    {
        var page = await OpenAsync("/Admin/CryptoReport?from=2026-01-01&to=2026-01-31");

        await Expect(page.Locator("#crypto-started")).ToHaveTextAsync("120");
        await Expect(page.Locator("#crypto-paid")).ToHaveTextAsync("84");
        await Expect(page.Locator(".crypto-numbers")).ToContainTextAsync("70.0 %");
        await Expect(page.Locator("#crypto-coins tbody tr")).ToHaveCountAsync(3);
        await Expect(page.Locator("#crypto-days tbody tr")).ToHaveCountAsync(5);
        Assert.That(await page.EvaluateAsync<int>("[...document.querySelectorAll('canvas')].filter(canvas => Chart.getChart(canvas)?.data.datasets.length).length"), Is.EqualTo(3));
        await Expect(page.Locator(".crypto-volume")).ToHaveTextAsync("1,050.00 USD");
        await Expect(page.Locator(".crypto-numbers")).ToContainTextAsync("12.50 USD");
        await Expect(page.Locator("#crypto-amounts tbody tr")).ToHaveCountAsync(3);
        await Screens.AssertFitsAsync(page, "report");

        await page.SetViewportSizeAsync(1280, 800);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export amounts by day (CSV)" }).ClickAsync());
        var lines = (await File.ReadAllTextAsync(await download.PathAsync())).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Does.StartWith("Day,TimeZone,Gateway,Coin,Payments,Volume,Currency"));
        Assert.That(lines[1], Does.StartWith("2026-01-01,UTC,coinskro,PI,"));
        Assert.That(lines[1..].Sum(line => decimal.Parse(line.Split(',')[5], System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(1050m));

        await page.GotoAsync("/Admin/CryptoReport?from=2020-01-01&to=2026-01-31");
        await Expect(page.Locator(".alert-warning")).ToContainTextAsync("366");
        await page.GotoAsync("/Admin/CryptoReport?from=2019-01-01&to=2019-01-31");
        await Expect(page.Locator("main")).ToContainTextAsync("No payments were started in this period.");
    }

    /// <summary>A bookkeeper: the layout of the administrator's area brings no token for somebody who may not maintain the store.</summary>
    [Test]
    public async Task A_role_that_may_only_see_payments_sees_the_list()
    {
        await Provider.LoseWebhooksAsync();
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await Store.DenyAsync("Payments.CryptoGateways.PaymentsAct", "Payments.CryptoGateways.PaymentsSettleManually", "Payments.CryptoGateways.Configure", "System.ManageMaintenance");

        var page = await OpenAsync("/Admin/CryptoPayments/List");

        await Expect(page.Locator("table tbody")).ToContainTextAsync(attempt.Reference);
        Assert.That(page.Url, Does.Not.Contain("RequestVerificationToken"));
    }

    [Test]
    public async Task Rights_are_kept_apart()
    {
        await Provider.LoseWebhooksAsync();
        var attempt = await (await NewShopperAsync()).OrderAsync();
        var address = $"/Admin/CryptoPayments/Order/{attempt.OrderId}";
        await Store.DenyAsync("Payments.CryptoGateways.PaymentsAct");
        var page = await OpenAsync(address);
        await Expect(page.Locator("#crypto-panel, .crypto-attempt").First).ToContainTextAsync(attempt.Reference);
        await Expect(Button(page, "Check now")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Mark as paid manually")).ToBeVisibleAsync();

        await Store.DenyAsync("Payments.CryptoGateways.PaymentsSettleManually");
        await page.GotoAsync(address);
        await Expect(Button(page, "Check now")).ToBeVisibleAsync();
        await Expect(page.GetByText("Mark as paid manually")).ToHaveCountAsync(0);

        await Store.DenyAsync("Payments.CryptoGateways.PaymentsView");
        foreach (var closed in new[] { address, "/Admin/CryptoPayments/List", "/Admin/CryptoPayments/Export", "/Admin/CryptoReport", "/Admin/CryptoReport/Export" })
        {
            await page.GotoAsync(closed);
            await Expect(page).ToHaveURLAsync(new Regex("login|AccessDenied", RegexOptions.IgnoreCase));
        }
        await page.GotoAsync($"/Admin/Order/Edit/{attempt.OrderId}");
        await Expect(page.Locator("#payment-status")).ToHaveTextAsync("Pending");
        await Expect(page.Locator("#crypto-panel")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Payments" })).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_payment_is_settled_by_hand_once_and_shown_on_the_orders_page()
    {
        await Provider.LoseWebhooksAsync();
        var attempt = await (await NewShopperAsync()).OrderAsync();
        var page = await OpenAsync($"/Admin/CryptoPayments/Order/{attempt.OrderId}");

        await page.GetByText("Mark as paid manually").ClickAsync();
        await page.GetByLabel("Transaction ID").FillAsync("not an id");
        await Button(page, "Yes, mark as paid").ClickAsync();
        await Expect(page.Locator(".bar.error")).ToContainTextAsync("Enter the transaction ID");
        await page.GetByText("Mark as paid manually").ClickAsync();
        await page.GetByLabel("Transaction ID").FillAsync("0xabc123");
        await Button(page, "Yes, mark as paid").ClickAsync();

        await Expect(page.Locator(".bar.success")).ToBeVisibleAsync();
        await Expect(page.Locator(".crypto-attempt .card-header")).ToContainTextAsync("Paid");
        await Expect(page.Locator(".crypto-timeline")).ToContainTextAsync("Marked as paid manually");
        var order = await Store.OrderAsync(attempt.OrderId);
        Assert.That((order.PaymentStatus, order.PaidEvents), Is.EqualTo(("Paid", 1)));
        Assert.That(order.Notes, Has.Exactly(1).Contains("0xabc123"));
        await Screens.AssertFitsAsync(page, "payment-page");

        await Provider.ActAsync(attempt.Reference, "pay");
        await page.SetViewportSizeAsync(1280, 800);
        await Button(page, "Check now").ClickAsync();
        await Expect(page.Locator(".bar.success")).ToBeVisibleAsync();
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaidEvents, Is.EqualTo(1), "the provider's own word pays nothing twice");

        await page.GotoAsync($"/Admin/CryptoPayments/List?OrderNumber={attempt.OrderId}");
        await Expect(page.Locator(".dt-info")).ToContainTextAsync("of 1 ");
        await page.GotoAsync($"/Admin/Order/Edit/{attempt.OrderId}");
        await Expect(page.Locator("#crypto-panel")).ToContainTextAsync(attempt.Reference);
        await Screens.AssertFitsAsync(page, "order-panel");
        await page.Locator("#crypto-panel a.btn").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"CryptoPayments/Order/{attempt.OrderId}$"));
    }

    private async Task<IPage> OpenAsync(string address)
    {
        var owner = await new Owner(await NewPageAsync()).LogInAsync();
        await owner.Page.GotoAsync(address);
        return owner.Page;
    }

    private static ILocator Rows(IPage page) => page.Locator("#crypto-payments tbody tr", new() { HasTextRegex = _anything });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
