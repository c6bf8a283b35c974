using System.Security.Cryptography;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Starts a payment attempt: first stores the attempt, then makes the single call that creates the payment at the provider. When the
/// response is lost, no second create call is made; the synchronizer finds the payment by its reference.
/// </summary>
public class PaymentInitiator(AttemptStore store, OrderLock orderLock, PaymentSynchronizer synchronizer, OrderReader orders, PaymentCreator creator,
    PayPageLinks payPages)
{
    /// <summary>How long a second click waits for the first.</summary>
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a provider may take to create a payment while the shopper can choose another one. Otherwise the time limit of the HTTP client
    /// applies.
    /// </summary>
    public static readonly TimeSpan PatienceWithAlternatives = TimeSpan.FromSeconds(7);

    /// <summary>
    /// Returns the page on which the order can be paid: that of an open attempt, or of a new one.
    /// </summary>
    /// <param name="orderId">The order.</param>
    /// <param name="option">The shopper's choice.</param>
    /// <param name="hasAlternatives">True when another provider can be chosen for the order.</param>
    public async Task<StartResult> StartAsync(int orderId, PaymentOption option, bool hasAlternatives = false)
    {
        if (await orderLock.AcquireAsync(orderId, _lockTimeout) is not { } lease)
            return StartResult.Busy;

        // Independent of the shopper's connection: closing the browser must not leave a half-created payment.
        using var work = new CancellationTokenSource(OrderLock.WorkTime);

        try
        {
            return await StartLockedAsync(orderId, option, hasAlternatives, lease, work.Token);
        }
        finally
        {
            await orderLock.ReleaseAsync(lease);
        }
    }

    private async Task<StartResult> StartLockedAsync(int orderId, PaymentOption option, bool hasAlternatives, Lease lease, CancellationToken cancellationToken)
    {
        foreach (var previous in (await store.OfOrderAsync(orderId)).Where(AllowsNewAttempt))
            await synchronizer.SynchronizeHeldAsync(previous, SynchronizationSource.Start, lease, onlyIfDue: !NeedsCheck(previous), cancellationToken);

        var attempts = await store.OfOrderAsync(orderId);
        var order = await orders.FindAsync(orderId);
        if (order is null || PaymentFactsReader.StateOf(order) != OrderState.Open || !attempts.All(AllowsNewAttempt))
            return StartResult.NothingToPay;

        // The balance may have changed since the option was shown, also through the checks above.
        if (await orders.BalanceAsync(order, attempts) != option.Price)
            return StartResult.Changed;

        if (attempts.LastOrDefault(attempt => CanResume(attempt, option)) is { } open)
            return await ResumeAsync(open, attempts, lease);
        if (AttemptLimit.WaitBeforeNext(attempts, Now) is not null)
            return StartResult.TooMany;

        var payment = NewAttempt(order, option, attempts.Select(attempt => attempt.Attempt).DefaultIfEmpty().Max() + 1);
        try
        {
            await store.InsertAsync(payment);
        }
        catch (Exception)
        {
            // This worker was paused and another click made the same attempt: the unique index refuses a second one.
            if ((await store.OfOrderAsync(orderId)).Count == attempts.Count)
                throw;
            return StartResult.Busy;
        }
        return await CreateAsync(payment, order, hasAlternatives, lease, cancellationToken);
    }

    /// <summary>Returns to an open attempt, which becomes the newest.</summary>
    private async Task<StartResult> ResumeAsync(CryptoPayment attempt, IReadOnlyList<CryptoPayment> attempts, Lease lease)
    {
        if (attempts.Any(other => other.IsNewerThan(attempt)))
        {
            attempt.ChosenOnUtc = Now;
            await store.SaveAsync(attempt, lease);
        }
        return StartResult.Redirect((await payPages.PageOfAsync(attempt))!);
    }

    private async Task<StartResult> CreateAsync(CryptoPayment payment, Order order, bool hasAlternatives, Lease lease, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (hasAlternatives)
            patience.CancelAfter(PatienceWithAlternatives);
        var (created, error) = await creator.CreateAsync(payment, order, patience.Token);
        payment.UpdatedOnUtc = Now;
        if (created is null)
        {
            payment.FailureReason = ExternalText.Clean($"{error!.Fault}: {error.Message}", TextLengths.FailureReason);
            if (error.CreatedNothing)
            {
                payment.Status = CryptoPaymentStatus.Failed;
                payment.NextCheckOnUtc = null;
            }
            await store.SaveAsync(payment, lease);
            return StartResult.ProviderFailed;
        }

        payment.Status = CryptoPaymentStatus.AwaitingPayment;
        ProviderFacts.Apply(payment, created);
        if (payment.QuoteExpiresOnUtc is not null && payment.ExpiresOnUtc < payment.QuoteExpiresOnUtc)
            payment.QuoteExpiresOnUtc = payment.ExpiresOnUtc;
        try
        {
            // A worker that lost the lease must not overwrite newer data. The payment is still checked, and the shopper can try again.
            if (!await store.SaveAsync(payment, lease))
                return StartResult.ProviderFailed;
        }
        catch (Exception) when (created.ExternalId is not null)
        {
            // Either the unique index on the provider's id refused the row, or the database failed.
            if (!await store.IsExternalIdTakenAsync(payment, payment.ExternalId))
                throw;
            await synchronizer.SynchronizeHeldAsync(payment, SynchronizationSource.Start, lease, onlyIfDue: false, cancellationToken, FromCreateResponse(payment));
            return StartResult.ProviderFailed;
        }
        return StartResult.Redirect((await payPages.PageOfAsync(payment))!);
    }

    /// <summary>The create response in the form of a status response.</summary>
    private static ProviderPayment FromCreateResponse(CryptoPayment payment) => new()
    {
        Status = ProviderStatus.Waiting,
        StatusText = payment.ProviderStatus ?? string.Empty,
        Reference = payment.Reference,
        ExternalId = payment.ExternalId,
        Amount = payment.Quoted
    };

    /// <summary>True when the attempt holds no funds, or is a finished partial payment: a new attempt may request the outstanding balance.</summary>
    private static bool AllowsNewAttempt(CryptoPayment attempt) => !StatusTransitions.HoldsFunds(attempt.Status) || OutstandingBalance.IsPartialPayment(attempt);

    /// <summary>
    /// True when the attempt must be checked now, even if no check is due: the outstanding balance depends on a partial payment (unless it
    /// was checked seconds ago), and a payment whose create response was lost may exist.
    /// </summary>
    private bool NeedsCheck(CryptoPayment attempt) => OutstandingBalance.IsPartialPayment(attempt) && attempt.UpdatedOnUtc + ReturnThrottle.Pause <= Now || attempt is { Status: CryptoPaymentStatus.Creating, Checks: 0 };

    /// <summary>True when the attempt's page is still open for the same option at the same price.</summary>
    private bool CanResume(CryptoPayment last, PaymentOption option) =>
        last is { Status: CryptoPaymentStatus.AwaitingPayment, HasPage: true } && !(last.ExpiresOnUtc <= Now || last.QuoteExpiresOnUtc <= Now)
        && (last.Address is null || option.Coin.AddressFault(last.Address) is null)
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

    private DateTime Now => store.Now;
}

