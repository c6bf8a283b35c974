using System.Net.Sockets;
using System.Security.Authentication;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Services.Installation;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;
using Nop.Plugin.Payments.CryptoGateways.Validators;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

/// <summary>
/// Tests a gateway's keys and API URL as entered, before they are saved.
/// </summary>
public class ConnectionTester(EnteredSettings entered, SecretDestinations destinations, GatewayHttp http, PluginTexts texts)
{
    /// <summary>Limit of all calls of a test; a gateway may need several.</summary>
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(25);

    /// <param name="gateway">The gateway.</param>
    /// <param name="card">The entered settings.</param>
    /// <param name="storeId">0 for all stores.</param>
    public async Task<ConnectionResult> TestAsync(IPaymentGateway gateway, GatewayModel card, int storeId)
    {
        var settings = await entered.OfAsync(gateway.Descriptor, card, storeId);
        // A URL that would not be saved is not called.
        if (gateway.Descriptor.Fields.Where(field => SettingRules.ErrorOf(field, settings.Text(field.Name)) is not null).ToList() is { Count: > 0 } wrong)
            return await WithFieldsAsync(ConnectionAnalysis.Invalid, wrong);
        if (settings.Missing() is { Count: > 0 } missing)
            return await WithFieldsAsync(ConnectionAnalysis.Incomplete, missing);
        if (await destinations.MisdirectedAsync(gateway.Descriptor, card, storeId) is { Count: > 0 } misdirected)
            return await WithFieldsAsync(ConnectionAnalysis.OtherHost, misdirected.Select(one => one.Field));
        if (gateway is not IConnectionTest test)
            return new ConnectionResult(ConnectionAnalysis.CannotTell);

        using var timeout = new CancellationTokenSource(_timeout);
        try
        {
            await GatewayBoundary.CallAsync(() => http.RunTrialAsync(() => test.TestAsync(settings, timeout.Token)));
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
    /// The labels of the fields to correct, or the provider's error without secrets; null if the test succeeded.
    /// </summary>
    public string? Detail { get; init; }

    public bool IsFine => Verdict is ConnectionAnalysis.Works or ConnectionAnalysis.WorksForTests;
}

/// <summary>
/// Outcome of a connection test. Its text is Plugins.Payments.CryptoGateways.Connection.{name}.
/// </summary>
public enum ConnectionAnalysis
{
    Works,

    /// <summary>The test succeeded with test keys.</summary>
    WorksForTests,

    /// <summary>Required fields are empty.</summary>
    Incomplete,

    /// <summary>A field is invalid. The provider was not called.</summary>
    Invalid,

    /// <summary>A stored secret would be sent to another host than the one it was entered for; nothing was called.</summary>
    OtherHost,

    WrongKey,

    /// <summary>The key is valid but lacks a permission.</summary>
    Forbidden,

    /// <summary>A firewall or proxy in front of the provider rejected the call.</summary>
    Blocked,

    /// <summary>The server at the URL is not the provider's API.</summary>
    WrongAddress,

    /// <summary>DNS does not know the host name.</summary>
    HostNotFound,

    /// <summary>Nothing listens at the URL, or a firewall rejects the connection.</summary>
    ConnectionRefused,

    /// <summary>The host cannot be reached, or the connection was lost.</summary>
    Unreachable,

    TimedOut,

    /// <summary>The TLS certificate is invalid, or the server does not support TLS.</summary>
    NoTls,

    TooManyRequests,

    /// <summary>The provider answered with a 5xx status.</summary>
    ProviderFault,

    /// <summary>The provider rejected the call for another reason.</summary>
    Refused,

    /// <summary>The gateway has no connection test.</summary>
    CannotTell
}

/// <summary>
/// Maps a failed call to the cause that an owner can act on.
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

    /// <summary>The cause of a failed connection.</summary>
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

/// <summary>
/// Tests a gateway's connection and webhook URL, and enables it at the end of the setup guide.
/// </summary>
public class SetupService(GatewayRegistry registry, ConnectionTester tester, ConfigurationSaver saver, PlatformEntries entries, WebhookSelfTest selfTest, StoreUrls urls)
{
    /// <summary>Null if no gateway has this system name.</summary>
    public IPaymentGateway? Find(string? systemName) => registry.Find(systemName);

    /// <inheritdoc cref="ConnectionTester.TestAsync"/>
    public Task<ConnectionResult> TestAsync(IPaymentGateway gateway, GatewayModel entered, int storeId) => tester.TestAsync(gateway, entered, storeId);

    /// <summary>
    /// Tests the entered settings, saves them for all stores, and enables the gateway and the payment method. If the test fails, nothing is
    /// saved. A gateway without a connection test is saved untested.
    /// </summary>
    public async Task<ConnectionResult> SwitchOnAsync(IPaymentGateway gateway, GatewayModel entered)
    {
        var result = await tester.TestAsync(gateway, entered, storeId: 0);
        if (!result.IsFine && result.Verdict != ConnectionAnalysis.CannotTell)
            return result;

        var isOn = new FieldModel { Name = GatewaySettings.Enabled, Value = GatewaySettings.FlagOn };
        await saver.SaveAsync(entered with { Fields = [.. entered.Fields.Where(field => field.Name != isOn.Name), isOn] }, storeId: 0);
        await entries.ActivateAsync();
        return result;
    }

    /// <summary>Sends a test event to a store's webhook URL, which is null if the store's own URL is missing or invalid.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="storeId">0 for the current store.</param>
    /// <param name="cancellationToken">Cancels the test.</param>
    public async Task<(Uri? Url, SelfTestResult Result)> SelfTestAsync(IPaymentGateway gateway, int storeId, CancellationToken cancellationToken)
    {
        var url = await urls.WebhookAsync(gateway.Descriptor, storeId);
        return (url, url is null ? new SelfTestResult(SelfTestAnalysis.NoAddress) : await selfTest.SendAsync(url, cancellationToken));
    }
}
