using System.Net.Sockets;
using System.Security.Authentication;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services;

namespace CryptoGateways.Tests.Unit;

public sealed class ConnectionDiagnosisTests
{
    [TestCase(GatewayFault.BadKey, 401, ConnectionVerdict.WrongKey)]
    [TestCase(GatewayFault.Forbidden, 403, ConnectionVerdict.Forbidden)]
    [TestCase(GatewayFault.Blocked, 403, ConnectionVerdict.Blocked)]
    [TestCase(GatewayFault.TooManyRequests, 429, ConnectionVerdict.TooManyRequests)]
    [TestCase(GatewayFault.ServerError, 503, ConnectionVerdict.ProviderFault)]
    [TestCase(GatewayFault.Refused, 404, ConnectionVerdict.WrongAddress)]
    [TestCase(GatewayFault.Refused, 405, ConnectionVerdict.WrongAddress)]
    [TestCase(GatewayFault.Refused, 422, ConnectionVerdict.Refused)]
    [TestCase(GatewayFault.BadAnswer, 301, ConnectionVerdict.WrongAddress)]
    [TestCase(GatewayFault.BadAnswer, 200, ConnectionVerdict.WrongAddress)]
    public void An_answer_tells_a_wrong_key_from_a_wrong_address(GatewayFault fault, int status, ConnectionVerdict verdict) =>
        Assert.That(ConnectionDiagnosis.Of(new GatewayException(fault, "answered") { StatusCode = status }), Is.EqualTo(verdict));

    [TestCase(HttpRequestError.NameResolutionError, ConnectionVerdict.HostNotFound)]
    [TestCase(HttpRequestError.SecureConnectionError, ConnectionVerdict.NoTls)]
    [TestCase(HttpRequestError.InvalidResponse, ConnectionVerdict.WrongAddress)]
    [TestCase(HttpRequestError.ConnectionError, ConnectionVerdict.Unreachable)]
    [TestCase(HttpRequestError.ResponseEnded, ConnectionVerdict.Unreachable)]
    public void Without_an_answer_the_network_tells_where_it_ended(HttpRequestError error, ConnectionVerdict verdict) =>
        Assert.That(Of(new HttpRequestException(error)), Is.EqualTo(verdict));

    [Test]
    public void The_cause_below_tells_more()
    {
        Assert.That(Of(new HttpRequestException(HttpRequestError.ConnectionError, null, new SocketException((int)SocketError.ConnectionRefused))), Is.EqualTo(ConnectionVerdict.ConnectionRefused));
        Assert.That(Of(new HttpRequestException(HttpRequestError.ConnectionError, null, new SocketException((int)SocketError.TimedOut))), Is.EqualTo(ConnectionVerdict.TimedOut));
        Assert.That(Of(new HttpRequestException(null, new AuthenticationException())), Is.EqualTo(ConnectionVerdict.NoTls));
        Assert.That(ConnectionDiagnosis.Of(new GatewayException(GatewayFault.Unreachable, "explained", new GatewayException(GatewayFault.Unreachable, "no answer", new HttpRequestException(HttpRequestError.NameResolutionError)))), Is.EqualTo(ConnectionVerdict.HostNotFound));
        Assert.That(ConnectionDiagnosis.Of(new GatewayException(GatewayFault.Timeout, "no answer in time")), Is.EqualTo(ConnectionVerdict.TimedOut));
        Assert.That(ConnectionDiagnosis.Of(new GatewayException(GatewayFault.NotCalled, "no time was left", new OperationCanceledException())), Is.EqualTo(ConnectionVerdict.TimedOut));
    }

    private static ConnectionVerdict Of(Exception cause) => ConnectionDiagnosis.Of(new GatewayException(GatewayFault.Unreachable, "no answer", cause));
}
