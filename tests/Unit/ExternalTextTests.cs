using System.Text.RegularExpressions;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Text that comes from outside never fails to be stored: it is shortened, hashed or refused in one place.
/// </summary>
public sealed class ExternalTextTests
{
    private const string Ours = "ours";
    private const string Fitted = "goes through ExternalText.Fit";

    /// <summary>Where the text of each column comes from.</summary>
    private static readonly Dictionary<string, string> _columns = new()
    {
        ["AdminAlert.AlertKey"] = Ours,
        ["AdminAlert.Message"] = Ours,
        ["CoinPrice.Coin"] = Ours,
        ["CoinPrice.Currency"] = Ours,
        ["CoinPrice.Source"] = Ours,
        ["CryptoPayment.Gateway"] = Ours,
        ["CryptoPayment.Reference"] = Ours,
        ["CryptoPayment.ExternalId"] = Fitted,
        ["CryptoPayment.CheckoutUrl"] = Fitted,
        ["CryptoPayment.Address"] = Fitted,
        ["CryptoPayment.AddressTag"] = Fitted,
        ["CryptoPayment.Network"] = Ours,
        ["CryptoPayment.PriceCurrency"] = Ours,
        ["CryptoPayment.Coin"] = Ours,
        ["CryptoPayment.PayCurrency"] = Ours,
        ["CryptoPayment.AmountUnit"] = Ours,
        ["CryptoPayment.ReceivedCurrency"] = Fitted,
        ["CryptoPayment.NetCurrency"] = Fitted,
        ["CryptoPayment.TransactionIds"] = Fitted,
        ["CryptoPayment.ProviderStatus"] = Fitted,
        ["CryptoPayment.TokenNonce"] = Ours,
        ["CryptoPayment.FailureReason"] = Fitted,
        ["CryptoPayment.ProviderAnswer"] = Fitted,
        ["GatewayHealth.Gateway"] = Ours,
        ["Lease.Resource"] = Ours,
        ["Lease.Owner"] = Ours,
        ["PaymentEvent.EventKey"] = Fitted,
        ["PaymentEvent.Name"] = Fitted,
        ["PaymentEvent.Outcome"] = Ours,
        ["PaymentEvent.StatedCurrency"] = Fitted,
        ["PaymentEvent.StatedExternalId"] = Fitted,
        ["PaymentEvent.StatedNetCurrency"] = Fitted,
        ["PaymentEvent.SignatureForm"] = Ours,
        ["PaymentEvent.Body"] = Fitted,
        ["SelfTestTicket.Number"] = Ours,
        ["SelfTestTicket.Secret"] = Ours
    };

    /// <summary>The classes that write such columns: each takes the text from <see cref="ExternalText"/>, or from a row.</summary>
    private static readonly string[] _writers = ["ExternalText", "ManualSettlement", "PaymentInitiator", "PaymentEventService", "ProviderFacts"];

    [Test]
    public void Of_every_text_column_it_is_known_where_its_text_comes_from() =>
        Assert.That(from entity in Columns.Entities
                    from property in entity.GetProperties()
                    where property.PropertyType == typeof(string) && property.CanWrite
                    select $"{entity.Name}.{property.Name}", Is.EquivalentTo(_columns.Keys));

    [Test]
    public void Lengths_of_columns_are_constants_that_others_use_too() =>
        Assert.That(Sources.Code.Where(file => file.Key.StartsWith("Data/", StringComparison.Ordinal)).SelectMany(file => Regex.Matches(file.Value, @"AsString\(([^)]*)\)"))
            .Select(match => match.Groups[1].Value), Is.All.StartsWith("TextLengths."));

    [Test]
    public void Text_from_outside_is_written_in_few_places()
    {
        var names = string.Join('|', _columns.Where(column => column.Value == Fitted).Select(column => column.Key.Split('.')[1]).Except(["Name", "Body", "EventKey"]));
        Assert.That(Sources.Code.Where(file => file.Key.StartsWith("Services/", StringComparison.Ordinal)
                && Regex.IsMatch(file.Value, $@"\b(payment|row|webhook|event|reopening|operation)\.({names})\b[^=(\n]*\)? = (?!>)"))
            .Select(file => Path.GetFileNameWithoutExtension(file.Key).Split('.')[0]), Is.SubsetOf(_writers).And.Not.Empty);
    }

