using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// Finds attempts.
/// </summary>
public class AttemptReader(IRepository<CryptoPayment> payments)
{
    public async Task<CryptoPayment?> ByIdAsync(int id) => await payments.GetByIdAsync(id);

    /// <param name="reference">Untrusted text; a text without the form of a reference causes no query.</param>
    public async Task<CryptoPayment?> ByReferenceAsync(string? reference) => !IsLikeAReference(reference) ? null
        : (await payments.GetAllAsync(query => query.Where(payment => payment.Reference == reference))).FirstOrDefault();

    /// <param name="gateway">System name.</param>
    /// <param name="externalId">The provider's id as untrusted text; a text that no column can hold causes no query.</param>
    public async Task<CryptoPayment?> ByExternalIdAsync(string gateway, string externalId) => !IsLikeAnId(externalId) ? null
        : (await payments.GetAllAsync(query => query.Where(payment => payment.Gateway == gateway && payment.ExternalId == externalId))).FirstOrDefault();

    /// <summary>The order's attempts; the one that the shopper chose last comes last, see <see cref="CryptoPayment.IsNewerThan"/>.</summary>
    public Task<IList<CryptoPayment>> OfOrderAsync(int orderId) =>
        payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId).OrderBy(payment => payment.ChosenOnUtc).ThenBy(payment => payment.Attempt));

    /// <summary>The order's attempts as a query, for joins.</summary>
    public IQueryable<CryptoPayment> QueryOrder(int orderId) => payments.Table.Where(payment => payment.OrderId == orderId);

    /// <summary>The attempts of several orders.</summary>
    public Task<IList<CryptoPayment>> OfOrdersAsync(int[] orderIds) =>
        payments.GetAllAsync(query => query.Where(payment => orderIds.Contains(payment.OrderId)));

    /// <summary>The attempt that the shopper chose last.</summary>
    public async Task<CryptoPayment?> LatestAsync(int orderId) =>
        (await payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId)
            .OrderByDescending(payment => payment.ChosenOnUtc).ThenByDescending(payment => payment.Attempt).Take(1))).FirstOrDefault();

    private static bool IsLikeAReference(string? text) => text is { Length: > 0 and <= TextLengths.Reference } && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>PostgreSQL refuses NUL and lone surrogates in any text, even in a comparison.</summary>
    private static bool IsLikeAnId(string text) => text.Length is > 0 and <= TextLengths.ExternalId && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c));
}
