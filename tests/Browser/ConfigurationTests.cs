using System.Text.RegularExpressions;
using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>What the owner can set, and what shoppers are offered then.</summary>
internal sealed class ConfigurationTests : ShopFixture
{
    private const string NewKey = "sk_live_WriteOnly_0123456789abcdef";

    private Owner _owner = null!;

    /// <summary>Each test starts from the settings of a ready store.</summary>
    [SetUp]
    public async Task OpenAsync()
    {
        _owner = await new Owner(await NewPageAsync()).LogInAsync();
        await _owner.OpenConfigurationAsync();
        await _owner.OfferAtCheckout.CheckAsync();
        await _owner.SecretKey.FillAsync(Provider.SecretKey);
        await _owner.BaseUrl.FillAsync(Provider.BaseUrl);
        await _owner.AmountUnit.SelectOptionAsync("unknown");
        foreach (var (coin, offered) in new[] { ("USDT", true), ("USDC", true), ("PI", false), ("CSK", false) })
            await _owner.Coin(coin).SetCheckedAsync(offered);
        await _owner.SavedAsync();
    }

    [Test]
    public async Task A_secret_key_is_kept_encrypted_and_never_shown_again()
    {
        await _owner.SecretKey.FillAsync(NewKey);
        await _owner.SavedAsync();

        var source = await (await _owner.Page.Context.APIRequest.GetAsync(_owner.Page.Url)).TextAsync();
        Assert.That(source, Does.Contain("gateway-coinskro").And.Not.Contain(NewKey));
        Assert.That(await _owner.SecretKey.InputValueAsync(), Is.Empty);
        await Expect(_owner.SecretKey).ToHaveAttributeAsync("placeholder", "Saved. Leave empty to keep it.");
        Assert.That(await Store.Database.SettingAsync("cryptogateways.coinskro.secretkey"), Does.StartWith("enc1:"));
        Assert.That(Store.Database.Bytes(), Does.Contain("cryptogateways.coinskro.secretkey").And.Not.Contain(NewKey));
    }

    [Test]
    public async Task An_empty_secret_key_keeps_the_stored_one()
    {
        var stored = await Store.Database.SettingAsync("cryptogateways.coinskro.secretkey");

        await _owner.SavedAsync();

        Assert.That(await Store.Database.SettingAsync("cryptogateways.coinskro.secretkey"), Is.EqualTo(stored));
        await Expect(_owner.Status).ToHaveTextAsync("Ready");
    }

    [Test]
    public async Task A_replaced_key_verifies_webhooks_until_a_date_that_is_shown_or_the_owner_ends_it()
    {
        var attempt = await (await NewShopperAsync()).OrderAsync();
        await _owner.SecretKey.FillAsync(NewKey);
        await _owner.SavedAsync();
        await Expect(_owner.Row(_owner.SecretKey)).ToContainTextAsync($"The previous value is accepted for webhook signatures until {Store.Now.AddDays(7).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}");
        Assert.That((await Provider.SendAsync(attempt.Reference, "correct", new() { ["event"] = "payment_linked" })).Answers, Is.EqualTo([200]));

        await _owner.Row(_owner.SecretKey).GetByLabel("Stop accepting the previous value when saving").CheckAsync();
        await _owner.SavedAsync();
        await Expect(_owner.Row(_owner.SecretKey)).Not.ToContainTextAsync("is accepted for webhook signatures");
        Assert.That((await Provider.SendAsync(attempt.Reference, "correct")).Answers[0], Is.EqualTo(400));
    }

    [Test]
    public async Task An_optional_secret_is_removed_and_a_required_one_cannot_be()
    {
        var secret = _owner.Page.Locator("#field-cryptofuse-WebhookSecret");
        await Expect(_owner.Row(_owner.SecretKey).GetByLabel("Remove saved value")).ToHaveCountAsync(0);
        await _owner.OpenConfigurationAsync("cryptofuse");
        await secret.FillAsync("whsec_optional");
        await _owner.SavedAsync();

        await _owner.Row(secret).GetByLabel("Remove saved value").CheckAsync();
        await _owner.SavedAsync();

        await Expect(secret).ToHaveAttributeAsync("placeholder", "Not set");
        Assert.That(await Store.Database.SettingAsync("cryptogateways.cryptofuse.webhooksecret"), Is.Empty);
    }

