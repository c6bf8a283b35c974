using System.Security.Cryptography;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Makes an attempt to pay an order: our row first, then the one call that creates the payment at the provider. An answer that
/// was lost is never asked for again by a second create call; the synchronizer finds the payment by its reference.
/// </summary>
public class PaymentInitiator(IRepository<CryptoPayment> payments, AttemptWriter writer, OrderLock leases, PaymentSynchronizer synchronizer,
    OrderReader orders, PaymentCreator creator, PayPageLinks payPages, TimeProvider time)
{
    /// <summary>How long a second click waits for the first one.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Leads to a page where the order can be paid: that of the open attempt, or of a new one.
    /// </summary>
    /// <param name="orderId">The order.</param>
    /// <param name="option">The shopper's choice.</param>
    public async Task<StartResult> StartAsync(int orderId, PaymentOption option)
    {
        if (await leases.TakeAsync(orderId, _patience) is not { } lease)
            return StartResult.Busy;

        // Not bound to the shopper's connection: who closes the browser must not leave a half-made payment.
        using var work = new CancellationTokenSource(OrderLock.WorkTime, time);

        try
        {
            return await StartHeldAsync(orderId, option, lease, work.Token);
        }
        finally
        {
            await leases.ReleaseAsync(lease);
        }
    }

    private async Task<StartResult> StartHeldAsync(int orderId, PaymentOption option, Lease lease, CancellationToken cancellationToken)
    {
        foreach (var open in (await AttemptsAsync(orderId)).Where(MayBeFollowed))
            await synchronizer.SynchronizeHeldAsync(open.Id, SynchronizationSource.Start, lease, onlyIfDue: !MustBeKnown(open), cancellationToken);

        var attempts = await AttemptsAsync(orderId);
        var order = await orders.FindAsync(orderId);
        if (order is null || PaymentFactsReader.StateOf(order) != OrderState.Open || !attempts.All(MayBeFollowed))
            return StartResult.NothingToPay;

        // What is owed may have changed since the offer was made, also by what was just learnt.
        if (await orders.BalanceAsync(order, attempts) != option.Price)
            return StartResult.Changed;

        if (attempts.LastOrDefault(attempt => CanBePaidAgain(attempt, option)) is { } again)
            return await GoOnAsync(again, attempts, lease);
        if (AttemptLimit.PauseBefore(attempts, Now) is not null)
            return StartResult.TooMany;

        var payment = NewAttempt(order, option, attempts.Count == 0 ? 1 : attempts[^1].Attempt + 1);
        try
        {
            await payments.InsertAsync(payment, publishEvent: false);
        }
        catch (Exception)
        {
            // Paused for so long that another click has made this attempt: the unique index refuses a second one.
            if ((await AttemptsAsync(orderId)).Count == attempts.Count)
                throw;
            return StartResult.Busy;
        }
        return await CreateAsync(payment, order, lease, cancellationToken);
    }

    /// <summary>Leads back to an attempt that is still open; it is the newest from now on.</summary>
    private async Task<StartResult> GoOnAsync(CryptoPayment attempt, IReadOnlyList<CryptoPayment> attempts, Lease lease)
    {
        if (attempts.Any(other => other.IsNewerThan(attempt)))
        {
            attempt.ChosenOnUtc = Now;
            await writer.SaveAsync(attempt, lease);
        }
        return StartResult.Redirect((await payPages.PageOfAsync(attempt))!);
    }

    private async Task<StartResult> CreateAsync(CryptoPayment payment, Order order, Lease lease, CancellationToken cancellationToken)
    {
        var (created, error) = await creator.CreateAsync(payment, order, cancellationToken);
        payment.UpdatedOnUtc = Now;
        if (created is null)
        {
            payment.FailureReason = ExternalText.Readable($"{error!.Fault}: {error.Message}", TextLengths.FailureReason);
            if (error.CreatedNothing)
            {
                payment.Status = CryptoPaymentStatus.Failed;
                payment.NextCheckOnUtc = null;
            }
            await writer.SaveAsync(payment, lease);
            return StartResult.ProviderFailed;
        }

        payment.Status = CryptoPaymentStatus.AwaitingPayment;
        ProviderFacts.Take(payment, created);
        if (payment.QuoteExpiresOnUtc is not null && payment.ExpiresOnUtc < payment.QuoteExpiresOnUtc)
            payment.QuoteExpiresOnUtc = payment.ExpiresOnUtc;
        try
        {
            // A worker that was paused must not overwrite what its successor found: the payment is watched, and the shopper can try again.
            if (!await writer.SaveAsync(payment, lease))
                return StartResult.ProviderFailed;
        }
        catch (Exception) when (created.ExternalId is not null)
        {
            // The index on the provider's ids refused it, or the database failed: a look decides.
            if (!await IsAnothersAsync(payment))
                throw;
            await synchronizer.SynchronizeHeldAsync(payment.Id, SynchronizationSource.Start, lease, onlyIfDue: false, cancellationToken, AsTold(payment));
            return StartResult.ProviderFailed;
        }
        return StartResult.Redirect((await payPages.PageOfAsync(payment))!);
    }

    private async Task<bool> IsAnothersAsync(CryptoPayment payment) =>
        (await payments.GetAllAsync(query => query.Where(other => other.Gateway == payment.Gateway && other.ExternalId == payment.ExternalId && other.Id != payment.Id))).Any();

    /// <summary>The answer to the create call as an answer to a question.</summary>
    private static ProviderPayment AsTold(CryptoPayment payment) => new()
    {
        Status = ProviderStatus.Waiting,
        StatusText = payment.ProviderStatus ?? string.Empty,
        Reference = payment.Reference,
        ExternalId = payment.ExternalId,
        Amount = payment.Quoted
    };

    private async Task<IReadOnlyList<CryptoPayment>> AttemptsAsync(int orderId) =>
        [.. await payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId).OrderBy(payment => payment.Attempt))];

    /// <summary>It holds no money, or is over and holds a part only: another attempt may ask for what is still owed.</summary>
    private static bool MayBeFollowed(CryptoPayment attempt) => !StatusTransitions.HoldsMoney(attempt.Status) || OutstandingBalance.IsPartialPayment(attempt);

    /// <summary>
    /// The provider is asked about it now, whenever the next check is due, unless it was asked a moment ago: the rest depends on a part
    /// that came, and a payment whose create answer was lost may exist.
    /// </summary>
    private bool MustBeKnown(CryptoPayment attempt) => OutstandingBalance.IsPartialPayment(attempt) && attempt.UpdatedOnUtc + ReturnThrottle.Pause <= Now || attempt is { Status: CryptoPaymentStatus.Creating, Checks: 0 };

    /// <summary>The shopper's way back to a page that is still open, for the same choice and the same price.</summary>
    private bool CanBePaidAgain(CryptoPayment last, PaymentOption option) =>
        last is { Status: CryptoPaymentStatus.AwaitingPayment, HasPage: true } && !(last.ExpiresOnUtc <= Now || last.QuoteExpiresOnUtc <= Now)
        && (last.Address is null || option.Coin.FaultOf(last.Address) is null)
        && last.Gateway == option.Gateway.SystemName && last.Coin == option.Coin.Code && last.Quoted == option.Amount && last.PriceAmount == option.Price.Amount;

    private CryptoPayment NewAttempt(Order order, PaymentOption option, int attempt)
    {
        var reference = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 20);
        return new CryptoPayment
        {
            OrderId = order.Id,
            StoreId = order.StoreId,
            Attempt = attempt,
            Gateway = option.Gateway.SystemName,
            Reference = reference,
            ExternalId = "~" + reference,
            PriceAmount = option.Price.Amount,
            PriceCurrency = option.Price.Currency,
            Coin = option.Coin.Code,
            Network = option.Coin.Network,
            PayAmount = option.Amount.Amount,
            PayCurrency = option.Amount.Currency,
            AmountUnit = option.AmountUnit,
            Status = CryptoPaymentStatus.Creating,
            TokenNonce = PayPageLinks.NewNonce(),
            CreatedOnUtc = Now,
            ChosenOnUtc = Now,
            UpdatedOnUtc = Now,
            NextCheckOnUtc = Now + CheckSchedule.First,
            QuoteExpiresOnUtc = Now + option.QuoteLifetime
        };
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}

