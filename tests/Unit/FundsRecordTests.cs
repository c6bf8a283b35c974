using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// When funds count as late, and what late coins are worth. A quote of 48 PI for $24 that expires at 10:20; the deadline is the same.
/// </summary>
public sealed class FundsRecordTests
{
    private static readonly DateTime _expiry = new(2026, 2, 6, 10, 20, 0, DateTimeKind.Utc);

    /// <summary>Each receipt is "minutes after the expiry: coins in all @ present price", a price of - is none; then what is recorded.</summary>
    [TestCase("-5: 48 @ 0.1", false, null, null, Description = "in time: the price does not matter")]
    [TestCase("0: 48 @ 0.1", false, null, null, Description = "the last moment is in time")]
    [TestCase("1: 48 @ 0.1", true, "48", "4.8")]
    [TestCase("14400: 48 @ 0.1", true, "48", "4.8", Description = "ten days later")]
    [TestCase("1: 48 @ -", true, "48", null, Description = "no fresh price: a person decides")]
    [TestCase("-5: 1 @ 0.5; 14400: 48 @ 0.1", false, "47", "4.7", Description = "one coin in time does not hold the price for the rest")]
    [TestCase("1: 1 @ 0.5; 14400: 48 @ 0.1", true, "48", "5.2", Description = "each part at its own arrival")]
    [TestCase("1: 1 @ -; 2: 48 @ 0.5", true, "48", null, Description = "what was unknown once stays unknown")]
    [TestCase("1: 48 @ 0.1; 2: 48 @ 10; 3: 48 @ -", true, "48", "4.8", Description = "later checks and prices change nothing")]
    [TestCase("1: 48 @ 0.1; 2: 24 @ 10", true, "24", "2.4", Description = "half of it was sent back")]
    [TestCase("-5: 24 @ 0.5; 1: 48 @ 0.1; 2: 24 @ 0.1", false, null, null, Description = "the late half was sent back")]
    [TestCase("1: 0 @ 0.1", false, null, null, Description = "nothing arrived")]
    public void Late_coins_are_worth_what_they_were_on_arrival(string receipts, bool isLate, string? lateAmount, string? lateValue)
    {
        var record = new FundsRecord();
        var known = 0m;
        foreach (var receipt in receipts.Split("; "))
        {
            var parts = receipt.Split([": ", " @ "], StringSplitOptions.None);
            var (now, amount) = (_expiry.AddMinutes(Number(parts[0])), (decimal)Number(parts[1]));
            var seen = new FundsReceipt(amount, known, now, now, _expiry, _expiry);
            record = record.After(seen, parts[2] == "-" ? null : (decimal)Number(parts[2]));
            known = amount;
        }

        Assert.That((record.IsLate, record.LateAmount, record.LateValue), Is.EqualTo((isLate, Decimal(lateAmount), Decimal(lateValue))));
    }

    [Test]
    public void The_providers_record_of_the_first_funds_decides_however_late_the_store_looks()
    {
        var receipt = new FundsReceipt(48m, 0m, SeenOnUtc: _expiry.AddMinutes(-1), NowUtc: _expiry.AddDays(3), _expiry, _expiry);
        Assert.That(new FundsRecord().After(receipt, coinPrice: null), Is.EqualTo(new FundsRecord(_expiry.AddMinutes(-1))));
    }

    [Test]
    public void A_price_is_needed_only_for_coins_that_come_late()
    {
        var late = new FundsReceipt(48m, 0m, _expiry.AddMinutes(1), _expiry.AddMinutes(1), _expiry, _expiry);
        Assert.That(new FundsRecord().NeedsPrice(late), Is.True);
        Assert.That(new FundsRecord().After(late, 0.1m).NeedsPrice(late with { KnownAmount = 48m }), Is.False, "it was valued already");
        Assert.That(new FundsRecord().NeedsPrice(late with { QuoteExpiresOnUtc = null }), Is.False, "the price cannot move");
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static decimal? Decimal(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
