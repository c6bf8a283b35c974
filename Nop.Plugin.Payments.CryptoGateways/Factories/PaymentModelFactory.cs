using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Operations;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Prepares the list of payments, the page about an order's payments, and the panel on the order's own page.
/// </summary>
public class PaymentModelFactory(PaymentSearch search, PaymentSummaryReader summaries, GatewayRegistry registry, AttemptModelFactory attempts, IStoreService storeService, PluginTexts texts)
{
    /// <summary>Largest accepted page; the platform's own sizes are smaller.</summary>
    private const int MaximumRows = 500;

    /// <param name="entered">The filter in the page's URL.</param>
    public async Task<PaymentSearchModel> PreparePaymentSearchModelAsync(PaymentSearchModel entered)
    {
        var model = entered with
        {
            AvailableStatuses = await StatusesAsync(),
            AvailableGateways = [await AnyAsync(), .. registry.All.Select(gateway => new SelectListItem(gateway.Descriptor.Name, gateway.Descriptor.SystemName))],
            AvailableCoins = [await AnyAsync(), .. await CoinListAsync()],
            AvailableStores = await PrepareStoreListAsync()
        };
        model.SetGridPageSize();
        if (entered.Length is > 0 and <= MaximumRows && entered.Length != new PaymentSearchModel().Length)
            model.Length = entered.Length;
        return model;
    }

    public async Task<PaymentListModel> PreparePaymentListModelAsync(PaymentSearchModel model)
    {
        var order = Enum.TryParse<PaymentOrder>(model.Sort, out var sort) ? sort : PaymentOrder.Created;
        var (rows, total) = await search.PageAsync(await GetFilterAsync(model), order, model.Ascending, Math.Max(0, model.Start), Math.Clamp(model.Length, 1, MaximumRows));
        var numbers = await search.OrderNumbersAsync(rows);
        var summaryOf = await summaries.OfManyAsync([.. rows]);
        var zone = await texts.TimeZoneAsync();
        var states = new Dictionary<PaymentState, string>();
        foreach (var state in summaryOf.Values.Select(summary => summary.State).Distinct())
            states[state] = await texts.GetAsync($"Status.{state}");

        var coins = new Dictionary<(string, string), string>();
        foreach (var (gateway, coin) in rows.Select(payment => (payment.Gateway, payment.Coin)).Distinct())
            coins[(gateway, coin)] = await texts.CoinAsync(gateway, coin);

        return new PaymentListModel
        {
            Draw = model.Draw,
            RecordsTotal = total,
            RecordsFiltered = total,
            Data = [.. rows.Select(payment => new PaymentRowModel
            {
                Id = payment.Id,
                OrderId = payment.OrderId,
                OrderNumber = numbers.GetValueOrDefault(payment.OrderId) ?? payment.OrderId.ToString(CultureInfo.InvariantCulture),
                Created = AdminText.In(zone, payment.CreatedOnUtc)!.Value,
                Gateway = registry.Find(payment.Gateway)?.Descriptor.Name ?? payment.Gateway,
                Coin = coins[(payment.Gateway, payment.Coin)],
                Status = states[summaryOf[payment.Id].State],
                StatusStyle = AdminText.StyleOf(summaryOf[payment.Id].State),
                Price = $"{new Money(payment.PriceAmount, payment.PriceCurrency)}",
                Received = summaryOf[payment.Id].Received?.ToString() ?? string.Empty,
                Remaining = summaryOf[payment.Id].Remaining?.ToString() ?? string.Empty,
                Paid = AdminText.In(zone, summaryOf[payment.Id].PaidOnUtc),
                Reference = payment.Reference
            })]
        };
    }

    /// <summary>The coins of all gateways by name. Several gateways may use one code.</summary>
    private async Task<IEnumerable<SelectListItem>> CoinListAsync()
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var gateway in registry.All)
        {
            foreach (var coin in gateway.Descriptor.Coins)
                names.TryAdd(coin.Code, await texts.CoinAsync(gateway.Descriptor, coin));
        }
        return names.Select(coin => new SelectListItem(coin.Value == coin.Key ? coin.Key : $"{coin.Value} ({coin.Key})", coin.Key)).OrderBy(item => item.Text, StringComparer.CurrentCulture);
    }

    /// <summary>The filter that was entered; invalid values are ignored, and days are those of the user's time zone.</summary>
    public async Task<PaymentFilter> GetFilterAsync(PaymentSearchModel model)
    {
        var zone = await texts.TimeZoneAsync();
        return new PaymentFilter
        {
            Statuses = [.. model.StatusIds.Select(id => (CryptoPaymentStatus)id).Where(Enum.IsDefined)],
            Gateway = model.Gateway,
            Coin = model.Coin,
            FromUtc = StartOf(AdminText.DayIn(model.From)),
            BeforeUtc = StartOf(AdminText.DayIn(model.To)?.AddDays(1)),
            OrderNumber = model.OrderNumber?.Trim(),
            Search = model.Search?.Trim(),
            StoreId = model.StoreId > 0 ? model.StoreId : null
        };

        DateTime? StartOf(DateOnly? day) => day is { } known ? AdminText.StartUtc(known, zone) : null;
    }

    /// <summary>All stores, below an entry for any of them; empty when there is only one store.</summary>
    public async Task<IList<SelectListItem>> PrepareStoreListAsync()
    {
        var stores = await storeService.GetAllStoresAsync();
        return stores.Count < 2 ? [] : [await AnyAsync("0"), .. stores.Select(store => new SelectListItem(store.Name, $"{store.Id}"))];
    }

    /// <summary>The page about an order's payments; null when the order does not exist or was not placed with this payment method.</summary>
    public async Task<OrderPaymentsModel?> PrepareOrderPaymentsModelAsync(int orderId)
    {
        if (await search.OrderAsync(orderId) is not { } order)
            return null;

        var model = new OrderPaymentsModel { OrderId = order.Id, OrderNumber = order.CustomOrderNumber };
        foreach (var (payment, summary) in (await summaries.OfOrderAsync(order)).Reverse())
            model.Attempts.Add(await attempts.PrepareAttemptModelAsync(payment, summary, order));
        return model;
    }

    /// <inheritdoc cref="PrepareOrderPaymentsModelAsync"/>
    public async Task<OrderPanelModel?> PrepareOrderPanelModelAsync(int orderId) => await search.OrderAsync(orderId) is { } order ? await PrepareOrderPanelModelAsync(order) : null;

    /// <summary>The panel on the order's own page.</summary>
    public async Task<OrderPanelModel> PrepareOrderPanelModelAsync(Order order)
    {
        var all = await summaries.OfOrderAsync(order);
        var (payment, summary) = OrderPayments.DecisiveOf(all);
        return new OrderPanelModel
        {
            OrderId = order.Id,
            Attempts = all.Count,
            Attempt = payment is null ? null : await attempts.PrepareAttemptSummaryModelAsync(payment, summary!, order)
        };
    }

    private async Task<IList<SelectListItem>> StatusesAsync()
    {
        var items = new List<SelectListItem>();
        foreach (var status in Enum.GetValues<CryptoPaymentStatus>())
        {
            var text = await texts.GetAsync($"Status.{status}");
            items.Add(new SelectListItem(text, $"{(int)status}"));
        }
        return items;
    }

    private async Task<SelectListItem> AnyAsync(string value = "") => new(await texts.GetAsync("List.Any"), value);
}
