using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Finds attempts, without changing them.
/// </summary>
public class AttemptReader(IRepository<CryptoPayment> payments)
{
    public async Task<CryptoPayment?> ByIdAsync(int id) => await payments.GetByIdAsync(id);

    public async Task<CryptoPayment?> ByReferenceAsync(string reference) =>
        (await payments.GetAllAsync(query => query.Where(payment => payment.Reference == reference))).FirstOrDefault();

    /// <param name="gateway">System name.</param>
    /// <param name="externalId">The provider's id.</param>
    public async Task<CryptoPayment?> ByExternalIdAsync(string gateway, string externalId) =>
        (await payments.GetAllAsync(query => query.Where(payment => payment.Gateway == gateway && payment.ExternalId == externalId))).FirstOrDefault();

    /// <summary>The order's attempts; the one that the shopper chose last comes last, see <see cref="CryptoPayment.IsNewerThan"/>.</summary>
    public Task<IList<CryptoPayment>> OfOrderAsync(int orderId) =>
        payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId).OrderBy(payment => payment.ChosenOnUtc).ThenBy(payment => payment.Attempt));

    /// <summary>The attempt that the shopper chose last.</summary>
    public async Task<CryptoPayment?> LatestAsync(int orderId) =>
        (await payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId)
            .OrderByDescending(payment => payment.ChosenOnUtc).ThenByDescending(payment => payment.Attempt).Take(1))).FirstOrDefault();
}
