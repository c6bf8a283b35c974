using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// The page of a gateway. The form posts the system name and the values of the fields; everything else is prepared again.
/// </summary>
public record GatewayModel : BaseNopModel
{
    public string SystemName { get; set; } = string.Empty;

    public string Name { get; set; } = string.Empty;

    /// <summary>What the provider offers, in a sentence.</summary>
    public string About { get; set; } = string.Empty;

    /// <summary>The store whose settings are edited; 0 for all stores.</summary>
    public int StoreId { get; set; }

    public GatewayState State { get; set; }

    /// <summary>CSS class of the state's badge.</summary>
    public string Badge => BadgeOf(State);

    /// <inheritdoc cref="Badge"/>
    public static string BadgeOf(GatewayState state) => state switch
    {
        GatewayState.Ready => "badge-success",
        GatewayState.Failing => "badge-danger",
        GatewayState.Incomplete => "badge-warning",
        _ => "badge-secondary"
    };

    /// <summary>The state in words, with the missing settings or the time of failure.</summary>
    public string Status { get; set; } = string.Empty;

    /// <summary>URL of the provider's documentation.</summary>
    public string? Documentation { get; set; }

    /// <summary>The gateway supports a connection test.</summary>
    public bool CanTest { get; set; }

    /// <summary>Result of a test that was requested without a script.</summary>
    public TestResultModel? TestResult { get; set; }

    /// <summary>True for test keys, false for live keys, null when the keys do not tell.</summary>
    public bool? IsTest { get; set; }

    /// <summary>Null for a provider that sends no webhooks.</summary>
    public WebhookHealthModel? Webhook { get; set; }

    /// <summary>Minimum payment of each chosen coin.</summary>
    public IList<string> Minimums { get; set; } = [];

    /// <summary>Chosen coins that are not offered, with the reason.</summary>
    public IList<string> UnavailableReasons { get; set; } = [];

    public IList<FieldModel> Fields { get; set; } = [];
}

/// <summary>
/// A setting of a gateway as a form field.
/// </summary>
public record FieldModel : BaseNopModel
{
    public string Name { get; set; } = string.Empty;

    /// <summary>Id of the HTML element.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>The store whose settings are edited; 0 for all stores.</summary>
    public int StoreId { get; set; }

    /// <summary>
    /// The value. A stored secret is never sent to the browser, only one that was entered and is not saved yet; an empty posted secret
    /// keeps the stored one.
    /// </summary>
    public string? Value { get; set; }

    /// <summary>Selected values of a list.</summary>
    public IList<string> Values { get; set; } = [];

    public bool OverrideForStore { get; set; }

    public SettingKind Kind { get; set; }

    public string Label { get; set; } = string.Empty;

    public string Hint { get; set; } = string.Empty;

    /// <summary>A secret is stored.</summary>
    public bool HasSecret { get; set; }

    /// <summary>The stored secret was encrypted with a key other than the store's current one.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>The stored secret is optional and can be removed.</summary>
    public bool CanRemove { get; set; }

    /// <summary>Removes the stored secret.</summary>
    public bool Remove { get; set; }

    /// <summary>Until when the previous secret verifies webhooks, formatted in the user's time zone; null when none does.</summary>
    public string? PreviousUntil { get; set; }

    /// <summary>Stops the previous secret from verifying webhooks.</summary>
    public bool EndPrevious { get; set; }

    public IList<OptionModel> Options { get; set; } = [];
}

/// <summary>
/// An option of a list.
/// </summary>
public record OptionModel(string Value, string Text, bool IsSelected);

/// <summary>
/// State of a gateway.
/// </summary>
public enum GatewayState
{
    Off,
    Incomplete,

    /// <summary>Offered at checkout.</summary>
    Ready,

    /// <summary>Offered at checkout, but calls to the provider fail.</summary>
    Failing
}

/// <summary>
/// How a gateway's webhooks arrive. Times are formatted in the user's time zone.
/// </summary>
public record WebhookHealthModel : BaseNopModel
{
    public string Url { get; set; } = string.Empty;

    /// <summary>The owner enters the URL at the provider; otherwise each payment contains it.</summary>
    public bool IsEnteredAtProvider { get; set; }

    public string? LastAccepted { get; set; }

    public string? LastRefused { get; set; }

    /// <summary>Why the last refused webhook was refused.</summary>
    public string? Reason { get; set; }

    /// <summary>Number of accepted webhooks that are not processed yet.</summary>
    public int OpenRows { get; set; }
}

/// <summary>
/// Result of a test.
/// </summary>
/// <param name="Text">The result in words.</param>
/// <param name="IsFine">The test succeeded.</param>
public sealed record TestResultModel(string Text, bool IsFine)
{
    /// <summary>Page to open next; null to stay.</summary>
    public string? Location { get; init; }
}