    [TestCase("paid", 64, "paid")]
    [TestCase("zahlung bestätigt: 已付款", 64, "zahlung bestätigt: 已付款")]
    [TestCase("abcdef", 3, "abc")]
    [TestCase("a\0b", 64, "ab")]
    [TestCase("a\u0007b\r\n\tc", 64, "ab\n\tc")]
    [TestCase("a\ud83d\ude00b", 64, "a\ufffdb")]
    [TestCase("ab\ud83d\ude00", 3, "ab\ufffd", Description = "a pair is not cut in two")]
    [TestCase("\0\0\0\0", 2, "")]
    public void What_people_read_is_cleaned_and_shortened(string text, int length, string kept) =>
        Assert.That(ExternalText.Clean(text, length), Is.EqualTo(kept));

    /// <summary>Attributes hold no lone surrogates.</summary>
    [Test]
    public void Half_a_character_is_left_out() =>
        Assert.That(new[] { "a\ud83db\ude00", "\ude00\ud83dab", "ab\ud83d" }.Select(text => ExternalText.Clean(text, 64)), Is.All.EqualTo("ab"));

    [TestCase("f47ac10b-58cc-4372-a567-0e02b2c3d479", true)]
    [TestCase("CPEI48A1P31Y1N2SKCXGXKQSTF", true)]
    [TestCase("", false)]
    [TestCase("a b", false)]
    [TestCase("a\0", false)]
    [TestCase("é", false)]
    [TestCase("~reference", false, Description = "stands for an id that is not known")]
    [TestCase("sha256:00", false, Description = "stands for a hash")]
    public void A_key_is_kept_when_it_is_short_and_clean(string id, bool isKept)
    {
        Assert.That(ExternalText.IsKey(id, 128), Is.EqualTo(isKept));
        Assert.That(ExternalText.ToKey(id, 128), isKept ? Is.EqualTo(id) : Does.Match("^sha256:[0-9a-f]{64}$"));
    }

    [Test]
    public void Keys_that_differ_stay_different()
    {
        var long1 = new string('a', 129);
        string[] ids = [long1, long1 + "b", "a\0", "a", "a ", "a\ud800", "a\ud801", "~a", "sha256:a", ExternalText.ToKey(long1, 128), "A"];

        Assert.That(ids.Select(id => ExternalText.ToKey(id, 128)), Is.Unique);
    }

    [Test]
    public void Of_too_many_transactions_the_last_are_kept()
    {
        var all = Enumerable.Range(0, 100).Select(number => $"{number:000}-{new string('x', 60)}").ToList();

        var kept = ExternalText.JoinLines(all, 2000);

        Assert.That(kept.Length, Is.InRange(1900, 2000));
        Assert.That(kept.Split('\n'), Is.EqualTo(all.TakeLast(30)));
        Assert.That(ExternalText.JoinLines(["a\nb", "", "\0", "c"], 2000), Is.EqualTo("a b\nc"));
    }

    /// <summary>Shown to nobody, so that nobody can pay: half an address is worse than none.</summary>
    [Test]
    public void What_a_shopper_would_need_whole_is_a_bad_answer_when_it_does_not_fit()
    {
        var good = new CreatedPayment("id", new Uri("https://pay.example/1"), "new") { PayTo = new PayTo("address", new Money(1m, "BTC")) { Tag = "12" } };
        Assert.That(ExternalText.Fit(good), Is.EqualTo(good));

        CreatedPayment[] bad =
        [
            good with { CheckoutUrl = new Uri("https://pay.example/" + new string('a', 2000)) },
            good with { PayTo = good.PayTo with { Address = new string('a', 257) } },
            good with { PayTo = good.PayTo with { Address = "a\0b" } },
            good with { PayTo = good.PayTo with { Address = "a\ud83d\ude00b" } },
            good with { PayTo = good.PayTo with { Tag = new string('1', 129) } },
            good with { PayTo = good.PayTo with { Tag = "1\0" } },
            good with { PayTo = good.PayTo with { Due = new Money(10_000_000_000m, "BTC") } },
            good with { PayTo = good.PayTo with { Due = new Money(decimal.MaxValue, "BTC") } },
            good with { PayTo = good.PayTo with { Due = new Money(-1m, "BTC") } },
            good with { PayTo = good.PayTo with { Due = new Money(1m, "B T C") } }
        ];
        Assert.That(bad.Where(created => FaultOf(() => ExternalText.Fit(created)) != GatewayFault.BadAnswer), Is.Empty);
    }