    [Test]
    public async Task A_key_is_not_sent_to_another_server_unless_it_is_typed_again()
    {
        await _owner.BaseUrl.FillAsync("https://other.example");
        await _owner.SaveAsync();
        await Expect(_owner.Page.Locator(".bar.error")).ToContainTextAsync("Nothing was saved");
        await Expect(_owner.MessageAt(_owner.SecretKey)).ToContainTextAsync("The API URL has changed");

        await _owner.SecretKey.FillAsync(Provider.SecretKey);
        await _owner.SavedAsync();
    }

    [Test]
    public async Task A_test_key_is_recognized()
    {
        await Expect(_owner.Card.Locator(".badge-warning")).ToHaveTextAsync("Test key: no real payments");

        await _owner.SecretKey.FillAsync(NewKey);
        await _owner.SavedAsync();

        await Expect(_owner.Card.Locator(".badge-warning")).ToHaveCountAsync(0);
    }

    [TestCase("http://api.coinskro.com", "https://")]
    [TestCase("nowhere", "https://")]
    [TestCase("https://api.coinskro.com/?x=1", "no ? or #")]
    public async Task A_wrong_value_is_told_beside_its_field_and_the_rest_is_kept(string value, string message)
    {
        var before = await Store.Database.InventoryAsync();
        await _owner.Coin("PI").CheckAsync();
        await _owner.AmountUnit.SelectOptionAsync("usd");
        await _owner.BaseUrl.FillAsync(value);

        await _owner.SaveAsync();

        await AssertToldAsync(_owner.BaseUrl, value, message);
        await Expect(_owner.Coin("PI")).ToBeCheckedAsync();
        await Expect(_owner.AmountUnit).ToHaveValueAsync("usd");
        await _owner.OpenConfigurationAsync();
        await Expect(_owner.Coin("PI")).Not.ToBeCheckedAsync();
        await Expect(_owner.BaseUrl).ToHaveValueAsync(Provider.BaseUrl);
        Assert.That(await Store.Database.InventoryAsync(), Is.EquivalentTo(before));
    }

    /// <summary>Fields by their labels.</summary>
    [TestCase("Underpayment tolerance (%)", "0,5", "Use a point as the decimal separator")]
    [TestCase("Underpayment tolerance (%)", "21", "from 0 to 20")]
    [TestCase("Underpayment tolerance (amount)", "1 000", "Use a point as the decimal separator")]
    [TestCase("Monitor unpaid attempts (days)", "0", "from 1 to 365")]
    [TestCase("Monitor unpaid attempts (days)", "366", "from 1 to 365")]
    public async Task A_wrong_general_setting_is_told_beside_its_field_and_the_rest_is_kept(string label, string value, string message)
    {
        var before = await Store.Database.InventoryAsync();
        await _owner.OpenGeneralAsync();
        var (field, other) = (_owner.Page.GetByLabel(label, new() { Exact = true }), _owner.Page.GetByLabel("Reopen cancelled orders"));
        await other.CheckAsync();
        await field.FillAsync(value);

        await _owner.SaveAsync();

        await AssertToldAsync(field, value, message);
        await Expect(other).ToBeCheckedAsync();
        await _owner.OpenGeneralAsync();
        await Expect(other).Not.ToBeCheckedAsync();
        Assert.That(await Store.Database.InventoryAsync(), Is.EquivalentTo(before));
    }

    private async Task AssertToldAsync(ILocator field, string value, string message)
    {
        await Expect(_owner.Page.Locator(".bar.error")).ToContainTextAsync("Nothing was saved");
        await Expect(_owner.MessageAt(field)).ToContainTextAsync(message);
        await Expect(_owner.Page.Locator(".field-validation-error:not(:empty)")).ToHaveCountAsync(1);
        await Expect(_owner.Page.Locator("#crypto-errors li")).ToHaveCountAsync(1);
        await Expect(_owner.Page.Locator("#crypto-errors li")).ToContainTextAsync(message);
        await Expect(field).ToHaveValueAsync(value);
        await Expect(field).ToBeFocusedAsync();
    }

