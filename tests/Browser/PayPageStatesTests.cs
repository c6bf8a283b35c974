using CryptoGateways.Tests.Browser.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>
/// Every state of the pay page: its words, the ways on, and how it looks in light and dark, from right to left, on a desktop and on a
/// phone, each checked against WCAG 2.2 AA.
/// </summary>
internal sealed class PayPageStatesTests : PayPageFixture
{
    private const string Sums = "ReceivedAmount";

    /// <summary>One page, which is taken through all of them.</summary>
    [Test]
    public async Task Every_state_has_its_words_and_the_right_way_on_fits_every_screen_and_is_accessible()
    {
        var pay = await OpenAsync();
        await Screens.KeepStillAsync(pay.Page);

        await SeesAsync("waiting", AttemptStatus.AwaitingPayment, "Waiting for your payment", "Send exactly this amount", mayPay: true, mayChange: true);
        Assert.That(await QrReader.ReadAsync(pay.QrCode), Is.EqualTo(Address), "black on white in every colour scheme");
        await SeesAsync("waiting-memo", AttemptStatus.AwaitingPayment, "Waiting for your payment", "Send exactly", mayPay: true, mayChange: true, more: ("AddressTag", "771001"));
        await SeesAsync("waiting-at-provider", AttemptStatus.AwaitingPayment, "Waiting for your payment", "on the payment provider's page", mayChange: true, more: ("Address", null));
        await Expect(pay.AtProvider).ToHaveTextAsync("Pay on Coinskro Pay");
        await SeesAsync("seen", AttemptStatus.Confirming, "Payment detected", "You can close this page");
        await SeesAsync("confirming", AttemptStatus.Confirming, "Confirming your payment", "You can close this page", more: [("ConfirmationsSeen", 2), ("ConfirmationsNeeded", 12)]);
        await Expect(pay.Page.Locator("#pay-confirmations")).ToContainTextAsync("2 of 12 confirmations");
        await SeesAsync("underpaid-here", AttemptStatus.Confirming, "Partially paid", "the amount received counts", mayPay: true, more: [(Sums, "10.25"), ("AcceptsBalance", 1)]);
        await Expect(pay.Amount).ToHaveTextAsync("2.250001");
        Assert.That(await QrReader.ReadAsync(pay.QrCode), Is.EqualTo(Address));
        await SeesAsync("underpaid", AttemptStatus.Underpaid, "Partially paid", "the amount received counts", again: "Pay the remaining amount", mayChange: true, more: (Sums, "2.25"));
        await Expect(pay.Page.Locator("#pay-missing")).ToHaveTextAsync("10.250001 USDT");
        await SeesAsync("underpaid-too-little", AttemptStatus.Underpaid, "Partially paid", "the amount received counts", toStore: true, more: (Sums, "12.49"));
        await SeesAsync("late", AttemptStatus.PaidLate, "Your payment arrived late", "Do not pay again", toStore: true);
        await SeesAsync("in-review", AttemptStatus.Disputed, "The store is reviewing your payment", "Do not pay again", toStore: true);
        await SeesAsync("provider-failed", AttemptStatus.Creating, "Payment provider unavailable", "you have not been charged", again: "Try again", mayChange: true);
        await SeesAsync("quote-expired", AttemptStatus.AwaitingPayment, "The quote has expired", "rate on arrival", again: "Get a new quote", mayChange: true, more: ("QuoteExpiresOnUtc", Store.Now.AddMinutes(-1)));
        await SeesAsync("quote-ends", AttemptStatus.AwaitingPayment, "Waiting for your payment", "Send exactly", mayPay: true, mayChange: true, more: ("QuoteExpiresOnUtc", Store.Now.AddMinutes(15)));
        await Expect(pay.Page.Locator("#pay-until")).ToContainTextAsync("is converted at the rate on arrival");
        await SeesAsync("underpaid-after-quote", AttemptStatus.Confirming, "Partially paid", "the amount received counts", mayPay: true, more: [(Sums, "10.25"), ("AcceptsBalance", 1), ("QuoteExpiresOnUtc", Store.Now.AddMinutes(-1))]);
        await SeesAsync("authorized", AttemptStatus.Authorized, "Payment authorized", "You do not need to do anything", mayGoOn: true);
        await SeesAsync("expired", AttemptStatus.Expired, "Payment expired", "do not pay again", again: "Get a new quote", mayChange: true, more: ("NextCheckOnUtc", Store.Now.AddHours(2)));
        await SeesAsync("expired-unwatched", AttemptStatus.Expired, "Payment expired", "no longer monitored", again: "Get a new quote", mayChange: true, toStore: true);
        await SeesAsync("partially-refunded", AttemptStatus.PartiallyRefunded, "Payment partially refunded", "refunded part of your payment");
        await SeesAsync("failed", AttemptStatus.Failed, "Payment failed", "Do not send anything", again: "Try again", mayChange: true);
        await SeesAsync("canceled", AttemptStatus.Canceled, "Payment cancelled", "Do not send anything", again: "Try again", mayChange: true);
        await SeesAsync("refunded", AttemptStatus.Refunded, "Payment refunded", "has refunded your payment");
        await SeesAsync("outdated", AttemptStatus.AwaitingPayment, "This payment is no longer valid", "Do not send anything", more: ("PriceAmount", "11"));
        await Expect(pay.Page.Locator("#pay-newer")).ToBeVisibleAsync();

        await BecomesAsync(AttemptStatus.AwaitingPayment, ("PriceAmount", "12.5"));
        await Provider.ActAsync(Attempt.Reference, "pay");
        await Store.BecomesAsync(Attempt, AttemptStatus.Paid);
        await SeesAsync("paid", AttemptStatus.Paid, "Paid", "Thank you", mayGoOn: true);
        await Expect(pay.Page.Locator("#pay-receipt")).ToBeVisibleAsync();
        await SeesAsync("overpaid", AttemptStatus.Overpaid, "Overpaid", "Thank you", mayGoOn: true, toStore: true, more: [(Sums, "25"), ("SurplusAmount", "12.5")]);
        await Expect(pay.Page.Locator(".sums")).ToContainTextAsync("25 USDT");
        await Expect(pay.Page.Locator("#pay-surplus")).ToHaveTextAsync("12.5 USDT");

        async Task SeesAsync(string name, AttemptStatus status, string title, string sentence, bool mayPay = false, string? again = null,
            bool mayChange = false, bool mayGoOn = false, bool toStore = false, params (string Column, object? Value)[] more)
        {
            await BecomesAsync(status, [("Address", Address), ("AddressTag", null), (Sums, null), ("AcceptsBalance", 0), ("QuoteExpiresOnUtc", null), ("SurplusAmount", null), ("ConfirmationsSeen", null), ("ConfirmationsNeeded", null), .. more]);
            await pay.Page.ReloadAsync();
            await Expect(pay.Title).ToHaveTextAsync(title);
            await Expect(pay.Text).ToContainTextAsync(sentence);
            Assert.That((await pay.Address.CountAsync(), await pay.OtherCoin.CountAsync(), await pay.Continue.CountAsync(), await pay.ToStore.CountAsync()),
                Is.EqualTo((mayPay ? 1 : 0, mayChange ? 1 : 0, mayGoOn ? 1 : 0, toStore ? 1 : 0)), name);
            Assert.That(await pay.PayAgain.AllTextContentsAsync(), Is.EqualTo(again is null ? [] : new[] { again }), name);
            await Expect(pay.Order).ToHaveCountAsync(1);
            await Screens.AssertLooksAsync(pay.Page, $"pay-{name}");
        }
    }

    [Test]
    public async Task The_pages_without_an_owner_without_an_answer_and_without_a_payment_are_accessible_too()
    {
        var owner = await OpenAsync();
        await Provider.FaultAsync("info", "status");
        await Store.LetTimePassAsync();
        var pay = new PayPage(await NewPageAsync());
        await Screens.KeepStillAsync(pay.Page);
        await pay.Page.GotoAsync(owner.Page.Url);
        await Expect(pay.Page.Locator("#pay-silent")).ToContainTextAsync("we cannot tell whether your payment has arrived");
        await Screens.AssertLooksAsync(pay.Page, "pay-silent");

        await BecomesAsync(AttemptStatus.Expired);
        await pay.Page.ReloadAsync();
        await Expect(pay.Page.Locator("#pay-owner-only")).ToBeVisibleAsync();
        await Screens.AssertLooksAsync(pay.Page, "pay-expired-stranger");

        await pay.Page.GotoAsync("/checkout/crypto/nonsense");
        await Screens.AssertLooksAsync(pay.Page, "pay-not-found");
    }
}
