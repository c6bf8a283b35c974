namespace Nop.Plugin.Payments.CryptoGateways.Gateways;

/// <summary>
/// A provider did not do what it was asked. The message is for the log: it names the fault and holds no secret, no personal data
/// and no text of the provider beyond a short, cleaned excerpt.
/// </summary>
public sealed class GatewayException(GatewayFault fault, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public GatewayFault Fault { get; } = fault;

    /// <summary>The provider's answer without the key that it was asked with, for the gateway to read: never log or show it.</summary>
    public string? Answer { get; init; }

    /// <summary>The answer's HTTP status; null when none came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>
    /// True when the provider certainly made no payment, so that the attempt is over. In all other cases it may have made one.
    /// </summary>
    public bool CreatedNothing => Fault is GatewayFault.Refused or GatewayFault.BadKey or GatewayFault.Forbidden or GatewayFault.TooManyRequests or GatewayFault.NotCalled;
}

/// <summary>
/// What went wrong between the store and a provider. The numbers are stored; never renumber them.
/// </summary>
public enum GatewayFault
{
    /// <summary>Nothing was sent: the provider failed so often that it is left alone for a moment, or no time was left.</summary>
    NotCalled,

    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>401.</summary>
    BadKey,

    /// <summary>403 of the provider's API.</summary>
    Forbidden,

    /// <summary>Any other 4xx: the request itself was refused.</summary>
    Refused,

    /// <summary>429.</summary>
    TooManyRequests,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>An answer that is not what the provider documents.</summary>
    BadAnswer,

    /// <summary>A firewall or proxy in front of the provider refused; some read answers too, so the call may have got through.</summary>
    Blocked,

    /// <summary>An answer that names an address which is not one of the coin's network: the attempt is on hold, see <see cref="Domain.CryptoPayment.IsOnHold"/>.</summary>
    BadAddress
}
