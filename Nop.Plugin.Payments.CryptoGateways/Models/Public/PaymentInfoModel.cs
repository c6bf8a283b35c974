using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// The payment step of the checkout.
/// </summary>
public record PaymentInfoModel : BaseNopModel
{
    /// <summary>The cart's total in the working currency; null without a payment option.</summary>
    public string? Total { get; init; }

    public PaymentOptionListModel PaymentOptions { get; init; } = PaymentOptionListModel.None;
}
