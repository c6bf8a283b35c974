using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.CryptoGateways.Services.Reports;
using Nop.Web.Framework.Models;
using Nop.Web.Framework.Models.DataTables;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// What the list of payments is filtered and sorted by. The same names stand in the page's address, so that it can be kept and sent.
/// </summary>
public record PaymentSearchModel : BaseSearchModel
{
    public IList<int> StatusIds { get; set; } = [];

    public string? Gateway { get; set; }

    public string? Coin { get; set; }

    /// <summary>First day, UTC, as yyyy-MM-dd; text because the platform would read a date by the admin's calendar.</summary>
    public string? From { get; set; }

    /// <summary>Last day.</summary>
    public string? To { get; set; }

    public string? OrderNumber { get; set; }

    public string? Search { get; set; }

    /// <summary>0 for all stores.</summary>
    public int StoreId { get; set; }

    /// <summary>Name of a <see cref="PaymentOrder"/>.</summary>
    public string? Sort { get; set; }

    public bool Ascending { get; set; }
}

/// <summary>
/// The page with the list of payments.
/// </summary>
public record PaymentListPageModel : BaseNopModel
{
    public PaymentSearchModel Search { get; set; } = new();

    public IList<SelectListItem> Statuses { get; set; } = [];

    public IList<SelectListItem> Gateways { get; set; } = [];

    public IList<SelectListItem> Coins { get; set; } = [];

    /// <summary>Empty where there is one store only.</summary>
    public IList<SelectListItem> Stores { get; set; } = [];

    public DataTablesModel Table { get; set; } = new();

    /// <summary>By what each column is sorted, in the table's order; empty for one that is not.</summary>
    public string Sorts { get; set; } = string.Empty;
}

/// <summary>
/// A page of the list, as the platform's grid reads it.
/// </summary>
public record PaymentListModel : BasePagedListModel<PaymentRowModel>;

/// <summary>
/// A payment in the list. Times are UTC.
/// </summary>
public record PaymentRowModel : BaseNopEntityModel
{
    public int OrderId { get; set; }

    public string OrderNumber { get; set; } = string.Empty;

    public string Created { get; set; } = string.Empty;

    public string Gateway { get; set; } = string.Empty;

    public string Coin { get; set; } = string.Empty;

    public string Status { get; set; } = string.Empty;

    /// <summary>End of the badge's class.</summary>
    public string StatusStyle { get; set; } = string.Empty;

    public string Price { get; set; } = string.Empty;

    public string Received { get; set; } = string.Empty;

    public string Remaining { get; set; } = string.Empty;

    public string Paid { get; set; } = string.Empty;

    public string Reference { get; set; } = string.Empty;
}
