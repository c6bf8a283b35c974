using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The table in the README says what the gateways can, and nothing else.
/// </summary>
public sealed class GatewayTableTests
{
    [Test]
    public void The_readme_says_of_each_gateway_what_its_code_can() => Assert.That(Sources.Readme, Does.Contain(Table()));

    private static string Table() => string.Join('\n', Registered.Gateways.Select(Row)
        .Prepend("|---|---|---|---|---|---|---|---|---|---|---|")
        .Prepend("| Gateway | create | own page | webhook | status | batch | capture | void | refund | pay out | fee payer |"));

    private static string Row(IPaymentGateway gateway) => $"| {string.Join(" | ", new[]
    {
        gateway.Descriptor.Name, "yes", Yes(gateway.Descriptor.SupportsStorePage), Yes(gateway is IWebhookGateway), Yes(gateway is IStatusGateway), Yes(gateway is IBatchStatusGateway),
        Yes(gateway is ICaptureGateway), Yes(gateway is IVoidGateway), Yes(gateway is IRefundGateway), Yes(gateway is IPayoutGateway),
        gateway.Descriptor.CanChargeFeeToShopper ? "provider" : "store's payment fee"
    })} |";

    private static string Yes(bool can) => can ? "yes" : "-";
}
