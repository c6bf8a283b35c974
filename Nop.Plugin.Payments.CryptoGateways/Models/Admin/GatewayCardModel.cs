using System.Net;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// One gateway on the configuration page.
/// </summary>
public record GatewayCardModel : BaseNopModel
{
    public string SystemName { get; set; } = string.Empty;

    public string Name { get; set; } = string.Empty;

    /// <summary>The store whose settings are edited; 0 for all stores.</summary>
    public int StoreId { get; set; }

    public GatewayState State { get; set; }

    /// <summary>Colour of the state, as the admin area's style has it.</summary>
    public string Badge => State switch
    {
        GatewayState.Ready => "badge-success",
        GatewayState.Failing => "badge-danger",
        GatewayState.Incomplete => "badge-warning",
        _ => "badge-secondary"
    };

    /// <summary>Sentence: off, incomplete and what is missing, ready, or failing and since when.</summary>
    public string Status { get; set; } = string.Empty;

    /// <summary>Name and status as markup: the platform's card takes its title as it is.</summary>
    public string TitleMarkup => $"{WebUtility.HtmlEncode(Name)} <span class=\"badge {Badge}\">{WebUtility.HtmlEncode(Status)}</span>";

    /// <summary>The card is closed, as its administrator left it, or because there is nothing to see.</summary>
    public bool IsCollapsed { get; set; }

    /// <summary>Where the provider tells how its account and API are used.</summary>
    public string? Documentation { get; set; }

    /// <summary>The gateway has a harmless call to try.</summary>
    public bool CanTest { get; set; }

    /// <summary>What the test has just told, for browsers without scripts.</summary>
    public TestResultModel? Tried { get; set; }

    /// <summary>Its keys move no real money (true), or do (false); null when they do not tell.</summary>
    public bool? IsTest { get; set; }

    /// <summary>How webhooks arrive; null for a provider that sends none.</summary>
    public WebhookHealthModel? Webhook { get; set; }

    /// <summary>The smallest payment of each coin that the owner chose.</summary>
    public IList<string> Minimums { get; set; } = [];

    /// <summary>Coins that the owner chose and that are not offered, with the reason.</summary>
    public IList<string> UnavailableReasons { get; set; } = [];

    public IList<FieldModel> Fields { get; set; } = [];
}

/// <summary>
/// One setting of a gateway on the configuration page.
/// </summary>
public record FieldModel : BaseNopModel
{
    public string Name { get; set; } = string.Empty;

    /// <summary>Of its element on the page.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>The store whose settings are edited; 0 for all stores.</summary>
    public int StoreId { get; set; }

    /// <summary>The value; always empty on the way out when it is a secret, and meaning "as before" when it comes back empty.</summary>
    public string? Value { get; set; }

    /// <summary>The chosen values of a list.</summary>
    public IList<string> Values { get; set; } = [];

    public bool OverrideForStore { get; set; }

    public SettingKind Kind { get; set; }

    public string Label { get; set; } = string.Empty;

    public string Hint { get; set; } = string.Empty;

    /// <summary>A secret is stored.</summary>
    public bool HasSecret { get; set; }

    /// <summary>The stored secret was encrypted with another key than the store's present one.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>The stored secret can be removed: the gateway works without it.</summary>
    public bool CanRemove { get; set; }

    /// <summary>The stored secret is to be removed.</summary>
    public bool Remove { get; set; }

    /// <summary>Until when the secret before this one verifies webhooks, ready to be read; null when none does.</summary>
    public string? PreviousUntil { get; set; }

    /// <summary>The secret before this one is to verify no more webhooks.</summary>
    public bool EndPrevious { get; set; }

    public IList<OptionModel> Options { get; set; } = [];
}

/// <summary>
/// A value to choose.
/// </summary>
public record OptionModel(string Value, string Text, bool IsSelected);

/// <summary>
/// How a gateway stands, at a glance.
/// </summary>
public enum GatewayState
{
    Off,
    Incomplete,

    /// <summary>It is offered at checkout.</summary>
    Ready,

    /// <summary>It is offered, and calls to its provider fail.</summary>
    Failing
}

/// <summary>
/// How a gateway's webhooks arrive. All times are UTC and ready to be read.
/// </summary>
public record WebhookHealthModel : BaseNopModel
{
    /// <summary>The address to enter at the provider.</summary>
    public string Url { get; set; } = string.Empty;

    public string? LastAccepted { get; set; }

    public string? LastRefused { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; set; }

    /// <summary>Webhooks that were accepted and wait to be acted on.</summary>
    public int OpenRows { get; set; }
}

/// <summary>
/// What was found out by trying.
/// </summary>
/// <param name="Text">Sentences for the administrator.</param>
/// <param name="IsFine">All is well.</param>
public sealed record TestResultModel(string Text, bool IsFine)
{
    /// <summary>The page to go to now; null to stay.</summary>
    public string? Location { get; init; }
}
