using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// What needs a person, the newest first.
/// </summary>
public record AlertsModel : BaseNopModel
{
    public IList<AlertModel> Alerts { get; set; } = [];

    /// <summary>The page to come back to after one was dismissed.</summary>
    public string ReturnUrl { get; set; } = string.Empty;
}

/// <summary>
/// One thing that needs a person.
/// </summary>
/// <param name="Id">Of the alert.</param>
/// <param name="OrderId">The order that it is about; null when it is about a gateway.</param>
/// <param name="Message">The sentence.</param>
/// <param name="Since">When it happened, UTC, ready to be read.</param>
public sealed record AlertModel(int Id, int? OrderId, string Message, string Since);
