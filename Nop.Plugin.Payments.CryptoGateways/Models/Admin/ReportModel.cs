using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// The report about payments. Days are UTC and those on which payments were started.
/// </summary>
public record ReportModel : BaseNopModel
{
    public string From { get; set; } = string.Empty;

    public string To { get; set; } = string.Empty;

    /// <summary>More days were asked for than a report may have; the last ones are shown.</summary>
    public bool WasShortened { get; set; }

    /// <summary>Empty where there is one store only.</summary>
    public IList<SelectListItem> Stores { get; set; } = [];

    public ReportRowModel All { get; set; } = new();

    public IList<ReportRowModel> Days { get; set; } = [];

    public IList<ReportRowModel> Coins { get; set; } = [];

    /// <summary>What the charts show, as JSON for Content/admin.js; the same numbers stand in the tables.</summary>
    public string DaysChart { get; set; } = string.Empty;

    public string CoinsChart { get; set; } = string.Empty;

    public string TimesChart { get; set; } = string.Empty;
}

/// <summary>
/// A line of a table.
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

    /// <summary>Per cent with one decimal; a dash when nothing was started.</summary>
    public string Conversion { get; set; } = string.Empty;

    /// <summary>Minutes and seconds; a dash when nothing was paid.</summary>
    public string Median { get; set; } = string.Empty;

    public string P95 { get; set; } = string.Empty;
}
