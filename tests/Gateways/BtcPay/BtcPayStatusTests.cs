using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Gateways.BtcPay;

namespace CryptoGateways.Tests.Gateways.BtcPay;

/// <summary>
/// The states of an invoice, as observed on a real server, and how invoices are found.
/// </summary>
public sealed class BtcPayStatusTests : BtcPayFixture
{
    [TestCase("New/PaidPartial", 0, ProviderStatus.Waiting, TestName = "A_double_spent_partial_payment_leaves_the_invoice_waiting")]
    [TestCase("New", 23.12, ProviderStatus.Confirming, TestName = "A_payment_is_seen_before_the_status_follows")]
    [TestCase("Processing/PaidOver", 120, ProviderStatus.Confirming, TestName = "An_unconfirmed_overpayment_is_confirming")]
    [TestCase("Settled", 185, ProviderStatus.Completed, TestName = "A_second_payment_of_a_settled_invoice_only_raises_the_received_amount")]
    [TestCase("Settled/Marked", 92.5, ProviderStatus.Completed, TestName = "An_invoice_marked_as_settled_is_completed_if_the_funds_arrived")]
    [TestCase("Settled/Marked", 0, ProviderStatus.Disputed, TestName = "An_invoice_marked_as_settled_without_funds_needs_a_person")]
    [TestCase("Settled/Marked", 92.49, ProviderStatus.Disputed, TestName = "An_invoice_marked_as_settled_with_too_little_needs_a_person")]
    [TestCase("Settled", 90, ProviderStatus.Completed, TestName = "The_plugins_own_tolerance_decides_about_a_short_settled_invoice")]
    [TestCase("Expired/PaidPartial", 0, ProviderStatus.Expired, TestName = "A_double_spent_partial_payment_leaves_the_invoice_expired")]
    [TestCase("Invalid", 0, ProviderStatus.Failed, TestName = "An_invalid_invoice_without_funds_has_failed")]
    [TestCase("Invalid", 92.5, ProviderStatus.Disputed, TestName = "Funds_that_did_not_confirm_in_time_need_a_person")]
    [TestCase("Invalid/Marked", 92.5, ProviderStatus.Failed, TestName = "An_invoice_marked_as_invalid_has_failed")]
    public async Task States(string state, decimal paid, ProviderStatus expected)
    {
        var found = await FindAsync(Invoice(state, paid));

        Assert.That((found.Status, found.Received), Is.EqualTo((expected, new Money(paid, "EUR"))));
    }

