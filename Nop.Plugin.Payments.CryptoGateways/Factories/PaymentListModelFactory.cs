using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;
using Nop.Services.Localization;
using Nop.Services.Stores;
using Nop.Web.Framework.Models.DataTables;

namespace Nop.Plugin.Payments.CryptoGateways.Factories;

/// <summary>
/// Models of the list of payments.
/// </summary>
public class PaymentListModelFactory(PaymentSearch search, PaymentSummaryReader summaries, GatewayRegistry registry, IStoreService storeService, ILocalizationService localizationService)
{
    private const string TableName = "crypto-payments";

    /// <summary>Rows of a page at most; the platform's own sizes are below.</summary>
    private const int MostRows = 500;

    /// <summary>What a column shows, and by what it is sorted.</summary>
    private static readonly (string Column, PaymentOrder? Order)[] _columns =
    [
        (nameof(PaymentRowModel.Created), PaymentOrder.Created),
        (nameof(PaymentRowModel.OrderNumber), PaymentOrder.Order),
        (nameof(PaymentRowModel.Status), PaymentOrder.Status),
        (nameof(PaymentRowModel.Gateway), PaymentOrder.Gateway),
        (nameof(PaymentRowModel.Coin), null),
        (nameof(PaymentRowModel.Price), null),
        (nameof(PaymentRowModel.Received), null),
        (nameof(PaymentRowModel.Remaining), null),
        (nameof(PaymentRowModel.Paid), PaymentOrder.Paid),
        (nameof(PaymentRowModel.Reference), null)
    ];

    /// <param name="entered">What the page's address says.</param>
    public async Task<PaymentListPageModel> PageAsync(PaymentSearchModel entered)
    {
        var sizes = entered with { };
        sizes.SetGridPageSize();
        var model = new PaymentListPageModel
        {
            Search = entered,
            Statuses = await StatusesAsync(entered.StatusIds),
            Gateways = [await AnyAsync(), .. registry.All.Select(gateway => Item(gateway.Descriptor.Name, gateway.Descriptor.SystemName, entered.Gateway))],
            Coins = [await AnyAsync(), .. registry.All.SelectMany(gateway => gateway.Descriptor.Coins).Select(coin => coin.Code).Distinct().Order(StringComparer.Ordinal).Select(code => Item(code, code, entered.Coin))],
            Stores = await StoresAsync(entered.StoreId),
            Sorts = string.Join(',', _columns.Select(column => $"{column.Order}"))
        };
        model.Table = new DataTablesModel
        {
            Name = TableName,
            UrlRead = new DataUrl("~/Admin/CryptoGateways/List", true),
            SearchButtonId = "crypto-search",
            Length = entered.Length is > 0 and <= MostRows && entered.Length != new PaymentSearchModel().Length ? entered.Length : sizes.Length,
            LengthMenu = sizes.AvailablePageSizes,
            Ordering = true,
            Filters = Filters(model.Stores.Count > 0)
        };
        foreach (var (column, _) in _columns)
            model.Table.ColumnCollection.Add(await ColumnAsync(column));
        return model;
    }

    public async Task<PaymentListModel> ListAsync(PaymentSearchModel model)
    {
        var order = Enum.TryParse<PaymentOrder>(model.Sort, out var sort) ? sort : PaymentOrder.Created;
        var (rows, total) = await search.PageAsync(FilterOf(model), order, model.Ascending, Math.Max(0, model.Start), Math.Clamp(model.Length, 1, MostRows));
        var numbers = await search.OrderNumbersAsync(rows);
        var told = await summaries.OfManyAsync([.. rows]);
        var texts = new Dictionary<PaymentState, string>();
        foreach (var state in told.Values.Select(summary => summary.State).Distinct())
            texts[state] = await TextAsync($"Status.{state}");

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
                Created = AdminText.Time(payment.CreatedOnUtc),
                Gateway = registry.Find(payment.Gateway)?.Descriptor.Name ?? payment.Gateway,
                Coin = payment.Coin,
                Status = texts[told[payment.Id].State],
                StatusStyle = AdminText.StyleOf(told[payment.Id].State),
                Price = $"{new Money(payment.PriceAmount, payment.PriceCurrency)}",
                Received = told[payment.Id].Received?.ToString() ?? string.Empty,
                Remaining = told[payment.Id].Remaining?.ToString() ?? string.Empty,
                Paid = AdminText.Time(told[payment.Id].PaidOnUtc),
                Reference = payment.Reference
            })]
        };
    }

    /// <summary>What was entered, as far as it means something.</summary>
    public static PaymentFilter FilterOf(PaymentSearchModel model) => new()
    {
        Statuses = [.. model.StatusIds.Select(id => (CryptoPaymentStatus)id).Where(Enum.IsDefined)],
        Gateway = model.Gateway,
        Coin = model.Coin,
        From = AdminText.DayIn(model.From),
        To = AdminText.DayIn(model.To),
        OrderNumber = model.OrderNumber?.Trim(),
        Search = model.Search?.Trim(),
        StoreId = model.StoreId > 0 ? model.StoreId : null
    };

    /// <summary>One line a store, below one for all; nothing where there is one store only.</summary>
    /// <param name="chosen">0 for all.</param>
    public async Task<IList<SelectListItem>> StoresAsync(int chosen)
    {
        var stores = await storeService.GetAllStoresAsync();
        return stores.Count < 2 ? [] : [await AnyAsync("0"), .. stores.Select(store => Item(store.Name, $"{store.Id}", $"{chosen}"))];
    }

    private static IList<FilterParameter> Filters(bool hasStores)
    {
        string[] names =
        [
            nameof(PaymentSearchModel.StatusIds), nameof(PaymentSearchModel.Gateway), nameof(PaymentSearchModel.Coin), nameof(PaymentSearchModel.From),
            nameof(PaymentSearchModel.To), nameof(PaymentSearchModel.OrderNumber), nameof(PaymentSearchModel.Search)
        ];
        return [.. names.Concat(hasStores ? [nameof(PaymentSearchModel.StoreId)] : []).Select(name => new FilterParameter(name))];
    }

    private async Task<ColumnProperty> ColumnAsync(string name) => new(name)
    {
        Title = await TextAsync($"List.{name}"),
        Render = name switch
        {
            nameof(PaymentRowModel.OrderNumber) => new RenderLink(new DataUrl("~/Admin/CryptoGateways/Order/", nameof(PaymentRowModel.OrderId))),
            nameof(PaymentRowModel.Status) => new RenderCustom("cryptoPaymentStatus"),
            _ => null!
        }
    };

    private async Task<IList<SelectListItem>> StatusesAsync(IList<int> chosen)
    {
        var items = new List<SelectListItem>();
        foreach (var status in Enum.GetValues<CryptoPaymentStatus>())
            items.Add(new SelectListItem(await StatusAsync(status), $"{(int)status}", chosen.Contains((int)status)));
        return items;
    }

    private static SelectListItem Item(string text, string value, string? chosen) => new(text, value, value == chosen);

    private async Task<SelectListItem> AnyAsync(string value = "") => new(await TextAsync("List.Any"), value);

    private Task<string> StatusAsync(CryptoPaymentStatus status) => TextAsync($"Status.{status}");

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync(CryptoGatewaysDefaults.TextPrefix + key);
}
