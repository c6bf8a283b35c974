using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Builds the store's URLs for providers, e-mails and administrators. They start with the URL that the owner entered in the list of stores,
/// never with a request's Host header, which the sender controls.
/// </summary>
public class StoreUrls(IStoreContext storeContext, IStoreService storeService, PayPageLinks pages, IHttpContextAccessor httpContextAccessor)
{
    /// <summary>Result of a provider's page that the shopper left without paying.</summary>
    public const string Failure = "failure";

    /// <summary>A store's URL with a trailing slash; null if it is missing or invalid.</summary>
    /// <param name="storeId">0 for the current store.</param>
    public async Task<Uri?> FindAsync(int storeId) =>
        Parse((storeId > 0 ? await storeService.GetStoreByIdAsync(storeId) : await storeContext.GetCurrentStoreAsync())?.Url);

    /// <summary>The URL for a provider's webhooks; null if the store's URL is missing or invalid.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="storeId">0 for the current store.</param>
    public async Task<Uri?> WebhookAsync(GatewayDescriptor gateway, int storeId) =>
        await FindAsync(storeId) is { } store ? new Uri(store, $"Plugins/CryptoGateways/Webhook/{gateway.SystemName}") : null;

    /// <summary>
    /// The URL to which a provider returns the shopper; null if the store's URL is missing or invalid. It contains the token of the payment page,
    /// so that a shopper without a cookie sees the payment. The reference alone opens nothing.
    /// </summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="result">The result on the provider's page. Informative only: the payment is checked anyway.</param>
    public async Task<Uri?> ReturnAsync(CryptoPayment payment, string result) => await FindAsync(payment.StoreId) is { } store
        ? new Uri(store, $"checkout/crypto/return/{payment.Reference}?order={payment.OrderId}&result={result}&key={await pages.TokenAsync(payment)}")
        : null;

    /// <summary>The store's payment page; null if the store's URL is missing or invalid.</summary>
    public async Task<Uri?> PayPageAsync(CryptoPayment payment) =>
        await FindAsync(payment.StoreId) is { } store ? new Uri(store, await pages.PathOfAsync(payment)) : null;

    /// <summary>The page on which the customer chooses how to pay an order; null if the store's URL is missing or invalid.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="storeId">The order's store.</param>
    public async Task<Uri?> OrderPageAsync(int orderId, int storeId) =>
        await FindAsync(storeId) is { } store ? new Uri(store, PayPageLinks.PathOf(orderId)) : null;

    /// <summary>Problems with the URLs of the stores whose settings are edited.</summary>
    /// <param name="storeId">0 for all stores.</param>
    public async Task<IReadOnlyList<StoreUrlWarning>> WarningsAsync(int storeId)
    {
        var current = await storeContext.GetCurrentStoreAsync();
        return [.. (await storeService.GetAllStoresAsync())
            .Where(store => storeId == 0 || store.Id == storeId)
            .Select(store => WarningOf(store, store.Id == current.Id ? httpContextAccessor.HttpContext?.Request : null))
            .OfType<StoreUrlWarning>()];
    }

    /// <summary>Parses a store's URL and adds a trailing slash; null if it is invalid.</summary>
    public static Uri? Parse(string? entered)
    {
        if (!Uri.TryCreate(entered?.Trim(), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp
            || url.Host.Length == 0 || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            return null;

        // Providers may not support international host names.
        return new UriBuilder(url) { Host = url.IdnHost, Path = $"{url.AbsolutePath.TrimEnd('/')}/" }.Uri;
    }

    /// <param name="store">The store.</param>
    /// <param name="request">A request to this store, if there is one.</param>
    private static StoreUrlWarning? WarningOf(Store store, HttpRequest? request)
    {
        if (Parse(store.Url) is not { } url)
            return new StoreUrlWarning(StoreUrlProblem.Missing, store.Name, store.Url);
        if (request is null)
            return null;
        if (url.Scheme == Uri.UriSchemeHttp && request.IsHttps)
            return new StoreUrlWarning(StoreUrlProblem.NotSecure, store.Name, url.AbsoluteUri);

        return string.Equals(url.Authority, Parse($"{request.Scheme}://{request.Host}")?.Authority, StringComparison.OrdinalIgnoreCase) ? null
            : new StoreUrlWarning(StoreUrlProblem.OtherHost, store.Name, url.AbsoluteUri, request.Host.Value);
    }
}

/// <summary>
/// A problem with a store's URL.
/// </summary>
/// <param name="Problem">The kind of problem.</param>
/// <param name="Store">The store's name.</param>
/// <param name="Url">Its URL.</param>
/// <param name="RequestHost">The host of the administrator's request, if it differs from the URL.</param>
public sealed record StoreUrlWarning(StoreUrlProblem Problem, string Store, string? Url, string? RequestHost = null);

/// <summary>
/// The kind of problem. Its text is Plugins.Payments.CryptoGateways.Config.StoreUrl.{name}.
/// </summary>
public enum StoreUrlProblem
{
    /// <summary>Missing or invalid. No payment is possible in this store.</summary>
    Missing,

    /// <summary>http, but the administrator uses https.</summary>
    NotSecure,

    /// <summary>Another host or port than the administrator uses.</summary>
    OtherHost
}

/// <summary>
/// Decides which URLs may receive keys and shoppers.
/// </summary>
public static class UrlRules
{
    /// <summary>True for https, or http to this machine for tests, without credentials in the URL.</summary>
    public static bool IsSafe(Uri url) =>
        url.UserInfo.Length == 0 && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);
}

/// <summary>
/// Links in e-mails. They lead to the order's store, whichever store or task sends the e-mail.
/// </summary>
public class PaymentLinks(AttemptStore attempts, StoreUrls urls)
{
    /// <summary>The page of an attempt, which opens on any device; empty if the store's URL is missing or invalid.</summary>
    public async Task<string> OfAsync(CryptoPayment payment) => (await urls.PayPageAsync(payment))?.AbsoluteUri ?? string.Empty;

    /// <summary>The page on which an open order can be paid; empty for any other order, or if the store's URL is missing or invalid.</summary>
    public async Task<string> OfAsync(Order order)
    {
        if (order.PaymentMethodSystemName != CryptoGatewaysDefaults.SystemName || PaymentFactsReader.StateOf(order) != OrderState.Open)
            return string.Empty;

        return await attempts.LatestAsync(order.Id) is { } payment ? await OfAsync(payment)
            : (await urls.OrderPageAsync(order.Id, order.StoreId))?.AbsoluteUri ?? string.Empty;
    }
}
