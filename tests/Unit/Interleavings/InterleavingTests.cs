using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Unit.Interleavings;

/// <summary>
/// Webhooks, returns, task runs, retries, cancellations at the provider and in the store, lost answers and dying processes, step by
/// step in random order; partial payments that are sent back, prices that change, quotes that expire, clocks that jump, and processes that
/// are paused for longer than their lease lasts. INTERLEAVING_SEED replays one round, INTERLEAVING_ROUNDS runs more.
/// </summary>
public class InterleavingTests
{
    private static readonly int _rounds = Number("INTERLEAVING_ROUNDS") ?? 1000;
    private static readonly int? _seed = Number("INTERLEAVING_SEED");

    [Test]
    public void Money_at_the_provider_is_visible_on_the_order_and_no_order_is_paid_twice()
    {
        var first = _seed ?? Random.Shared.Next(1_000_000) * 1000;
        TestContext.Out.WriteLine($"INTERLEAVING_SEED={first}, {(_seed is null ? _rounds : 1)} rounds");
        var broken = Enumerable.Range(first, _seed is null ? _rounds : 1).AsParallel().Select(seed =>
        {
            var round = new Round(seed);
            round.Run();
            return (Seed: seed, What: round.Broken().ToList(), round.Trace);
        }).Where(round => round.What.Count > 0).ToList();
        Assert.That(broken, Is.Empty, () => $"INTERLEAVING_SEED={broken[0].Seed}\n{string.Join('\n', broken[0].What)}\n\n{string.Join('\n', broken[0].Trace)}");
    }

    [Test]
    public void The_same_seed_is_the_same_round()
    {
        var traces = new[] { 7, 7 }.Select(seed =>
        {
            var round = new Round(seed);
            round.Run();
            return round.Trace;
        }).ToList();

        Assert.That(traces[1], Is.EqualTo(traces[0]));
    }

    [Test]
    public void Without_the_unique_rows_it_would_not_hold() =>
        Assert.That(Enumerable.Range(0, 200).Any(seed =>
        {
            var round = new Round(seed, unique: false);
            round.Run();
            return round.Broken().Any();
        }), Is.True);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>One order's story.</summary>
    private sealed class Round(int seed, bool unique = true)
    {
        private readonly Random _random = new(seed);
        private readonly World _world = new(seed, unique);
        private int _actors;
        private bool _killed;
        private bool _paused;
        private string? _changedAtTheEnd;

        public IReadOnlyList<string> Trace => _world.Steps.Trace;

        public void Run()
        {
            Start("shopper", () => _world.PayWithAsync(0));
            for (var left = 3 + _random.Next(6); (left > 0 || _world.Steps.Anybody() is not null) && Trace.Count <= Steps.Longest;)
            {
                if (left > 0 && _random.Next(8) == 0)
                {
                    left--;
                    Happen();
                }
                else if (!_world.Steps.Next() && left > 0)
                {
                    left--;
                    Happen();
                }
            }
            while (_world.Steps.Next())
            {
            }
            Settle();
        }

        /// <summary>What is wrong now that nothing more happens.</summary>
        public IEnumerable<string> Broken()
        {
            var order = _world.Orders.All.Single();
            var notes = _world.Notes.All.Select(note => note.Note).ToList();
            var attempts = _world.Payments.All;
            var paid = _world.Provider.Payments.Values.Where(payment => payment.Status == ProviderStatus.Completed).Select(payment => payment.Reference!).ToList();
            if (_world.Steps.Trace.Count > Steps.Longest)
                yield return "it never ends";
            foreach (var failure in _world.Steps.Failures())
                yield return $"failed: {failure.Message}";
            if (_world.Platform.PaidEvents > 1 || _world.Platform.PaidMails > 1 || notes.Count(note => note == "marked as paid") > 1)
                yield return $"paid {_world.Platform.PaidEvents} times";
            foreach (var reference in paid.Where(reference => !notes.Any(note => note.EndsWith(reference, StringComparison.Ordinal))))
                yield return $"money of {reference} is not visible";
            if (order.PaymentStatus == PaymentStatus.Paid && _world.Provider.Money * _world.HighestPrice < World.Total)
                yield return $"paid with {_world.Provider.Money}";
            if (paid.Count > 0 && order.OrderStatus != OrderStatus.Cancelled && order.PaymentStatus != PaymentStatus.Paid
                && attempts.All(attempt => !paid.Contains(attempt.Reference) || attempt.LateAmount is null || attempt.Status is not (CryptoPaymentStatus.Underpaid or CryptoPaymentStatus.PaidLate)))
                yield return "the order waits although the money is there";
            if (attempts.Count(attempt => attempt.Status == CryptoPaymentStatus.Paid) > 1)
                yield return "two attempts count as paid";
            if (notes.GroupBy(note => note).FirstOrDefault(same => same.Count() > 1) is { } doubled)
                yield return $"note doubled: {doubled.Key}";
            if (_world.Provider.Creations.GroupBy(reference => reference).Any(same => same.Count() > 1))
                yield return "created twice under one reference";
            if (order.PaymentStatus == PaymentStatus.Paid && _world.Platform.PaidEvents == 0 && !notes.Any(note => note.StartsWith("PaidEventMissing", StringComparison.Ordinal)))
                yield return "paid, without event and without alert";
            if (_changedAtTheEnd is not null)
                yield return $"another look changed {_changedAtTheEnd}";
            if (!_killed && !_paused && order.PaymentStatus == PaymentStatus.Paid && (_world.Platform.PaidEvents, _world.Platform.PaidMails) != (1, 1))
                yield return "paid without event or mail, and nobody was killed";
        }

