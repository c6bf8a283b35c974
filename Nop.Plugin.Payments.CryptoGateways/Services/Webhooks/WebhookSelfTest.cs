using System.Data.Common;
using System.Linq.Expressions;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Transactions;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

/// <summary>
/// Sends a webhook to the store's public address as a provider would, and reports what blocks it. The webhook is signed with a
/// one-time secret that is stored in the database until it is used, so that any node can receive it.
/// It belongs to no provider, so that it changes nothing.
/// </summary>
public class WebhookSelfTest(IRepository<SelfTestTicket> tickets, GatewayHttp http, TimeProvider time)
{
    /// <summary>Header with the ticket's number and the signatures of the number and of the body.</summary>
    public const string Header = "X-CryptoGateways-SelfTest";

    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(1);

    /// <param name="webhookUrl">The webhook address for providers.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<SelfTestResult> SendAsync(Uri webhookUrl, CancellationToken cancellationToken)
    {
        var (number, secret) = (RandomNumberGenerator.GetHexString(32, lowercase: true), RandomNumberGenerator.GetHexString(32, lowercase: true));
        await RemoveExpiredAsync();
        await tickets.InsertAsync(new SelfTestTicket { Number = number, Secret = secret, ExpiresOnUtc = time.GetUtcNow().UtcDateTime + _lifetime }, publishEvent: false);
        try
        {
            // Fields and characters that providers send, so that whatever changes or blocks bodies meets them.
            var body = Encoding.UTF8.GetBytes(GatewayJson.Write(new { event_type = "self_test", payment_reference = number, amount = "12.50", currency = "USDT", payment_note = "caf\u00e9 & <b>\"+ %2B\"</b>" }));
            using var request = new HttpRequestMessage(HttpMethod.Post, webhookUrl) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add(Header, $"{number}.{Sign(secret, number)}.{Sign(secret, body)}");
            using var answer = await http.SendToStoreAsync(request, cancellationToken);
            return ResultOf(webhookUrl, answer, await ResponseText.ReadAsync(answer.Content, cancellationToken), secret, number);
        }
        catch (OperationCanceledException)
        {
            return new SelfTestResult(SelfTestAnalysis.TimedOut);
        }
        catch (HttpRequestException exception)
        {
            return new SelfTestResult(SelfTestDiagnosis.OfNetwork(exception));
        }
        finally
        {
            await RemoveAsync(ticket => ticket.Number == number);
        }
    }

    /// <summary>
    /// The response to a self-test; null when the request is none, is older than a minute, or was answered before.
    /// </summary>
    /// <param name="header">The header as received.</param>
    /// <param name="body">The raw bytes.</param>
    public async Task<string?> AnswerAsync(string header, byte[] body)
    {
        if (header.Split('.') is not [{ Length: 32 } number, var signature, var bodySignature])
            return null;

        if ((await tickets.GetAllAsync(query => query.Where(row => row.Number == number))).FirstOrDefault() is not { } ticket
            || ticket.ExpiresOnUtc < time.GetUtcNow().UtcDateTime
            || !IsSame(signature, Sign(ticket.Secret, number))
            || !await RemoveAsync(row => row.Number == number))
            return null;

        return Sign(ticket.Secret, $"{(IsSame(bodySignature, Sign(ticket.Secret, body)) ? Whole : Changed)}-{number}");
    }

    private const string Whole = "whole";
    private const string Changed = "changed";

    private static SelfTestResult ResultOf(Uri url, HttpResponseMessage answer, string text, string secret, string number)
    {
        if (answer.StatusCode == HttpStatusCode.OK && IsSame(text, Sign(secret, $"{Whole}-{number}")))
            return new SelfTestResult(url.IsLoopback ? SelfTestAnalysis.WorksHere : url.Scheme == Uri.UriSchemeHttps ? SelfTestAnalysis.Works : SelfTestAnalysis.NotSecure);
        if (answer.StatusCode == HttpStatusCode.OK && IsSame(text, Sign(secret, $"{Changed}-{number}")))
            return new SelfTestResult(SelfTestAnalysis.BodyChanged);
        return SelfTestDiagnosis.OfAnswer(url, answer);
    }

