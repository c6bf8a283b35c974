using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

namespace Nop.Plugin.Payments.CryptoGateways.Controllers;

/// <summary>
/// Receives providers' webhooks.
/// </summary>
public class CryptoWebhookController(GatewayRegistry registry, WebhookProcessor processor, WebhookSynchronizer synchronizer,
    WebhookSelfTest selfTest, CryptoGatewaysTelemetry telemetry) : CryptoPublicController
{
    /// <summary>Maximum body length in bytes.</summary>
    private const int MaximumBody = 64 * 1024;

    /// <summary>
    /// Responds 200 once the webhook is stored, now or before, whatever its processing leads to; 400 when it is incomplete or not authentic,
    /// 404 for an unknown gateway, 413 when it is too long. If storing fails, the response is a 5xx, so that the provider sends it again.
    /// The action has no parameters: to bind one, MVC would consume the body that has to be verified.
    /// </summary>
    [HttpPost]
    public async Task<IActionResult> Receive()
    {
        if (registry.Find(RouteData.Values["gateway"] as string) is not IWebhookGateway webhookGateway)
            return Answer(StatusCodes.Status404NotFound, "unknown gateway");

        using var step = CryptoGatewaysTelemetry.Start("receive webhook", webhookGateway.Descriptor.SystemName);
        var (body, isComplete) = await ReadBodyAsync();
        if (!isComplete)
            return Answer(StatusCodes.Status400BadRequest, "incomplete");
        if (body.Length > MaximumBody)
        {
            telemetry.WebhookReceived(webhookGateway.Descriptor.SystemName, "TooLong");
            return Answer(StatusCodes.Status413PayloadTooLarge, "too long");
        }

        if (Request.Headers[WebhookSelfTest.Header].FirstOrDefault() is { } ticket && await selfTest.AnswerAsync(ticket, body) is { } answer)
            return Answer(StatusCodes.Status200OK, answer);

        var receipt = await processor.ReceiveAsync(webhookGateway, new WebhookRequest(body, name => Request.Headers[name].FirstOrDefault())
        {
            Query = name => Request.Query[name].FirstOrDefault()
        });
        telemetry.WebhookReceived(webhookGateway.Descriptor.SystemName, $"{receipt.Kind}");
        if (receipt.Payment is { } payment)
            await synchronizer.SynchronizeAsync(payment);

        return receipt.Kind == WebhookOutcome.Rejected
            ? Answer(StatusCodes.Status400BadRequest, "rejected")
            : Answer(StatusCodes.Status200OK, "ok");
    }

    /// <summary>Reads the body up to just past <see cref="MaximumBody"/>, and whether it arrived completely.</summary>
    private async Task<(byte[] Body, bool IsComplete)> ReadBodyAsync()
    {
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        try
        {
            for (int read; body.Length <= MaximumBody && (read = await Request.Body.ReadAsync(buffer, HttpContext.RequestAborted)) > 0;)
                body.Write(buffer, 0, read);
            return (body.ToArray(), true);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client disconnected or sent malformed HTTP. Neither is worth a log entry.
            return ([], false);
        }
    }
}
