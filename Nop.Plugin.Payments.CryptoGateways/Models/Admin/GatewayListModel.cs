using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// The configuration page: all gateways, and what needs attention.
/// </summary>
public record GatewayListModel : BaseNopModel
{
    public IList<GatewayRowModel> Gateways { get; set; } = [];

    /// <summary>The setup guide; null once a payment exists, or while a single store's settings are edited.</summary>
    public SetupModel? Guide { get; set; }

    public AlertsModel Alerts { get; set; } = new();

    /// <summary>Warnings about store URLs that are missing or differ from the current host.</summary>
    public IList<string> StoreUrlWarnings { get; set; } = [];

    /// <summary>State of the schedule task, as a sentence.</summary>
    public string Task { get; set; } = string.Empty;

    /// <summary>The schedule task is not running.</summary>
    public bool IsTaskLate { get; set; }
}

/// <summary>
/// A gateway in the list.
/// </summary>
public record GatewayRowModel : BaseNopModel
{
    public string SystemName { get; set; } = string.Empty;

    public string Name { get; set; } = string.Empty;

    /// <summary>What the provider offers, in a sentence.</summary>
    public string About { get; set; } = string.Empty;

    public GatewayState State { get; set; }

    /// <summary>The state in words.</summary>
    public string Status { get; set; } = string.Empty;

    /// <summary>CSS class of the state's badge.</summary>
    public string Badge => GatewayModel.BadgeOf(State);

    /// <summary>Selected coins: name, and name of the image in Content/coins.</summary>
    public IList<(string Name, string Icon)> Coins { get; set; } = [];

    /// <summary>Time of the last paid payment, formatted in the user's time zone; null if there is none.</summary>
    public string? LastPayment { get; set; }

    public bool IsEnabled { get; set; }
}

/// <summary>
/// The setup guide: choose a provider, enter its keys, test them, copy the webhook URL if needed, and enable it.
/// </summary>
public record SetupModel : BaseNopModel
{
    /// <summary>System names and names of the providers.</summary>
    public IList<(string SystemName, string Name)> Providers { get; set; } = [];

    /// <summary>The chosen provider with its required fields.</summary>
    public GatewayModel Setup { get; set; } = new();

    /// <summary>A provider is ready and the payment method is active: only a test order remains.</summary>
    public bool IsDone { get; set; }

    /// <summary>The storefront, for a test order.</summary>
    public string StoreUrl { get; set; } = string.Empty;
}

/// <summary>
/// Open alerts, newest first.
/// </summary>
public record AlertsModel : BaseNopModel
{
    public IList<AlertModel> Alerts { get; set; } = [];

    /// <summary>The page to return to after an alert was dismissed.</summary>
    public string ReturnUrl { get; set; } = string.Empty;
}

/// <summary>
/// An alert that needs attention.
/// </summary>
/// <param name="Id">The alert.</param>
/// <param name="OrderId">The affected order; null for an alert about a gateway.</param>
/// <param name="Message">Text of the alert.</param>
/// <param name="Since">When it was raised, formatted in the user's time zone.</param>
public sealed record AlertModel(int Id, int? OrderId, string Message, string Since);

/// <summary>
/// An invalid field in the summary above a form.
/// </summary>
/// <param name="Id">Id of the field's element.</param>
/// <param name="Label">Label of the field.</param>
/// <param name="Message">What is wrong.</param>
public sealed record FieldErrorModel(string Id, string Label, string Message);
