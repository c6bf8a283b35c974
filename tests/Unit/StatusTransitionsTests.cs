using Nop.Plugin.Payments.CryptoGateways.Domain;
using static Nop.Plugin.Payments.CryptoGateways.Domain.CryptoPaymentStatus;

namespace CryptoGateways.Tests.Unit;

public sealed class StatusTransitionsTests
{
    private static readonly CryptoPaymentStatus[] _all = Enum.GetValues<CryptoPaymentStatus>();

    private static readonly CryptoPaymentStatus[] _columns =
        [Creating, AwaitingPayment, Confirming, Authorized, Paid, Underpaid, Overpaid, PaidLate, Expired, Failed, Canceled, Disputed, Refunded, PartiallyRefunded];

    /// <summary>A row for each status that is left, a column (in the order of <see cref="_columns"/>) for each that is entered.</summary>
    private static readonly (CryptoPaymentStatus From, string Moves)[] _table =
    [
        //                  Cr Aw Co Au  Pa Un Ov La  Ex Fa Ca  Di Re PR
        (Creating,          "-  x  x  x   x  x  x  x   x  x  x   x  x  x"),
        (AwaitingPayment,   ".  -  x  x   x  x  x  x   x  x  x   x  x  x"),
        (Confirming,        ".  x  -  x   x  x  x  x   x  x  x   x  x  x"),
        (Authorized,        ".  .  .  -   x  x  x  x   x  x  x   x  x  x"),
        (Paid,              ".  .  .  .   -  .  x  .   .  .  .   x  x  x"),
        (Underpaid,         ".  .  .  .   x  -  x  x   .  .  .   x  x  x"),
        (Overpaid,          ".  .  .  .   .  .  -  .   .  .  .   x  x  x"),
        (PaidLate,          ".  .  .  .   .  .  .  -   .  .  .   .  x  x"),
        (Expired,           ".  .  x  x   x  x  x  x   -  .  .   x  .  ."),
        (Failed,            ".  .  x  x   x  x  x  x   .  -  .   x  .  ."),
        (Canceled,          ".  .  x  x   x  x  x  x   .  .  -   x  .  ."),
        (Disputed,          ".  .  .  x   x  x  x  x   .  x  x   -  x  x"),
        (Refunded,          ".  .  .  .   .  .  .  .   .  .  .   x  -  ."),
        (PartiallyRefunded, ".  .  .  .   .  .  .  .   .  .  .   x  x  -")
    ];

    private static IEnumerable<TestCaseData> Pairs() =>
        from row in _table
        from cell in row.Moves.Split(' ', StringSplitOptions.RemoveEmptyEntries).Zip(_columns)
        select new TestCaseData(row.From, cell.Second).Returns(cell.First == "x");

    [TestCaseSource(nameof(Pairs))]
    public bool A_move_is_allowed_as_the_table_says(CryptoPaymentStatus from, CryptoPaymentStatus to) =>
        StatusTransitions.IsAllowed(from, to);

    [Test]
    public void The_table_holds_every_pair() =>
        Assert.That(Pairs().Select(pair => (pair.Arguments[0], pair.Arguments[1])), Is.EquivalentTo(from one in _all from two in _all select ((object)one, (object)two)));

    [Test]
    public void From_a_refund_no_way_leads_back_to_paid_but_through_a_dispute()
    {
        var reached = new HashSet<CryptoPaymentStatus> { Refunded };
        while (_all.Any(to => to != Disputed && reached.Any(from => StatusTransitions.IsAllowed(from, to)) && reached.Add(to)))
        {
        }

        Assert.That(reached, Is.EqualTo(new[] { Refunded }));
    }

    [Test]
    public void Nothing_is_created_twice_and_money_that_is_here_is_never_awaited_again() =>
        Assert.That(
            from status in _all
            where StatusTransitions.IsAllowed(status, Creating)
                || StatusTransitions.IsSettled(status) && new[] { AwaitingPayment, Confirming, Authorized, Expired, Failed, Canceled }.Any(to => StatusTransitions.IsAllowed(status, to))
            select status, Is.Empty);

    [Test]
    public void Only_settled_statuses_say_that_the_provider_has_the_money() =>
        Assert.That(_all.Where(StatusTransitions.IsSettled), Is.EquivalentTo(new[] { Paid, Underpaid, Overpaid, PaidLate }));

    [Test]
    public void A_shopper_is_led_to_pay_again_only_where_no_money_is_on_its_way() =>
        Assert.That(_all.Where(status => !StatusTransitions.HoldsFunds(status)), Is.EquivalentTo(new[] { Creating, AwaitingPayment, Expired, Failed, Canceled }));
}
