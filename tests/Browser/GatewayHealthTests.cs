using System.Text.RegularExpressions;
using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>What the configuration page tells about keys, addresses, webhooks and the schedule task, and what needs a person.</summary>
internal sealed class GatewayHealthTests : ShopFixture
{
    private Owner _owner = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _owner = await new Owner(await NewPageAsync()).LogInAsync();
        await _owner.OpenConfigurationAsync();
    }

    [Test]
    public async Task A_connection_is_tried_with_what_is_entered_and_the_answer_says_what_is_wrong()
    {
        var stored = await Store.Database.SettingAsync("cryptogateways.coinskro.baseurl");
        await AssertTestAsync("Success, in test mode: Coinskro Pay accepts the key");

        await _owner.SecretKey.FillAsync("sk_test_mistyped");
        await AssertTestAsync("Coinskro Pay does not recognize this key");
        await _owner.SecretKey.FillAsync("sk_live_unapproved");
        await AssertTestAsync("does not allow this request. In the provider's dashboard, check the key's permissions, the approval of your account");
        Assert.That(await _owner.SecretKey.InputValueAsync(), Is.EqualTo("sk_live_unapproved"), "what was entered stays");

        await _owner.SecretKey.FillAsync("");
        await _owner.BaseUrl.FillAsync("http://127.0.0.1:1/");
        await AssertTestAsync("saved keys would be sent to a different server. Enter these fields again: Secret key");
        await _owner.SecretKey.FillAsync("sk_test_typed_again");
        foreach (var (address, words) in new[]
        {
            (Provider.BaseUrl + "/nowhere", "it is not the Coinskro Pay API"),
            ("http://127.0.0.1:1/", "refused the connection"),
            ("https://nowhere.invalid", "does not exist, or this server cannot resolve it"),
            (Provider.BaseUrl.Replace("http://", "https://", StringComparison.Ordinal), "No secure connection"),
            ("http://10.0.0.1/", "the format of these fields is wrong: API URL")
        })
        {
            await _owner.BaseUrl.FillAsync(address);
            await AssertTestAsync(words);
        }
        await _owner.SecretKey.FillAsync("");
        await _owner.BaseUrl.FillAsync(Provider.BaseUrl);
        await Provider.FaultAsync("create", "status");
        await AssertTestAsync("returned a server error");
        await Provider.ClearFaultsAsync();

        Assert.That(await Store.Database.SettingAsync("cryptogateways.coinskro.baseurl"), Is.EqualTo(stored), "nothing is saved");
        Assert.That(await Provider.PaymentsAsync(), Is.Empty, "nothing is created");
        Assert.That(await NewLogAsync(), Is.Empty);
    }

    [Test]
    public async Task Webhooks_are_told_as_they_come_and_the_address_can_be_tried()
    {
        var customers = await Store.CustomersAsync();
        var result = await _owner.TryAsync("Test webhook URL");
        await Expect(result).ToContainTextAsync("The test event arrived, but 127.0.0.1 is a local address");
        Assert.That(await NewLogAsync(), Is.Empty);
        Assert.That(await Store.CustomersAsync(), Is.EqualTo(customers));

        await Provider.SetAsync("webhooks", "off");
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await Provider.SendAsync(attempt.Reference, "forged");
        await Provider.SendAsync(attempt.Reference, "correct");
        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();
        await _owner.OpenConfigurationAsync();

        var webhook = _owner.Card.Locator(".crypto-webhook");
        await Expect(webhook).ToContainTextAsync(new Regex("Last accepted webhook: [0-9]{4}-"));
        await Expect(webhook).ToContainTextAsync(new Regex("Last rejected webhook: [0-9]{4}-.*, the signature is wrong"));
        await Expect(webhook).ToContainTextAsync("Webhooks waiting to be processed: 0");
        await Screens.AssertFitsAsync(_owner.Page, "configuration");
    }

    [Test]
    public async Task What_needs_a_person_stays_on_the_page_until_it_is_dismissed_or_over()
    {
        await Provider.SetAsync("webhooks", "off");
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await Provider.ActAsync(attempt.Reference, "appeal");
        await Provider.SendAsync(attempt.Reference, "correct");
        for (var i = 0; i < 6; i++)
            await Provider.SendAsync(attempt.Reference, "forged");
        for (var minute = 0; minute < 2; minute++)
        {
            await Store.LetTimePassAsync();
            await Store.RunTasksAsync();
        }

        await _owner.OpenProvidersAsync();
        var alerts = _owner.Page.Locator("#crypto-alerts li");
        await Expect(alerts).ToHaveCountAsync(2);
        await Expect(alerts.Filter(new() { HasText = "webhooks are being rejected repeatedly" })).ToHaveCountAsync(1);
        await Screens.AssertFitsAsync(_owner.Page, "alerts");
        var disputed = alerts.Filter(new() { HasText = $"Payments for order {attempt.OrderId}" });
        await _owner.Page.GotoAsync("/Admin");
        await Screens.AssertFitsAsync(_owner.Page, "dashboard");
        await disputed.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(_owner.Page).ToHaveURLAsync(new Regex("/Admin$"));
        await Expect(alerts).ToHaveCountAsync(1);

        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();
        await Provider.SendAsync(attempt.Reference, "correct", new() { ["event"] = "payment_linked" });
        await _owner.OpenProvidersAsync();
        await Expect(alerts).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_provider_that_fails_is_told_with_the_time_until_it_answers_again()
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await Provider.FaultAsync("info", "status");
        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();
        await _owner.OpenProvidersAsync();
        await Expect(_owner.Status).ToContainTextAsync(new Regex("^Failing since [0-9]{4}-.*: the provider returns server errors$"));
        await Expect(_owner.Page.Locator("#crypto-alerts")).ToContainTextAsync("requests to the provider are failing");

        await Provider.ClearFaultsAsync();
        await Provider.ActAsync(attempt.Reference, "pay");
        await Store.LetTimePassAsync();
        await Store.RunTasksAsync();
        await _owner.OpenProvidersAsync();
        await Expect(_owner.Status).ToHaveTextAsync("Ready");
        await Expect(_owner.Page.Locator("#crypto-alerts", new() { HasText = "requests to the provider are failing" })).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_gateway_that_is_switched_off_still_settles_its_open_payments()
    {
        var shopper = await NewShopperAsync();
        var attempt = await shopper.OrderAsync();
        await _owner.OpenConfigurationAsync();
        await _owner.OfferAtCheckout.UncheckAsync();
        await _owner.SavedAsync();
        await Expect(_owner.Status).ToHaveTextAsync("Disabled");

        await shopper.AtProviderDoAsync("Pay");
        await shopper.SeesPaidAsync();
        Assert.That((await Store.OrderAsync(attempt.OrderId)).PaymentStatus, Is.EqualTo("Paid"));

        await _owner.OpenConfigurationAsync();
        await _owner.OfferAtCheckout.CheckAsync();
        await _owner.SavedAsync();
    }

    [Test]
    public async Task A_schedule_task_that_does_not_run_is_told_with_the_address_that_it_is_called_at()
    {
        await Store.RunTasksAsync();
        await Store.LetTimePassAsync(TimeSpan.FromMinutes(6));
        await _owner.OpenProvidersAsync();

        await Expect(_owner.Page.Locator("#crypto-task")).ToContainTextAsync($"calling {Store.Address}");
    }

    private async Task AssertTestAsync(string words) => await Expect(await _owner.TryAsync("Test connection")).ToContainTextAsync(words);
}
