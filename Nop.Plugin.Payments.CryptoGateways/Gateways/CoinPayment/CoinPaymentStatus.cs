namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CoinPayment;

/// <summary>
/// CoinPayments.net's numbers for a payment's status.
/// </summary>
internal static class CoinPaymentStatus
{
    private const int Waiting = 0;

    /// <summary>Received and confirmed, to be paid out to the owner at night.</summary>
    private const int Queued = 2;
    private const int Complete = 100;

    /// <summary>Cancelled or timed out; it may be opened again.</summary>
    private const int Over = -1;
    private const int SentBack = -2;

    /// <summary>
    /// What a number means. Documented is: below 0 failed, 0 to 99 pending, from 100 on complete. CoinPayments' own sample takes 2 for
    /// paid too, and so do we: the coins are confirmed and CoinPayments has them.
    /// </summary>
    public static ProviderStatus Of(string status) => StrictText.Integer(status) switch
    {
        null => ProviderStatus.Unknown,
        SentBack => ProviderStatus.Refunded,
        Over => ProviderStatus.Expired,
        < 0 => ProviderStatus.Failed,
        Waiting => ProviderStatus.Waiting,
        Queued or >= Complete => ProviderStatus.Completed,
        _ => ProviderStatus.Confirming
    };

    /// <summary>
    /// The same with what else is known. Over is one number for four ends: coins came, and too few; enough came, and it is over all
    /// the same, which a person has to clear up; nothing came in time; or it was cancelled before its time.
    /// </summary>
    public static ProviderStatus Of(string status, decimal due, decimal received, bool isTimeOver) => Of(status) switch
    {
        ProviderStatus.Expired when received >= due => ProviderStatus.Disputed,
        ProviderStatus.Expired when received > 0 => ProviderStatus.Underpaid,
        ProviderStatus.Expired when !isTimeOver => ProviderStatus.Canceled,
        var meaning => meaning
    };
}
