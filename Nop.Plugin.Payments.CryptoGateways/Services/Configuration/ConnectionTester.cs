using System.Net.Sockets;
using System.Security.Authentication;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Validators;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Tries a gateway's keys and address as they were entered, before they are saved.
/// </summary>
public class ConnectionTester(EnteredSettings entered, SecretDestinations destinations, GatewayHttp http, PluginTexts texts)
{
    /// <summary>How long an owner waits for the answer; a gateway may need several calls.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(25);

    /// <param name="gateway">The gateway.</param>
    /// <param name="card">What was entered for it.</param>
    /// <param name="storeId">0 for all stores.</param>
    public async Task<ConnectionResult> TestAsync(IPaymentGateway gateway, GatewayCardModel card, int storeId)
    {
        var settings = await entered.OfAsync(gateway.Descriptor, card, storeId);
        // An address that the page would not save is not called either.
        if (gateway.Descriptor.Fields.Where(field => SettingRules.ErrorOf(field, settings.Text(field.Name)) is not null).ToList() is { Count: > 0 } wrong)
            return await WithFieldsAsync(ConnectionAnalysis.Invalid, wrong);
        if (settings.Missing() is { Count: > 0 } missing)
            return await WithFieldsAsync(ConnectionAnalysis.Incomplete, missing);
        if (await destinations.MisdirectedAsync(gateway.Descriptor, card, storeId) is { Count: > 0 } misdirected)
            return await WithFieldsAsync(ConnectionAnalysis.OtherHost, misdirected.Select(one => one.Field));
        if (gateway is not IConnectionTest test)
            return new ConnectionResult(ConnectionAnalysis.CannotTell);

        using var patience = new CancellationTokenSource(_patience);
        try
        {
            await GatewayBoundary.CallAsync(() => http.RunTrialAsync(() => test.TestAsync(settings, patience.Token)));
        }
        catch (GatewayException exception)
        {
            return new ConnectionResult(ConnectionDiagnosis.Of(exception)) { Detail = exception.Message };
        }
        return new ConnectionResult(gateway.IsTest(settings) == true ? ConnectionAnalysis.WorksForTests : ConnectionAnalysis.Works);

        async Task<ConnectionResult> WithFieldsAsync(ConnectionAnalysis verdict, IEnumerable<SettingField> fields) =>
            new(verdict) { Detail = await texts.LabelsAsync(gateway.Descriptor, fields) };
    }
}

/// <summary>
/// Result of a connection test.
/// </summary>
public sealed record ConnectionResult(ConnectionAnalysis Verdict)
{
    /// <summary>
    /// Labels of the fields that are empty, invalid or to be entered again; else the provider's answer in a few words without secrets. Null
    /// when the test succeeded.
    /// </summary>
    public string? Detail { get; init; }

    public bool IsFine => Verdict is ConnectionAnalysis.Works or ConnectionAnalysis.WorksForTests;
}

/// <summary>
/// What came out of trying a gateway's keys and address. The text of each is Plugins.Payments.CryptoGateways.Connection.{name}.
/// </summary>
public enum ConnectionAnalysis
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
    public static ConnectionAnalysis Of(GatewayException exception) => exception.Fault switch
    {
        GatewayFault.BadKey => ConnectionAnalysis.WrongKey,
        GatewayFault.Forbidden => ConnectionAnalysis.Forbidden,
        GatewayFault.Blocked => ConnectionAnalysis.Blocked,
        GatewayFault.TooManyRequests => ConnectionAnalysis.TooManyRequests,
        GatewayFault.ServerError => ConnectionAnalysis.ProviderFault,
        GatewayFault.Timeout => ConnectionAnalysis.TimedOut,
        GatewayFault.BadAnswer => ConnectionAnalysis.WrongAddress,
        GatewayFault.Refused => exception.StatusCode is 404 or 405 or 410 ? ConnectionAnalysis.WrongAddress : ConnectionAnalysis.Refused,
        _ => OfNetwork(exception)
    };

    /// <summary>What a connection failed for.</summary>
    public static ConnectionAnalysis OfNetwork(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException!)
        {
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError })
                return ConnectionAnalysis.HostNotFound;
            if (cause is AuthenticationException or HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError })
                return ConnectionAnalysis.NoTls;
            if (cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
                return ConnectionAnalysis.ConnectionRefused;
            if (cause is SocketException { SocketErrorCode: SocketError.TimedOut })
                return ConnectionAnalysis.TimedOut;
            if (cause is OperationCanceledException)
                return ConnectionAnalysis.TimedOut;
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse })
                return ConnectionAnalysis.WrongAddress;
        }
        return ConnectionAnalysis.Unreachable;
    }
}
