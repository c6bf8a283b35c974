using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// The report about payments, by the UTC day on which they were started.
/// </summary>
public record ReportModel : BaseNopModel
{
    public string From { get; set; } = string.Empty;

    public string To { get; set; } = string.Empty;

    /// <summary>The requested period was too long; its last days are shown.</summary>
    public bool WasShortened { get; set; }

    /// <summary>0 for all stores.</summary>
    public int StoreId { get; set; }

    /// <summary>Empty when there is only one store.</summary>
    public IList<SelectListItem> Stores { get; set; } = [];

    public ReportRowModel All { get; set; } = new();

    public IList<ReportRowModel> Days { get; set; } = [];

    public IList<ReportRowModel> Coins { get; set; } = [];

    /// <summary>Data of the charts, as JSON for Content/admin.js; the tables show the same numbers.</summary>
    public string DaysChart { get; set; } = string.Empty;

    public string CoinsChart { get; set; } = string.Empty;

    public string TimesChart { get; set; } = string.Empty;
}

/// <summary>
/// A row of a table.
/// </summary>
public record ReportRowModel : BaseNopModel
{
    /// <summary>The day, or gateway and coin.</summary>
    public string Name { get; set; } = string.Empty;

    public int Started { get; set; }

    public int Paid { get; set; }

    public int Open { get; set; }

    public int Expired { get; set; }

    public int Failed { get; set; }

    public int Review { get; set; }

    /// <summary>Percentage with one decimal; a dash when no payment was started.</summary>
    public string Conversion { get; set; } = string.Empty;

    /// <summary>Minutes and seconds; a dash when no payment was made.</summary>
    public string Median { get; set; } = string.Empty;

    public string P95 { get; set; } = string.Empty;
}
