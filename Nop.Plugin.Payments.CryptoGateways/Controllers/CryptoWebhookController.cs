using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// Where providers call.
/// </summary>
public class CryptoWebhookController(GatewayRegistry registry, WebhookProcessor inbox, PaymentSynchronizer synchronizer,
    WebhookSelfTest selfTest, CryptoGatewaysTelemetry telemetry, TimeProvider time, ThrottledLog log) : CryptoPublicController
{
    /// <summary>The longest body that is read, in bytes.</summary>
    private const int LongestBody = 64 * 1024;

    /// <summary>How long a stored webhook is worked on before it is answered; the strictest provider gives 5 s. The task does the rest.</summary>
    private static readonly TimeSpan _workTime = TimeSpan.FromSeconds(2);

    /// <summary>
    /// 200 once the webhook is stored (or was before), whatever becomes of the work on it; 400 when it is not the provider's or did not
    /// arrive whole, 404 for an unknown gateway, 413 when it is too long; a fault of ours before it is stored is a 5xx, so that the
    /// provider repeats. It takes no parameters: to bind one, MVC would read a form's body, and nothing of it would be left to verify.
    /// </summary>
    [HttpPost]
    public async Task<IActionResult> Receive()
    {
        if (registry.Find(RouteData.Values["gateway"] as string) is not IWebhookGateway webhookGateway)
            return Answer(StatusCodes.Status404NotFound, "unknown gateway");

        using var step = CryptoGatewaysTelemetry.Start("take webhook", webhookGateway.Descriptor.SystemName);
        var (body, isWhole) = await ReadBodyAsync();
        if (!isWhole)
            return Answer(StatusCodes.Status400BadRequest, "not whole");
        if (body.Length > LongestBody)
        {
            telemetry.WebhookCame(webhookGateway.Descriptor.SystemName, "TooLong");
            return Answer(StatusCodes.Status413PayloadTooLarge, "too long");
        }

        if (Request.Headers[WebhookSelfTest.Header].FirstOrDefault() is { } ticket && await selfTest.AnswerAsync(ticket, body) is { } answer)
            return Answer(StatusCodes.Status200OK, answer);

        var receipt = await inbox.ReceiveAsync(webhookGateway, new WebhookRequest(body, name => Request.Headers[name].FirstOrDefault())
        {
            Query = name => Request.Query[name].FirstOrDefault()
        });
        telemetry.WebhookCame(webhookGateway.Descriptor.SystemName, $"{receipt.Kind}");
        if (receipt.Kind == WebhookOutcome.Stored)
            await WorkAsync(receipt.PaymentId);

        return receipt.Kind == WebhookOutcome.Refused
            ? Answer(StatusCodes.Status400BadRequest, "refused")
            : Answer(StatusCodes.Status200OK, "ok");
    }

    private async Task WorkAsync(int paymentId)
    {
        using var work = new CancellationTokenSource(_workTime, time);
        try
        {
            await synchronizer.SynchronizeAsync(paymentId, SynchronizationSource.Webhook, _workTime, onlyIfDue: true, work.Token);
        }
        catch (Exception exception)
        {
            // The webhook is stored, so that a repetition would be a duplicate and change nothing: the task does the work.
            await log.ErrorAsync($"Payment {paymentId} could not be synchronized", exception);
        }
    }

    /// <summary>The body, no further than just past the longest that counts; whether the caller sent all that it had announced.</summary>
    private async Task<(byte[] Body, bool IsWhole)> ReadBodyAsync()
    {
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        try
        {
            for (int read; body.Length <= LongestBody && (read = await Request.Body.ReadAsync(buffer, HttpContext.RequestAborted)) > 0;)
                body.Write(buffer, 0, read);
            return (body.ToArray(), true);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The caller hung up, or what it sends is no HTTP. That is its own affair, and nobody's to be told of.
            return ([], false);
        }
    }
}
