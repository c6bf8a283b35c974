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
/// Addresses that mails lead to: at the order's store, whichever store or task writes the mail.
/// </summary>
public class PaymentLinks(AttemptStore attempts, StoreUrls addresses)
{
    /// <summary>Where an attempt is followed on any device; empty when the store has no usable URL.</summary>
    public async Task<string> OfAsync(CryptoPayment payment) => (await addresses.PayPageAsync(payment))?.AbsoluteUri ?? string.Empty;

    /// <summary>Where an order that is not paid can be paid; empty for one that is paid, cancelled or not ours, or when the store has no usable URL.</summary>
    public async Task<string> OfAsync(Order order)
    {
        if (order.PaymentMethodSystemName != CryptoGatewaysDefaults.SystemName || PaymentFactsReader.StateOf(order) != OrderState.Open)
            return string.Empty;

        return await attempts.LatestAsync(order.Id) is { } payment ? await OfAsync(payment)
            : (await addresses.OrderPageAsync(order.Id, order.StoreId))?.AbsoluteUri ?? string.Empty;
    }
}

/// <summary>
/// Builds every address of the store that is given to others: providers, mails, administrators. All start with the URL that the
/// owner entered in the platform's list of stores. A request's Host header is written by whoever sends it and is never used.
/// </summary>
public class StoreUrls(IStoreContext storeContext, IStoreService storeService, PayPageLinks pages, IHttpContextAccessor httpContextAccessor)
{
    /// <summary>A store's URL with a slash at the end; null when the owner entered none that can be used.</summary>
    /// <param name="storeId">0 for the store that is being looked at.</param>
    public async Task<Uri?> FindAsync(int storeId) =>
        Parse((storeId > 0 ? await storeService.GetStoreByIdAsync(storeId) : await storeContext.GetCurrentStoreAsync())?.Url);

    /// <summary>Where a provider's webhooks go; null when the store has no usable URL.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="storeId">0 for the store that is being looked at.</param>
    public async Task<Uri?> WebhookAsync(GatewayDescriptor gateway, int storeId) =>
        await FindAsync(storeId) is { } store ? new Uri(store, $"Plugins/CryptoGateways/Webhook/{gateway.SystemName}") : null;

    /// <summary>
    /// Where a provider sends the shopper back to; null when the store has no usable URL. It holds the pay page's token: a shopper who
    /// comes back without a cookie shall see their payment, and somebody who only knows its reference shall not.
    /// </summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="result">What the provider's page ended with; for people who read the address, never believed.</param>
    public async Task<Uri?> ReturnAsync(CryptoPayment payment, string result) => await FindAsync(payment.StoreId) is { } store
        ? new Uri(store, $"checkout/crypto/return/{payment.Reference}?order={payment.OrderId}&result={result}&key={await pages.TokenAsync(payment)}")
        : null;

    /// <summary>The store's own page of a payment; null when the store has no usable URL.</summary>
    public async Task<Uri?> PayPageAsync(CryptoPayment payment) =>
        await FindAsync(payment.StoreId) is { } store ? new Uri(store, await pages.PathOfAsync(payment)) : null;

    /// <summary>The page on which an order's owner chooses how to pay; null when the store has no usable URL.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="storeId">The order's store.</param>
    public async Task<Uri?> OrderPageAsync(int orderId, int storeId) =>
        await FindAsync(storeId) is { } store ? new Uri(store, PayPageLinks.PathOf(orderId)) : null;

    /// <summary>What is wrong with the URLs of the stores whose settings are being edited.</summary>
    /// <param name="storeId">0 for all stores.</param>
    public async Task<IReadOnlyList<StoreUrlWarning>> WarningsAsync(int storeId)
    {
        var current = await storeContext.GetCurrentStoreAsync();
        return [.. (await storeService.GetAllStoresAsync())
            .Where(store => storeId == 0 || store.Id == storeId)
            .Select(store => WarningOf(store, store.Id == current.Id ? httpContextAccessor.HttpContext?.Request : null))
            .OfType<StoreUrlWarning>()];
    }

    /// <summary>The URL of a store as it was entered, with a slash at the end; null for one that nobody could open.</summary>
    public static Uri? Parse(string? entered)
    {
        if (!Uri.TryCreate(entered?.Trim(), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp
            || url.Host.Length == 0 || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            return null;

        // Providers need not know how international host names are encoded.
        return new UriBuilder(url) { Host = url.IdnHost, Path = $"{url.AbsolutePath.TrimEnd('/')}/" }.Uri;
    }

    /// <param name="store">The store.</param>
    /// <param name="request">A request that came to this store; null when there is none.</param>
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
/// Something about a store's URL that its owner has to look at.
/// </summary>
/// <param name="Problem">What it is.</param>
/// <param name="Store">The store's name.</param>
/// <param name="Url">Its URL.</param>
/// <param name="RequestHost">The host at which the administrator opened the page, where that is the problem.</param>
public sealed record StoreUrlWarning(StoreUrlProblem Problem, string Store, string? Url, string? RequestHost = null);

/// <summary>
/// See <see cref="StoreUrlWarning"/>. The text of each is Plugins.Payments.CryptoGateways.Config.StoreUrl.{name}.
/// </summary>
public enum StoreUrlProblem
{
    /// <summary>Empty, or no http or https URL: nothing can be paid in this store.</summary>
    Missing,

    /// <summary>http, although the store is opened with https.</summary>
    NotSecure,

    /// <summary>Another host or port than the one at which the store was opened.</summary>
    OtherHost
}

/// <summary>
/// Which addresses are trusted with keys and shoppers.
/// </summary>
public static class UrlRules
{
    /// <summary>https without credentials in it; http only to this machine, for trying things out.</summary>
    public static bool IsSafe(Uri url) =>
        url.UserInfo.Length == 0 && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);
}