        private void Happen()
        {
            var references = _world.Provider.Payments.Keys.ToList();
            var reference = references.Count == 0 ? "none" : references[_random.Next(references.Count)];
            switch (_random.Next(16))
            {
                case 0 or 1 or 2 when references.Count > 0 && _world.Provider.Payments[reference].Status != ProviderStatus.Underpaid:
                    Become(reference, ProviderStatus.Completed);
                    var eventId = _world.NewEvent();
                    for (var copies = _random.Next(3); copies > 0; copies--)
                        Start("webhook", () => _world.WebhookAsync(reference, eventId));
                    break;
                case 3 when references.Count > 0 && _world.Provider.Payments[reference].Status == ProviderStatus.Waiting:
                    if (_random.Next(2) == 0)
                        Become(reference, ProviderStatus.Canceled);
                    else
                        BecomeShort(reference);
                    var cancelled = _world.NewEvent();
                    Start("webhook", () => _world.WebhookAsync(reference, cancelled));
                    break;
                case 4 or 5:
                    Start("return", () => _world.ReturnAsync(reference));
                    break;
                case 6 or 7:
                    Start("task", _world.TaskAsync);
                    break;
                case 8 or 9:
                    Start("retry", () => _world.PayWithAsync(_random.Next(2)));
                    break;
                case 10:
                    Start("cancel", _world.CancelAsync);
                    break;
                // Only when nobody is at work: what was confirmed a moment ago and is sent back at once, no lock in the store can hold.
                case 11 when references.Count > 0 && _world.Steps.Anybody() is null && _world.Provider.Payments[reference].Status == ProviderStatus.Underpaid && !IsPaid:
                    _world.Steps.Trace.Add($"{reference} is sent back");
                    _world.Provider.RefundSilently(reference);
                    break;
                case 12:
                    _world.SetPrice(new[] { 0.2m, 0.9m, 1m, 1.1m, 3m }[_random.Next(5)]);
                    break;
                case 13 when !_world.Platform.IsMarking:
                    _paused = true;
                    _world.Steps.LetPass(TimeSpan.FromMinutes(_random.Next(1, 40)));
                    break;
                case 14:
                    _world.Steps.SetClock(_random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromHours(_random.Next(-30, 30)));
                    break;
                default:
                    if (_world.Steps.Anybody() is { } somebody && !somebody.StartsWith("cancel", StringComparison.Ordinal))
                    {
                        _killed = true;
                        _world.Steps.Kill(somebody);
                    }
                    break;
            }
        }

        private void Become(string reference, ProviderStatus status)
        {
            _world.Steps.Trace.Add($"{reference} is {status} at the provider");
            _world.Provider.Become(reference, status);
        }

        private void BecomeShort(string reference)
        {
            _world.Steps.Trace.Add($"{reference} got half of its money");
            _world.Provider.BecomeShort(reference);
        }

        private bool IsPaid => _world.Orders.All.Single().PaymentStatus == PaymentStatus.Paid;

        /// <summary>Hours pass; the clock is right, the provider answers, nobody dies, the task runs. Then nothing changes any more, whatever the price does.</summary>
        private void Settle()
        {
            _world.Provider.FailsOnceIn = 0;
            _world.Steps.SetClock(TimeSpan.Zero);
            for (var run = 0; run < 4; run++)
            {
                _world.Steps.LetPass(TimeSpan.FromHours(1));
                Run("task", _world.TaskAsync);
            }

            var before = Snapshot();
            _world.SetPrice(3m);
            foreach (var reference in _world.Provider.Payments.Keys)
                Run("return", () => _world.ReturnAsync(reference));
            if (Snapshot() is var after && after != before)
                _changedAtTheEnd = $"{before}\nto {after}";
        }

        /// <summary>What another look must not change.</summary>
        private string Snapshot() => string.Join("; ", _world.Payments.All.Select(payment => $"{payment.Reference} {payment.Status} {payment.Received} {payment.LateAmount} {payment.LateValue}")
            .Append($"{_world.Orders.All.Single().PaymentStatus} {_world.Orders.All.Single().OrderStatus} {_world.Notes.All.Count} notes {_world.Platform.PaidEvents} events"));

        private void Run(string what, Func<Task> work)
        {
            Start(what, work);
            while (_world.Steps.Next())
            {
            }
        }

        private void Start(string what, Func<Task> work) => _world.Steps.Start($"{what}{++_actors}", work);
    }
}
