using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.CryptoGateways.Models.Public;

/// <summary>
/// The payment step of the checkout.
/// </summary>
public record PaymentInfoModel : BaseNopModel
{
    /// <summary>What the cart costs, in the shopper's currency and language; null when nothing is offered for it.</summary>
    public string? Total { get; init; }

    public PaymentOptionListModel PaymentOptions { get; init; } = PaymentOptionListModel.None;
}
