using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// Filter and sort order of the list of payments. The page's URL contains them, so that it can be bookmarked and shared.
/// </summary>
public record PaymentSearchModel : BaseSearchModel
{
    public IList<int> StatusIds { get; set; } = [];

    public string? Gateway { get; set; }

    public string? Coin { get; set; }

    /// <summary>First day in the user's time zone, as yyyy-MM-dd; text because the platform would bind a date by the user's calendar.</summary>
    public string? From { get; set; }

    /// <summary>Last day, in the form of <see cref="From"/>.</summary>
    public string? To { get; set; }

    public string? OrderNumber { get; set; }

    public string? Search { get; set; }

    /// <summary>0 for all stores.</summary>
    public int StoreId { get; set; }

    /// <summary>Name of a <see cref="PaymentOrder"/>.</summary>
    public string? Sort { get; set; }

    public bool Ascending { get; set; }

    public IList<SelectListItem> AvailableStatuses { get; set; } = [];

    public IList<SelectListItem> AvailableGateways { get; set; } = [];

    public IList<SelectListItem> AvailableCoins { get; set; } = [];

    /// <summary>Empty when there is only one store.</summary>
    public IList<SelectListItem> AvailableStores { get; set; } = [];
}

/// <summary>
/// A page of the list, in the form that the platform's grid reads.
/// </summary>
public record PaymentListModel : BasePagedListModel<PaymentRowModel>;

/// <summary>
/// A payment in the list. Times are in the user's time zone.
/// </summary>
public record PaymentRowModel : BaseNopEntityModel
{
    public int OrderId { get; set; }

    public string OrderNumber { get; set; } = string.Empty;

    public DateTime Created { get; set; }

    public string Gateway { get; set; } = string.Empty;

    public string Coin { get; set; } = string.Empty;

    public string Status { get; set; } = string.Empty;

    /// <summary>Suffix of the badge's CSS class.</summary>
    public string StatusStyle { get; set; } = string.Empty;

    public string Price { get; set; } = string.Empty;

    public string Received { get; set; } = string.Empty;

    public string Remaining { get; set; } = string.Empty;

    public DateTime? Paid { get; set; }

    public string Reference { get; set; } = string.Empty;
}
