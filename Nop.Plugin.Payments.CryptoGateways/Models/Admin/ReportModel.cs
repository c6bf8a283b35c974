using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// The report about payments, by the day on which they were started, in the store's time zone.
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

    /// <summary>Totals by currency of the price.</summary>
    public IList<ReportVolumeModel> Volumes { get; set; } = [];

    /// <summary>Amounts by provider, coin and currency.</summary>
    public IList<ReportAmountsModel> Amounts { get; set; } = [];

    /// <summary>Data of the charts, as JSON for Content/admin.js; the tables show the same numbers.</summary>
    public string DaysChart { get; set; } = string.Empty;

    public string CoinsChart { get; set; } = string.Empty;

    public string TimesChart { get; set; } = string.Empty;
}

/// <summary>
/// What was paid in a currency, formatted in the user's culture.
/// </summary>
/// <param name="Volume">Total of the payments that paid an order.</param>
/// <param name="Payments">Their number.</param>
/// <param name="Average">Their average.</param>
public sealed record ReportVolumeModel(string Volume, int Payments, string Average);

/// <summary>
/// Amounts of a coin of a provider. Each is formatted with its currency; a dash stands for none.
/// </summary>
/// <param name="Name">Provider and coin.</param>
/// <param name="Total">Volume, number of payments and average.</param>
/// <param name="Received">The amount received.</param>
/// <param name="Fees">What the provider deducted.</param>
/// <param name="Refunded">What the provider refunded.</param>
/// <param name="Overpaid">Surplus over the amounts due.</param>
/// <param name="Underpaid">What is missing from partial payments.</param>
public sealed record ReportAmountsModel(string Name, ReportVolumeModel Total, string Received, string Fees, string Refunded, string Overpaid, string Underpaid);

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
