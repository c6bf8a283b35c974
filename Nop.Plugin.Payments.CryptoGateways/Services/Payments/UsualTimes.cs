using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// How long payments in a coin usually take, from the store's own payments.
/// </summary>
public class UsualTimes(IRepository<CryptoPayment> payments)
{
    /// <summary>Payments that a usual time needs.</summary>
    private const int Enough = 10;

    /// <summary>The newest payments that it is calculated from.</summary>
    private const int Most = 50;

    /// <summary>The median time from the first detection of funds to the paid payment; null with too few payments.</summary>
    /// <param name="gateway">System name. Providers require different numbers of confirmations.</param>
    /// <param name="coin">The gateway's code of the coin.</param>
    public async Task<TimeSpan?> OfAsync(string gateway, string coin)
    {
        var paid = await payments.Table
            .Where(payment => payment.Gateway == gateway && payment.Coin == coin && payment.StatusId == (int)CryptoPaymentStatus.Paid && payment.FundsSeenOnUtc != null && payment.PaidOnUtc > payment.FundsSeenOnUtc)
            .OrderByDescending(payment => payment.Id).Take(Most)
            .Select(payment => new { payment.FundsSeenOnUtc, payment.PaidOnUtc }).ToListAsync();
        var times = paid.Select(payment => payment.PaidOnUtc!.Value - payment.FundsSeenOnUtc!.Value).Order().ToList();
        return times.Count < Enough ? null : times[times.Count / 2];
    }
}
