using Nop.Core.Configuration;

namespace Nop.Core.Domain.Payments;

public enum PaymentStatus
{
    Pending = 10,
    Authorized = 20,
    Paid = 30,
    PartiallyRefunded = 35,
    Refunded = 40,
    Voided = 50
}

public class PaymentSettings : ISettings
{
    public List<string> ActivePaymentMethodSystemNames { get; set; } = new();

    public bool AllowRePostingPayments { get; set; }

    public bool SkipPaymentInfoStepForRedirectionPaymentMethods { get; set; }

    public int RegenerateOrderGuidInterval { get; set; }
}