    /// <summary>Without script, each of them posts the form and shows the page again.</summary>
    [TestCase("CryptoSettings/Gateway/coinskro", "Save")]
    [TestCase("CryptoSettings/Gateway/coinskro", "Test connection")]
    [TestCase("CryptoSettings/Gateway/coinskro", "Test webhook URL")]
    [TestCase("CryptoSettings/Gateway/cryptofuse", "Test connection")]
    [TestCase("CryptoSettings/General", "Save")]
    public async Task Whatever_was_entered_is_still_there_after_a_post_that_saves_nothing(string path, string button)
    {
        const string fields = """[...document.querySelectorAll("form:has([name='save']) :is(input, select, textarea):not([type=hidden], [readonly])")]""";
        var page = await NewPageAsync(scripts: false);
        await new Owner(page).LogInAsync();
        await page.GotoAsync($"/Admin/{path}");
        await page.EvaluateAsync($$"""
            () => {
              for (const field of {{fields}})
                if (field.type === "checkbox") field.checked = !field.checked;
                else if (field.options) field.selectedIndex = (field.selectedIndex + 1) % field.options.length;
                else if (field.type === "number") field.value = "9999";
                else if (field.id.endsWith("Url")) field.value = "nowhere";
                else field.value += "7";
            }
            """);
        var entered = await ValuesAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

        await Expect(page.Locator(button == "Save" ? ".bar.error" : button == "Test connection" ? "[id^=test-]" : ".bar")).Not.ToBeEmptyAsync();
        Assert.That(entered, Has.Count.GreaterThan(8));
        Assert.That(await ValuesAsync(page), Is.EqualTo(entered));

        static Task<Dictionary<string, string>> ValuesAsync(IPage page) => page.EvaluateAsync<Dictionary<string, string>>(
            $"() => Object.fromEntries({fields}.map(field => field.type === 'checkbox' ? [field.name + field.value, String(field.checked)] : [field.name, field.value]))");
    }

    [Test]
    public async Task Whoever_leaves_with_unsaved_values_is_asked_first()
    {
        var asked = new TaskCompletionSource<string>();
        _owner.Page.Dialog += (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            _ = dialog.AcceptAsync();
        };
        await _owner.BaseUrl.PressSequentiallyAsync("x");

        await _owner.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the providers" }).ClickAsync();

        Assert.That(await asked.Task.WaitAsync(TimeSpan.FromSeconds(10)), Is.EqualTo("beforeunload"));
    }

    /// <summary>Like the platform's list of payment methods: one row a provider, with all that an owner looks for first.</summary>
    [Test]
    public async Task The_list_shows_each_provider_with_its_state_its_coins_and_its_last_payment()
    {
        await (await NewShopperAsync()).OrderAsync();
        await _owner.OpenProvidersAsync();
        var row = _owner.Page.Locator("#provider-coinskro");

        await Expect(_owner.Page.Locator("#crypto-providers tbody tr")).ToHaveCountAsync(6);
        await Expect(row.Locator("th")).ToContainTextAsync("Shoppers pay with USDT, USDC, PI or CSK");
        await Expect(row.Locator(".badge")).ToHaveTextAsync("Ready");
        Assert.That(await row.Locator("img").EvaluateAllAsync<string[]>("all => all.map(image => image.alt)"), Is.EqualTo(new[] { "Tether", "USD Coin" }));
        await Expect(row.Locator("i[role=img]")).ToHaveAttributeAsync("aria-label", "Enabled");
        await Expect(row.Locator("td").Nth(2)).ToHaveTextAsync("-");
        await Expect(_owner.Page.Locator("#provider-coolpay i[role=img]")).ToHaveAttributeAsync("aria-label", "Disabled");

        await Store.Database.FillPaymentsAsync(3);
        await _owner.OpenProvidersAsync();
        await Expect(row.Locator("td").Nth(2)).ToContainTextAsync("2026-01");
    }

    [TestCase("coinskro", "Add this URL in the provider's dashboard")]
    [TestCase("coolpay", "You do not enter anything at the provider")]
    public async Task Only_a_provider_that_needs_the_webhook_url_asks_for_it(string gateway, string hint)
    {
        await _owner.OpenConfigurationAsync(gateway);

        await Expect(_owner.Page.Locator(".crypto-webhook")).ToContainTextAsync(hint);
    }

    [Test]
    public async Task Coins_have_names_instead_of_codes()
    {
        await _owner.OpenConfigurationAsync("cryptofuse");

        await Expect(_owner.Page.GetByLabel("Tether on TRON (TRC20)")).ToHaveAttributeAsync("value", "USDTTRC20");
    }

    [Test]
    public async Task Coins_whose_amount_is_not_understood_are_not_offered_and_the_page_says_why()
    {
        await _owner.Coin("PI").CheckAsync();
        await _owner.SavedAsync();

        await Expect(_owner.Card.Locator(".alert li")).ToHaveTextAsync(["Pi: not offered until you select the unit of the provider's amounts"]);
        await AssertOfferedAsync("USDT", "USDC");
    }

    [Test]
    public async Task Coins_are_offered_once_the_owner_says_what_the_amount_means()
    {
        await _owner.Coin("PI").CheckAsync();
        await _owner.AmountUnit.SelectOptionAsync("usd");
        await _owner.SavedAsync();

        await Expect(_owner.Card.Locator(".alert")).ToHaveCountAsync(0);
        await AssertOfferedAsync("USDT", "USDC", "PI");
    }

