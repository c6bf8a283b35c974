using System.Net.Sockets;
using System.Security.Authentication;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// What came out of trying a gateway's keys and address. The text of each is Plugins.Payments.CryptoGateways.Connection.{name}.
/// </summary>
public enum ConnectionVerdict
{
    Works,

    /// <summary>It works, and moves no real money.</summary>
    WorksForTests,

    /// <summary>Required fields are empty.</summary>
    Incomplete,

    /// <summary>A field has not the form that it must have; nothing was called.</summary>
    Invalid,

    /// <summary>A stored secret would be sent to another host than the one it was entered for; nothing was called.</summary>
    OtherHost,

    WrongKey,

    /// <summary>The key is right and may not do this.</summary>
    Forbidden,

    /// <summary>A firewall or proxy in front of the provider refused the call.</summary>
    Blocked,

    /// <summary>Something answers at the address, but not the provider's API.</summary>
    WrongAddress,

    /// <summary>The name of the host is not known to DNS.</summary>
    HostNotFound,

    /// <summary>Nothing listens at the address, or a firewall says no.</summary>
    ConnectionRefused,

    /// <summary>No way to the host, or the connection broke.</summary>
    Unreachable,

    TimedOut,

    /// <summary>No secure connection: a wrong certificate, or no TLS at all.</summary>
    NoTls,

    TooManyRequests,

    /// <summary>The provider's own fault: 5xx.</summary>
    ProviderFault,

    /// <summary>The provider refused the call for another reason.</summary>
    Refused,

    /// <summary>The gateway has no call to try.</summary>
    CannotTell
}

/// <summary>
/// Tells from a failed call what an owner has to look at.
/// </summary>
public static class ConnectionDiagnosis
{
    public static ConnectionVerdict Of(GatewayException exception) => exception.Fault switch
    {
        GatewayFault.BadKey => ConnectionVerdict.WrongKey,
        GatewayFault.Forbidden => ConnectionVerdict.Forbidden,
        GatewayFault.Blocked => ConnectionVerdict.Blocked,
        GatewayFault.TooManyRequests => ConnectionVerdict.TooManyRequests,
        GatewayFault.ServerError => ConnectionVerdict.ProviderFault,
        GatewayFault.Timeout => ConnectionVerdict.TimedOut,
        GatewayFault.BadAnswer => ConnectionVerdict.WrongAddress,
        GatewayFault.Refused => exception.StatusCode is 404 or 405 or 410 ? ConnectionVerdict.WrongAddress : ConnectionVerdict.Refused,
        _ => OfNetwork(exception)
    };

    /// <summary>What a connection failed for.</summary>
    public static ConnectionVerdict OfNetwork(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException!)
        {
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError })
                return ConnectionVerdict.HostNotFound;
            if (cause is AuthenticationException or HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError })
                return ConnectionVerdict.NoTls;
            if (cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
                return ConnectionVerdict.ConnectionRefused;
            if (cause is SocketException { SocketErrorCode: SocketError.TimedOut })
                return ConnectionVerdict.TimedOut;
            if (cause is OperationCanceledException)
                return ConnectionVerdict.TimedOut;
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse })
                return ConnectionVerdict.WrongAddress;
        }
        return ConnectionVerdict.Unreachable;
    }
}