/// <summary>
/// Where starting a payment led.
/// </summary>
public sealed record StartResult(StartOutcome Outcome, string? Url = null)
{
    /// <summary>The order is paid, cancelled or has money on the way.</summary>
    public static readonly StartResult NothingToPay = new(StartOutcome.NothingToPay);

    /// <summary>Another click is at work.</summary>
    public static readonly StartResult Busy = new(StartOutcome.Busy);

    /// <summary>The order does not owe what was offered any more.</summary>
    public static readonly StartResult Changed = new(StartOutcome.Changed);

    /// <summary>The order had as many attempts in the last hour as it may have.</summary>
    public static readonly StartResult TooMany = new(StartOutcome.TooMany);

    public static readonly StartResult ProviderFailed = new(StartOutcome.ProviderFailed);

    public static StartResult Redirect(string url) => new(StartOutcome.Redirect, url);
}

/// <summary>
/// See <see cref="StartResult"/>.
/// </summary>
public enum StartOutcome
{
    Redirect,
    NothingToPay,
    Busy,
    Changed,
    ProviderFailed,

    /// <summary>See <see cref="AttemptLimit"/>.</summary>
    TooMany
}

/// <summary>
/// How many payments a shopper may start for one order: each makes a payment at the provider that has to be watched. Pure.
/// </summary>
public static class AttemptLimit
{
    /// <summary>New attempts for an order in an hour.</summary>
    public const int PerHour = 10;

    private static readonly TimeSpan _window = TimeSpan.FromHours(1);

    /// <summary>How long it takes until another attempt may be started; null when it may be now.</summary>
    /// <param name="attempts">All of the order's.</param>
    /// <param name="now">UTC.</param>
    public static TimeSpan? PauseBefore(IEnumerable<CryptoPayment> attempts, DateTime now) =>
        attempts.Select(attempt => attempt.CreatedOnUtc).OrderDescending().Skip(PerHour - 1).FirstOrDefault() is var decisive && decisive + _window > now
            ? decisive + _window - now
            : null;
}
