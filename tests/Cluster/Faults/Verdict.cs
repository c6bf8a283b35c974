using CryptoGateways.Tests.Cluster.Farm;

namespace CryptoGateways.Tests.Cluster.Faults;

/// <summary>
/// How an order stands for which the provider has the money.
/// </summary>
/// <param name="Text">As the table shows it.</param>
/// <param name="IsFinal">Nothing more has to happen.</param>
internal sealed record Verdict(string Text, bool IsFinal)
{
    private const int Paid = 40;

    /// <summary>A promise is broken.</summary>
    public bool IsBroken => Text.StartsWith("LOST", StringComparison.Ordinal) || Text.StartsWith("DOUBLED", StringComparison.Ordinal);

    public static Verdict Of(Stores stores, int orderId)
    {
        var order = stores.Database.Order(orderId);
        var attempts = stores.Database.Attempts(orderId);
        var notes = stores.Database.Notes(orderId);
        var alerted = notes.Any(note => note.Contains("the store stopped before", StringComparison.Ordinal));
        if (order is { PaidEvents: > 1 } or { PaidMails: > 1 } || notes.Count(note => note == "Order has been marked as paid") > 1)
            return new($"DOUBLED: {order}", true);
        if (notes.Where(note => note.StartsWith("Crypto", StringComparison.Ordinal)).GroupBy(note => note).Any(same => same.Count() > 1))
            return new("DOUBLED: a note", true);
        if (!order.Paid || attempts.All(attempt => attempt.Status != Paid))
            return new($"LOST: {order}, attempts {string.Join(' ', attempts.Select(attempt => attempt.Status))}", false);

        return order switch
        {
            { PaidEvents: 1, PaidMails: 1, HasPaidDate: true } => new(alerted ? "settled, alerted" : "settled", true),
            _ when alerted => new("alerted", true),
            { PaidEvents: 1, PaidMails: 0 } => new("settled, mail lost", true),
            _ => new($"LOST: paid without event and alert, {order}", false)
        };
    }
}
