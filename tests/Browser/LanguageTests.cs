using System.Globalization;
using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>
/// A store to which German and Arabic were added after the plugin was installed: from the checkout to the mail nothing of the
/// plugin's is in English.
/// </summary>
internal sealed class LanguageTests : ShopFixture
{
    private readonly Dictionary<string, int> _languages = [];

    [OneTimeSetUp]
    public async Task AddLanguagesAsync()
    {
        _languages["de"] = await Store.AddLanguageAsync("de-DE", rtl: false);
        _languages["ar"] = await Store.AddLanguageAsync("ar-EG", rtl: true);
        // Cultures are those of the languages at the start.
        await Store.KillAsync();
        await Store.StartAgainAsync();
    }

    [TestCase("de", "de-DE", "ltr")]
    [TestCase("ar", "ar-EG", "rtl")]
    public async Task The_checkout_the_pay_page_and_the_mail_are_in_the_shopper_s_language(string language, string culture, string direction)
    {
        var texts = Texts.Of(language);
        var page = await NewPageAsync();
        await page.GotoAsync($"/changelanguage/{_languages[language]}");
        var shopper = new Shopper(page, Store);
        await shopper.GoToPaymentMethodsAsync();
        await page.GetByText(texts["Plugins.FriendlyName.Payments.CryptoGateways"]).ClickAsync();
        await shopper.ContinueAsync();
        await SeesNoEnglishAsync(page, ".crypto-payment-info", language, "checkout");

        await shopper.ChooseAsync("USDT");
        await shopper.ContinueAsync();
        await shopper.ConfirmAsync();
        var attempt = await shopper.AtProviderAsync();
        await Provider.WaitForAsync("for=webhooks&count=1&state=delivered");
        await Store.Database.ChangeAsync(attempt, ("Address", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"), ("DueAmount", "12.500001"), ("AddressTag", "771001"), ("ExpiresOnUtc", Store.Now.AddMinutes(20)));
        await shopper.OpenOrderPageAsync(attempt.OrderId);
        await SeesNoEnglishAsync(page, ".crypto-order-page", language, "order");

        await page.Locator($"a[href*='/checkout/crypto/{attempt.Id}-']").ClickAsync();
        var pay = new PayPage(page);
        await Expect(pay.Title).ToHaveTextAsync(texts[Texts.Prefix + "State.AwaitingPayment.Title"]);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", culture);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", direction);
        await Expect(pay.Amount).ToHaveTextAsync(12.500001m.ToString(CultureInfo.GetCultureInfo(culture)));
        await Expect(page.Locator("#pay-price")).ToContainTextAsync("≈ $12.50 · 1 USDT = $1.00");
        // Wallets read a decimal point, however the amount is copied.
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.EvaluateAsync("getSelection().selectAllChildren(document.getElementById('pay-amount')); document.execCommand('copy')");
        Assert.That(await page.EvaluateAsync<string>("navigator.clipboard.readText()"), Is.EqualTo("12.500001"));
        await page.Locator("#copy-address").ClickAsync();
        await page.Locator("#copy-amount").ClickAsync();
        Assert.That(await page.EvaluateAsync<string>("navigator.clipboard.readText()"), Is.EqualTo("12.500001"));
        Assert.That(await Texts.NotKeptWholeAsync(page.Locator("#pay-amount, #pay-address, #pay-tag")), Is.Empty);
        await SeesNoEnglishAsync(page, "body", language, "pay");

        await Provider.ActAsync(attempt.Reference, "pay");
        await Expect(pay.Title).ToHaveTextAsync(texts[Texts.Prefix + "State.Paid.Title"]);
        await SeesNoEnglishAsync(page, "body", language, "paid");
        var mail = (await Store.Database.MailsAsync("guest@example.com"))[^1];
        Assert.That(mail.Subject, Is.EqualTo(texts[Texts.Prefix + "Mail.Paid.Subject"].Replace("%Store.Name%", "Sandbox store").Replace("%Order.OrderNumber%", $"{attempt.OrderId}")));
        Assert.That((mail.Body.Contains($"{Store.Address}checkout/crypto/{attempt.Id}-"), mail.Body.StartsWith("<div dir=\"rtl\">", StringComparison.Ordinal), mail.Body.Contains('%')), Is.EqualTo((true, direction == "rtl", false)), mail.Body);
        Assert.That(await NewLogAsync(), Is.Empty);
    }

    private static async Task SeesNoEnglishAsync(IPage page, string part, string language, string name)
    {
        Assert.That(await Texts.EnglishInAsync(page.Locator(part), language), Is.Empty);
        await Screens.AssertFitsAsync(page, $"language-{language}-{name}");
    }
}
