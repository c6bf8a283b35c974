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

    /// <summary>Sentence: off, incomplete and what is missing, or ready.</summary>
    public string Status { get; set; } = string.Empty;

    /// <summary>The gateway is offered at checkout.</summary>
    public bool IsReady { get; set; }

    /// <summary>Its keys move no real money (true), or do (false); null when they do not tell.</summary>
    public bool? IsTest { get; set; }

    /// <summary>The address to enter at the provider.</summary>
    public string? WebhookUrl { get; set; }

    /// <summary>The smallest payment of each coin that the owner chose.</summary>
    public IList<string> Minimums { get; set; } = [];

    /// <summary>Coins that the owner chose and that are not offered, with the reason.</summary>
    public IList<string> Obstacles { get; set; } = [];

    public IList<FieldModel> Fields { get; set; } = [];
}

/// <summary>
/// One setting of a gateway on the configuration page.
/// </summary>
public record FieldModel : BaseNopModel
{
    public string Name { get; set; } = string.Empty;

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

    public IList<OptionModel> Options { get; set; } = [];
}

/// <summary>
/// A value to choose.
/// </summary>
public record OptionModel(string Value, string Text, bool IsSelected);
