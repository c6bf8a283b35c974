namespace Nop.Plugin.Payments.CryptoGateways.Gateways.CryptoFuse;

/// <summary>
/// The words for a status that CryptoFuse's pages use, of both contracts; no word has two meanings.
/// </summary>
internal static class CryptoFuseStatuses
{
    public static ProviderStatus Meaning(string word) => word.ToLowerInvariant() switch
    {
        "pending" or "waiting" => ProviderStatus.Waiting,
        // confirmed is followed by completed. partially_paid is not over yet, and the shopper must not be led to pay anew.
        "confirming" or "confirmed" or "partially_paid" => ProviderStatus.Confirming,
        "completed" => ProviderStatus.Completed,
        "partially_completed" => ProviderStatus.Underpaid,
        "expired" => ProviderStatus.Expired,
        "failed" => ProviderStatus.Failed,
        _ => ProviderStatus.Unknown
    };

    /// <summary>The address still waits for the whole amount. What is confirming may be a part of it.</summary>
    public static bool AcceptsMore(string word) => word.ToLowerInvariant() is "pending" or "waiting" or "confirming" or "partially_paid";
}