    [Test]
    public async Task Coins_that_are_counted_in_units_are_offered_once_they_have_a_price()
    {
        await _owner.Coin("PI").CheckAsync();
        await _owner.AmountUnit.SelectOptionAsync("coin");
        await _owner.SavedAsync();
        await Expect(_owner.Card.Locator(".alert li")).ToContainTextAsync(["Pi: not offered because it has no price"]);
        await AssertOfferedAsync("USDT", "USDC");

        await _owner.OpenGeneralAsync();
        await _owner.NewPrice("PI").FillAsync("1,234");
        await _owner.SaveAsync();
        await Expect(_owner.PriceRow("PI").Locator(".field-validation-error")).ToContainTextAsync("Use a point as the decimal separator");
        await Expect(_owner.NewPrice("PI")).ToHaveValueAsync("1,234");

        await _owner.NewPrice("PI").FillAsync("0.3021");
        await _owner.SavedAsync();
        await Expect(_owner.PriceRow("PI")).ToContainTextAsync("0.3021 USD");
        await Expect(_owner.NewPrice("PI")).ToHaveValueAsync("");
        await AssertOfferedAsync("USDT", "USDC", "PI");
    }

    [Test]
    public async Task A_single_coin_is_shown_as_a_line_without_a_choice_and_can_be_paid()
    {
        await _owner.Coin("USDT").UncheckAsync();
        await _owner.SavedAsync();
        var shopper = await NewShopperAsync();
        await shopper.GoToPaymentStepAsync();

        await Expect(shopper.Page.Locator(".crypto-single")).ToContainTextAsync("You pay about 12.5 USDC with Coinskro Pay.");
        await shopper.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await shopper.ConfirmAsync();

        Assert.That((await shopper.AtProviderAsync()).Coin, Is.EqualTo("USDC"));
    }

    /// <summary>The smallest amount of any coin is one dollar.</summary>
    [TestCase("Pin", false)]
    [TestCase("Green tea", true)]
    public async Task The_method_is_hidden_for_a_cart_below_every_minimum(string product, bool offered)
    {
        var shopper = await NewShopperAsync();
        await shopper.GoToPaymentMethodsAsync(product);

        await AssertMethodAsync(shopper, offered);
    }

    [Test]
    public async Task The_method_is_hidden_while_no_gateway_is_offered()
    {
        await _owner.OfferAtCheckout.UncheckAsync();
        await _owner.SavedAsync();

        await Expect(_owner.Status).ToHaveTextAsync("Disabled");
        var shopper = await NewShopperAsync();
        await shopper.GoToPaymentMethodsAsync();
        await AssertMethodAsync(shopper, offered: false);
    }

    [Test]
    public async Task The_method_is_hidden_while_the_gateway_is_incomplete()
    {
        foreach (var coin in new[] { "USDT", "USDC" })
            await _owner.Coin(coin).UncheckAsync();
        await _owner.SavedAsync();

        await Expect(_owner.Status).ToHaveTextAsync("Incomplete. Enter: Coins");
        var shopper = await NewShopperAsync();
        await shopper.GoToPaymentMethodsAsync();
        await AssertMethodAsync(shopper, offered: false);
    }

    [Test]
    public async Task Only_an_administrator_sees_the_page()
    {
        var page = await NewPageAsync();

        await page.GotoAsync("/Admin/CryptoGateways/Configure");

        await Expect(page).ToHaveURLAsync(new Regex("/login"));
    }

    private async Task AssertOfferedAsync(params string[] coins)
    {
        var shopper = await NewShopperAsync();
        await shopper.GoToPaymentStepAsync();
        var choices = shopper.Page.Locator(".crypto-offer input[type=radio]");
        await Expect(choices).ToHaveCountAsync(coins.Length);
        Assert.That(await choices.EvaluateAllAsync<string[]>("all => all.map(choice => choice.value)"), Is.EquivalentTo(coins.Select(coin => $"coinskro:{coin}")));
    }

    private static async Task AssertMethodAsync(Shopper shopper, bool offered)
    {
        await Expect(shopper.Title).ToHaveTextAsync("Payment method");
        await Expect(shopper.Page.GetByLabel("Crypto payment")).ToHaveCountAsync(offered ? 1 : 0);
        await Expect(shopper.Page.GetByText("No payment method is available")).ToHaveCountAsync(offered ? 0 : 1);
    }
}