    /// <summary>Tickets whose node died before the response.</summary>
    private async Task RemoveExpiredAsync()
    {
        var now = time.GetUtcNow().UtcDateTime;
        await RemoveAsync(ticket => ticket.ExpiresOnUtc < now);
    }

    /// <summary>True for exactly one of several workers that remove the same ticket.</summary>
    private async Task<bool> RemoveAsync(Expression<Func<SelfTestTicket, bool>> ticket)
    {
        try
        {
            return await tickets.DeleteAsync(ticket) == 1;
        }
        catch (Exception exception) when (exception is DbException or TransactionException)
        {
            // The platform deletes in a serializable transaction, and PostgreSQL rejects one of two.
            return false;
        }
    }

    private static bool IsSame(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private static string Sign(string secret, string text) => Sign(secret, Encoding.UTF8.GetBytes(text));

    private static string Sign(string secret, byte[] data) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), data));
}

/// <summary>
/// The verdict of a webhook self-test. Its text is
/// Plugins.Payments.CryptoGateways.SelfTest.{name}.
/// </summary>
public enum SelfTestAnalysis
{
    Works,

    /// <summary>The webhook arrived, but only this machine can reach the address.</summary>
    WorksHere,

    /// <summary>The webhook arrived over http.</summary>
    NotSecure,

    /// <summary>The body was changed on the way: providers' signatures will not match.</summary>
    BodyChanged,

    /// <summary>3xx: a redirected webhook is lost.</summary>
    Redirected,

    /// <summary>3xx to the same address with https.</summary>
    RedirectedToHttps,

    /// <summary>401: the store is protected by a password.</summary>
    Unauthorized,

    /// <summary>403, 406 or 429: a firewall blocks the webhook.</summary>
    Forbidden,

    /// <summary>404, 405 or 410: the address does not lead to this store's plugin.</summary>
    NotFound,

    /// <summary>5xx: the web server or a proxy could not forward it.</summary>
    ServerError,

    /// <summary>Another page responded.</summary>
    OtherPage,

    /// <summary>The store's URL is empty or invalid.</summary>
    NoAddress,

    HostNotFound,
    ConnectionRefused,
    Unreachable,
    TimedOut,
    NoTls
}

/// <summary>
/// The result of a self-test.
/// </summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Detail">The HTTP status or the target of a redirect; null for none.</param>
public sealed record SelfTestResult(SelfTestAnalysis Verdict, string? Detail = null)
{
    public bool IsFine => Verdict is SelfTestAnalysis.Works;
}

/// <summary>
/// The verdict for a response that is not the plugin's.
/// </summary>
public static class SelfTestDiagnosis
{
    public static SelfTestResult OfAnswer(Uri url, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (status is >= 300 and < 400 && answer.Headers.Location is { } location)
        {
            var target = location.IsAbsoluteUri ? location : new Uri(url, location);
            var isOnlyHttps = url.Scheme == Uri.UriSchemeHttp && target.Scheme == Uri.UriSchemeHttps && target.Host == url.Host;
            return new SelfTestResult(isOnlyHttps ? SelfTestAnalysis.RedirectedToHttps : SelfTestAnalysis.Redirected, target.GetLeftPart(UriPartial.Path));
        }

        return new SelfTestResult(status switch
        {
            >= 300 and < 400 => SelfTestAnalysis.Redirected,
            401 => SelfTestAnalysis.Unauthorized,
            403 or 406 or 429 => SelfTestAnalysis.Forbidden,
            404 or 405 or 410 => SelfTestAnalysis.NotFound,
            >= 500 => SelfTestAnalysis.ServerError,
            _ => SelfTestAnalysis.OtherPage
        }, $"{status}");
    }

    public static SelfTestAnalysis OfNetwork(HttpRequestException exception) => ConnectionDiagnosis.OfNetwork(exception) switch
    {
        ConnectionAnalysis.HostNotFound => SelfTestAnalysis.HostNotFound,
        ConnectionAnalysis.ConnectionRefused => SelfTestAnalysis.ConnectionRefused,
        ConnectionAnalysis.NoTls => SelfTestAnalysis.NoTls,
        ConnectionAnalysis.TimedOut => SelfTestAnalysis.TimedOut,
        _ => SelfTestAnalysis.Unreachable
    };
}