/// <summary>
/// Result of starting a payment.
/// </summary>
public sealed record StartResult(StartOutcome Outcome, string? Url = null)
{
    /// <summary>The order is paid or cancelled, or a payment for it is in progress.</summary>
    public static readonly StartResult NothingToPay = new(StartOutcome.NothingToPay);

    /// <summary>Another request is starting a payment for the order.</summary>
    public static readonly StartResult Busy = new(StartOutcome.Busy);

    /// <summary>The order's balance no longer equals the option's price.</summary>
    public static readonly StartResult Changed = new(StartOutcome.Changed);

    /// <summary>The order reached <see cref="AttemptLimit.PerHour"/>.</summary>
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
/// Limits how many payments can be started for one order. Each one creates a payment at the provider that must be checked.
/// </summary>
public static class AttemptLimit
{
    /// <summary>New attempts of an order per hour.</summary>
    public const int PerHour = 10;

    private static readonly TimeSpan _window = TimeSpan.FromHours(1);

    /// <summary>Time until another attempt may be started; null when it may be started now.</summary>
    /// <param name="attempts">All attempts of the order.</param>
    /// <param name="now">UTC.</param>
    public static TimeSpan? WaitBeforeNext(IEnumerable<CryptoPayment> attempts, DateTime now) =>
        attempts.Select(attempt => attempt.CreatedOnUtc).OrderDescending().Skip(PerHour - 1).FirstOrDefault() is var decisive && decisive + _window > now
            ? decisive + _window - now
            : null;
}