    /// <summary>An invoice that expired never becomes Settled; only its payments tell whether they are confirmed.</summary>
    [TestCase("PaidLate", 92.5, "Processing", ProviderStatus.Confirming)]
    [TestCase("PaidLate", 92.5, "Settled", ProviderStatus.Completed)]
    [TestCase("PaidPartial", 23, "Processing", ProviderStatus.Confirming)]
    [TestCase("PaidPartial", 23, "Settled", ProviderStatus.Underpaid)]
    public async Task The_payments_of_an_expired_invoice_decide(string additional, decimal paid, string payment, ProviderStatus expected)
    {
        var found = await FindAsync(With(Invoice($"Expired/{additional}", paid), "0.0", payment));

        Assert.That((found.Status, found.AcceptsBalance, found.Balance), Is.EqualTo((expected, false, (Money?)null)));
        Assert.That(found.FundsSeenOnUtc, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1796000000).UtcDateTime));
    }

    /// <summary>After a partial payment the server adds a network fee to the amount due, so the balance is not the missing share.</summary>
    [Test]
    public async Task The_balance_after_a_partial_payment_is_the_servers()
    {
        var found = await FindAsync(With(Invoice("New/PaidPartial", 23.12m), "0.00148880", "Processing"));

        Assert.That((found.Status, found.AcceptsBalance, found.Balance), Is.EqualTo((ProviderStatus.Confirming, true, new Money(0.0014888m, "BTC"))));
    }

    [Test]
    public async Task With_several_payment_methods_the_servers_page_shows_the_balance()
    {
        var invoice = With(Invoice("New/PaidPartial", 23.12m), "0.00148880", "Processing");
        var other = invoice["paymentMethods"]![0]!.DeepClone();
        (other["paymentMethodId"], other["currency"], other["payments"]) = ("LTC-CHAIN", "LTC", new JsonArray());
        invoice["paymentMethods"]!.AsArray().Add(other);

        Assert.That((await FindAsync(invoice)).Balance, Is.Null);
    }

    /// <summary>An amount of coins is rounded up to a satoshi, which is worth 25 in Vietnamese dong.</summary>
    [TestCase("0.00000000", 92.5)]
    [TestCase("-0.00000001", 117.5)]
    public async Task A_surplus_from_rounding_coins_up_is_none(string due, decimal received)
    {
        var found = await FindAsync(With(Invoice("Settled", 117.5m), due, "Settled"));

        Assert.That(found.Received, Is.EqualTo(new Money(received, "EUR")));
    }

    [Test]
    public async Task Transactions_are_listed_without_the_number_of_their_output()
    {
        var found = await FindAsync(With(Invoice("Settled", 92.5m), "0", "Settled", "Settled"));

        Assert.That(found.TransactionIds, Is.EqualTo(new[] { new string('a', 64), new string('b', 64) }));
    }

    [Test]
    public void Coins_of_a_test_network_pay_nothing_unless_the_owner_says_so()
    {
        Provider.Answer = Answers.Json(Invoice("Settled", 92.5m).ToJsonString());

        Assert.That(() => Gateway.FindAsync(Handle(Document.InvoiceId), Settings((BtcPaySettings.TestNetworkField, "false")), CancellationToken.None),
            Throws.TypeOf<GatewayException>().With.Message.Contains("test network"));
    }

    /// <summary>The server answers 403 for an invoice that does not exist. The list tells whether the key has lost its permission.</summary>
    [Test]
    public async Task A_403_for_an_unknown_invoice_does_not_mean_that_the_key_is_lost()
    {
        Provider.Answer = Answers.InTurn(Answers.Json(Document.Text("unknown-invoice"), 403), Answers.Json("[]"));

        Assert.That(await Gateway.FindAsync(Handle("Unknown1234567890abcde"), Settings(), CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_403_for_the_list_as_well_means_that_the_key_may_not_read()
    {
        Provider.Answer = Answers.Json(Document.Text("unknown-invoice"), 403);

        var exception = await FaultAsync(() => Gateway.FindAsync(Handle(Document.InvoiceId), Settings(), CancellationToken.None));

        Assert.That((exception.Fault, Provider.Requests.Count), Is.EqualTo((GatewayFault.Forbidden, 2)));
    }

    [Test]
    public async Task A_payment_whose_create_response_was_lost_is_found_by_its_reference()
    {
        Provider.Answer = Answers.Json(new JsonArray(Invoice()).ToJsonString());

        var found = await Gateway.FindAsync(Handle(), Settings(), CancellationToken.None);

        Assert.That((found!.ExternalId, found.CheckoutUrl?.AbsolutePath), Is.EqualTo((Document.InvoiceId, $"/i/{Document.InvoiceId}")));
        Assert.That(Provider.Requests.Single().Target, Is.EqualTo($"{Path}?orderId={Reference}&includeArchived=true&includePaymentMethods=true"));
    }

    [Test]
    public async Task A_reference_without_an_invoice_is_not_found()
    {
        Provider.Answer = Answers.Json("[]");

        Assert.That(await Gateway.FindAsync(Handle(), Settings(), CancellationToken.None), Is.Null);
    }

    /// <summary>One call for 25 payments. Two invoices with one orderId are told apart by their id; without it, neither is used.</summary>
    [Test]
    public async Task Many_payments_are_found_with_few_calls()
    {
        var payments = Enumerable.Range(0, 30).Select(number => Handle($"invoice{number}", $"reference{number}")).Append(Handle(null, "twice")).ToList();
        Provider.Answer = Answers.Json(new JsonArray(
        [
            .. Enumerable.Range(0, 30).Select(number => (JsonNode)Invoice("Settled", 92.5m, $"invoice{number}", $"reference{number}")),
            Invoice("New", 0m, "another", "reference7"), Invoice("New", 0m, "one", "twice"), Invoice("Settled", 92.5m, "two", "twice"), null
        ]).ToJsonString());

        var found = await Gateway.FindManyAsync(payments, Settings(), CancellationToken.None);

        Assert.That((found.Count, Provider.Requests.Count), Is.EqualTo((30, 2)));
        Assert.That(found["reference7"].ExternalId, Is.EqualTo("invoice7"));
    }

    private async Task<ProviderPayment> FindAsync(JsonObject invoice)
    {
        Provider.Answer = Answers.Json(invoice.ToJsonString());
        return (await Gateway.FindAsync(Handle(Document.InvoiceId), Settings(), CancellationToken.None))!;
    }
}
