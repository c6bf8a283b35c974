using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Models.Admin;
using Nop.Plugin.Payments.CryptoGateways.Validators;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Tries a gateway's keys and address as they were entered, before they are saved.
/// </summary>
public class ConnectionTester(EnteredSettings entered, SecretDestinations destinations, GatewayHttp http)
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
            return new ConnectionResult(ConnectionVerdict.Invalid, wrong);
        if (settings.Missing() is { Count: > 0 } missing)
            return new ConnectionResult(ConnectionVerdict.Incomplete, missing);
        if (await destinations.MisdirectedAsync(gateway.Descriptor, card, storeId) is { Count: > 0 } misdirected)
            return new ConnectionResult(ConnectionVerdict.OtherHost, [.. misdirected.Select(one => one.Field)]);
        if (gateway is not IConnectionTest test)
            return new ConnectionResult(ConnectionVerdict.CannotTell);

        using var patience = new CancellationTokenSource(_patience);
        try
        {
            await GatewayBoundary.CallAsync(() => http.TryOutAsync(() => test.TestAsync(settings, patience.Token)));
        }
        catch (GatewayException exception)
        {
            return new ConnectionResult(ConnectionDiagnosis.Of(exception)) { Detail = exception.Message };
        }
        return new ConnectionResult(gateway.IsTest(settings) == true ? ConnectionVerdict.WorksForTests : ConnectionVerdict.Works);
    }
}

/// <summary>
/// How a test went.
/// </summary>
/// <param name="Verdict">What came out.</param>
/// <param name="Fields">The fields that are empty or wrong, where that is the verdict.</param>
public sealed record ConnectionResult(ConnectionVerdict Verdict, IReadOnlyList<SettingField>? Fields = null)
{
    /// <summary>What the provider answered, in a few words without secrets; null when it was not called, or all is well.</summary>
    public string? Detail { get; init; }

    public bool IsFine => Verdict is ConnectionVerdict.Works or ConnectionVerdict.WorksForTests;
}
