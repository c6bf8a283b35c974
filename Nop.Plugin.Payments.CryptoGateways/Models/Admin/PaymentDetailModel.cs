namespace Nop.Plugin.Payments.CryptoGateways.Models.Admin;

/// <summary>
/// Something that is known about a payment.
/// </summary>
/// <param name="Name">End of the text key.</param>
/// <param name="Lines">One or more values.</param>
public sealed record PaymentDetailModel(string Name, IList<FactLine> Lines);

/// <param name="Text">As it is.</param>
/// <param name="Url">Where it can be looked up; null for nowhere.</param>
public sealed record FactLine(string Text, string? Url);
