using System.Data.Common;
using System.Linq.Expressions;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Transactions;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

/// <summary>
/// Sends an event out to the store's public address and back in, as a provider would, and tells what stood in the way. The event is
/// signed with a secret that is made for it, lies in the database until it is used, and counts once: the node that takes it in need
/// not be the one that sent it. It is no webhook of any provider, so that it can change nothing.
/// </summary>
public class WebhookSelfTest(IRepository<SelfTestTicket> tickets, GatewayHttp http, TimeProvider time)
{
    /// <summary>Header with the ticket's number and the signatures of the number and of the body.</summary>
    public const string Header = "X-CryptoGateways-SelfTest";

    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(1);

    /// <param name="webhookUrl">The address that providers are given.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    public async Task<SelfTestResult> SendAsync(Uri webhookUrl, CancellationToken cancellationToken)
    {
        var (number, secret) = (RandomNumberGenerator.GetHexString(32, lowercase: true), RandomNumberGenerator.GetHexString(32, lowercase: true));
        await RemoveExpiredAsync();
        await tickets.InsertAsync(new SelfTestTicket { Number = number, Secret = secret, ExpiresOnUtc = time.GetUtcNow().UtcDateTime + _lifetime }, publishEvent: false);
        try
        {
            // The fields and characters that providers send too: what changes or blocks bodies shall meet them.
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
    /// What to answer to an event of ours: null when it is none, is older than a minute, or was answered before.
    /// </summary>
    /// <param name="header">As it came.</param>
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

    /// <summary>Those whose node died before it could.</summary>
    private async Task RemoveExpiredAsync()
    {
        var now = time.GetUtcNow().UtcDateTime;
        await RemoveAsync(ticket => ticket.ExpiresOnUtc < now);
    }

    /// <summary>True for exactly one of all that try to remove the same ticket.</summary>
    private async Task<bool> RemoveAsync(Expression<Func<SelfTestTicket, bool>> ticket)
    {
        try
        {
            return await tickets.DeleteAsync(ticket) == 1;
        }
        catch (Exception exception) when (exception is DbException or TransactionException)
        {
            // The platform deletes in a serializable transaction; of two at once PostgreSQL refuses one.
            return false;
        }
    }

    private static bool IsSame(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private static string Sign(string secret, string text) => Sign(secret, Encoding.UTF8.GetBytes(text));

    private static string Sign(string secret, byte[] data) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), data));
}
