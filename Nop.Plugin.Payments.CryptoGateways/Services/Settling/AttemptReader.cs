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

    /// <summary>The order's attempts, oldest first.</summary>
    public Task<IList<CryptoPayment>> OfOrderAsync(int orderId) =>
        payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId).OrderBy(payment => payment.Attempt));

    /// <summary>The order's newest attempt.</summary>
    public async Task<CryptoPayment?> LatestAsync(int orderId) =>
        (await payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId).OrderByDescending(payment => payment.Attempt).Take(1))).FirstOrDefault();
}
