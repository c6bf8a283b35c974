using System.Net.Sockets;
using System.Security.Authentication;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace CryptoGateways.Tests.Unit;

public sealed class ConnectionDiagnosisTests
{
    [TestCase(GatewayFault.BadKey, 401, ConnectionAnalysis.WrongKey)]
    [TestCase(GatewayFault.Forbidden, 403, ConnectionAnalysis.Forbidden)]
    [TestCase(GatewayFault.Blocked, 403, ConnectionAnalysis.Blocked)]
    [TestCase(GatewayFault.TooManyRequests, 429, ConnectionAnalysis.TooManyRequests)]
    [TestCase(GatewayFault.ServerError, 503, ConnectionAnalysis.ProviderFault)]
    [TestCase(GatewayFault.Refused, 404, ConnectionAnalysis.WrongAddress)]
    [TestCase(GatewayFault.Refused, 405, ConnectionAnalysis.WrongAddress)]
    [TestCase(GatewayFault.Refused, 422, ConnectionAnalysis.Refused)]
    [TestCase(GatewayFault.BadAnswer, 301, ConnectionAnalysis.WrongAddress)]
    [TestCase(GatewayFault.BadAnswer, 200, ConnectionAnalysis.WrongAddress)]
    public void An_answer_tells_a_wrong_key_from_a_wrong_address(GatewayFault fault, int status, ConnectionAnalysis verdict) =>
        Assert.That(ConnectionDiagnosis.Of(new GatewayException(fault, "answered") { StatusCode = status }), Is.EqualTo(verdict));

    [TestCase(HttpRequestError.NameResolutionError, ConnectionAnalysis.HostNotFound)]
    [TestCase(HttpRequestError.SecureConnectionError, ConnectionAnalysis.NoTls)]
    [TestCase(HttpRequestError.InvalidResponse, ConnectionAnalysis.WrongAddress)]
    [TestCase(HttpRequestError.ConnectionError, ConnectionAnalysis.Unreachable)]
    [TestCase(HttpRequestError.ResponseEnded, ConnectionAnalysis.Unreachable)]
    public void Without_an_answer_the_network_tells_where_it_ended(HttpRequestError error, ConnectionAnalysis verdict) =>
        Assert.That(Of(new HttpRequestException(error)), Is.EqualTo(verdict));

    [Test]
    public void The_cause_below_tells_more()
    {
        Assert.That(Of(new HttpRequestException(HttpRequestError.ConnectionError, null, new SocketException((int)SocketError.ConnectionRefused))), Is.EqualTo(ConnectionAnalysis.ConnectionRefused));
        Assert.That(Of(new HttpRequestException(HttpRequestError.ConnectionError, null, new SocketException((int)SocketError.TimedOut))), Is.EqualTo(ConnectionAnalysis.TimedOut));
        Assert.That(Of(new HttpRequestException(null, new AuthenticationException())), Is.EqualTo(ConnectionAnalysis.NoTls));
        Assert.That(ConnectionDiagnosis.Of(new GatewayException(GatewayFault.Unreachable, "explained", new GatewayException(GatewayFault.Unreachable, "no answer", new HttpRequestException(HttpRequestError.NameResolutionError)))), Is.EqualTo(ConnectionAnalysis.HostNotFound));
        Assert.That(ConnectionDiagnosis.Of(new GatewayException(GatewayFault.Timeout, "no answer in time")), Is.EqualTo(ConnectionAnalysis.TimedOut));
        Assert.That(ConnectionDiagnosis.Of(new GatewayException(GatewayFault.NotCalled, "no time was left", new OperationCanceledException())), Is.EqualTo(ConnectionAnalysis.TimedOut));
    }

    private static ConnectionAnalysis Of(Exception cause) => ConnectionDiagnosis.Of(new GatewayException(GatewayFault.Unreachable, "no answer", cause));
}
