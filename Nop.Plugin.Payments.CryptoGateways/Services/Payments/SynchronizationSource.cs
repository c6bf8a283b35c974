namespace Nop.Plugin.Payments.CryptoGateways.Services.Payments;

/// <summary>
/// What triggered the check of a payment.
/// </summary>
public enum SynchronizationSource
{
    Webhook,

    /// <summary>The shopper returned from the provider.</summary>
    Return,

    /// <summary>The shopper opened the order's payment page.</summary>
    OrderPage,

    /// <summary>The store's payment page was opened or polled.</summary>
    PayPage,

    /// <summary>The shopper starts a payment.</summary>
    Start,

    /// <summary>An administrator requested it.</summary>
    Admin,
    Task
}