    [Test]
    public void Amounts_of_a_status_that_cannot_be_stored_are_a_bad_answer()
    {
        var good = Facts.Answer(ProviderStatus.Completed) with { Received = new Money(1m, "BTC"), Expected = new Money(1m, "BTC"), Net = new Money(1m, "USD") };
        Assert.That(ExternalText.Fit(good), Is.EqualTo(good));

        var amounts = new[] { -1m, 10_000_000_000m, decimal.MaxValue, decimal.MinValue };
        Assert.That(amounts.Where(amount => new[]
        {
            good with { Amount = new Money(amount, "USDT") }, good with { Received = new Money(amount, "BTC") }, good with { Expected = new Money(amount, "BTC") },
            good with { Net = new Money(amount, "USD") }
        }.Any(answer => FaultOf(() => ExternalText.Fit(answer)) != GatewayFault.BadAnswer)), Is.Empty);
        Assert.That(FaultOf(() => ExternalText.Fit(good with { Expected = new Money(0m, "BTC") })), Is.EqualTo(GatewayFault.BadAnswer));
        Assert.That(FaultOf(() => ExternalText.Fit(good with { Received = new Money(1m, new string('B', 33)) })), Is.EqualTo(GatewayFault.BadAnswer));
    }

    /// <summary>More decimals than are stored would look like new coins at every check.</summary>
    [Test]
    public void What_arrived_is_rounded_down_to_the_decimals_that_are_stored_and_what_is_asked_for_up()
    {
        var fitted = ExternalText.Fit(Facts.Answer(ProviderStatus.Completed) with { Received = new Money(1.0000000000000000019m, "BTC"), Expected = new Money(1.0000000000000000011m, "BTC") });

        Assert.That((fitted.Received!.Value.Amount, fitted.Expected!.Value.Amount), Is.EqualTo((1.000000000000000001m, 1.000000000000000002m)));
    }

    [TestCase("USDT\0", "100")]
    [TestCase("USDT\ud83d\ude00", "100")]
    [TestCase("USDTUSDTUSDTUSDTUSDTUSDTUSDTUSDTUSDT", "100")]
    [TestCase("USDT", "79228162514264337593543950335")]
    public void A_webhook_that_states_what_cannot_be_stored_is_kept_and_still_contradicts(string currency, string amount)
    {
        var stated = ExternalText.Fit(Message with { Amount = new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency) }).Amount;

        Columns.Check(new PaymentEvent { EventKey = "key", StatedAmount = stated!.Value.Amount, StatedCurrency = stated.Value.Currency });
        var facts = Facts.Completed with { Statements = [new Statement(stated, null)] };
        Assert.That(PaymentDecision.Decide(facts).Status, Is.EqualTo(CryptoPaymentStatus.Disputed));
    }

    [Test]
    public void A_hashed_id_is_never_sent_to_the_provider_as_its_own()
    {
        var payment = new CryptoPayment { Reference = "ref", ExternalId = ExternalText.ToKey(new string('a', 200), TextLengths.ExternalId) };

        Assert.That(PaymentHandle.Of(payment).ExternalId, Is.Null);
        Assert.That(payment.KnownExternalId, Is.EqualTo(payment.ExternalId), "and still tells one payment from another");
    }

    private static WebhookMessage Message => new() { EventName = "paid", Reference = "ref", ScrubbedBody = "{}" };

    private static GatewayFault? FaultOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (GatewayException exception)
        {
            return exception.Fault;
        }
    }
}
