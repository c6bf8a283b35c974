using System.Collections.Concurrent;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Webhooks;

/// <summary>
/// Receives webhooks: verifies them with the secret of the payment's store and stores each once.
/// </summary>
public class WebhookProcessor(PaymentEventService events, AttemptStore attempts, PreviousSecrets secrets, IStoreService storeService,
    WebhookHealthRecorder health)
{
    /// <summary>
    /// Verifies and stores a webhook. Before its signature is verified, nothing in it is trusted or disclosed to the caller.
    /// </summary>
    public async Task<WebhookResult> ReceiveAsync(IWebhookGateway gateway, WebhookRequest request)
    {
        WebhookMessage message;
        string key;
        try
        {
            (message, key) = GatewayBoundary.Read(() => gateway.Read(request) is var read ? (ExternalText.Fit(read), $"{gateway.Descriptor.SystemName}:{read.EventKey}") : default);
        }
        catch (FormatException exception)
        {
            return await RejectAsync(gateway, RejectionReason.Malformed, exception.Message);
        }

        var payment = message.Reference is { } reference ? await attempts.FindByReferenceAsync(reference)
            : message.ExternalId is { } id ? await attempts.FindByExternalIdAsync(gateway.Descriptor.SystemName, id)
            : null;
        if (payment is null || payment.Gateway != gateway.Descriptor.SystemName)
            return await IsFromAnyStoresProviderAsync(gateway, request)
                ? await AcceptAsync(gateway, new WebhookResult(WebhookOutcome.UnknownPayment))
                : await RejectAsync(gateway, RejectionReason.WrongSignature, "the signature is wrong");

        if (await VerifyAsync(gateway, request, payment.StoreId) is not { } signature)
            return await RejectAsync(gateway, RejectionReason.WrongSignature, $"the signature is wrong, payment {payment.Reference}");

        if (!signature.CoversBody && !await events.IsStoredAsync(key) && await IsFullAsync(payment, signature.Form, message))
            return await AcceptAsync(gateway, new WebhookResult(WebhookOutcome.TooMany));

        // The unique key rejects a duplicate.
        return await AcceptAsync(gateway, await events.StoreWebhookAsync(payment, message, key, signature.Form) ? new WebhookResult(WebhookOutcome.Stored, payment) : new WebhookResult(WebhookOutcome.Duplicate));
    }

    /// <summary>
    /// The most webhooks of a payment without a signed body that are stored. A further one is stored only with a status that none has
    /// stated, of which there are few.
    /// </summary>
    public const int MaxUnsigned = 50;

    private async Task<bool> IsFullAsync(CryptoPayment payment, string? form, WebhookMessage message)
    {
        var stated = await events.StatedStatusIdsAsync(payment.Id, form);
        return stated.Count >= MaxUnsigned && stated.Contains((int?)message.Status);
    }

    private async Task<bool> IsFromAnyStoresProviderAsync(IWebhookGateway gateway, WebhookRequest request)
    {
        foreach (var store in await storeService.GetAllStoresAsync())
        {
            if (await VerifyAsync(gateway, request, store.Id) is not null)
                return true;
        }
        return false;
    }

    /// <summary>Verifies the signature with the current secrets and, after a change, the previous ones; null if none matches.</summary>
    private async Task<VerifiedSignature?> VerifyAsync(IWebhookGateway gateway, WebhookRequest request, int storeId) =>
        (await secrets.VerifyingAsync(gateway.Descriptor, storeId)).Select(settings => Verify(gateway, request, settings)).FirstOrDefault(signature => signature is not null);

    /// <summary>A signature that cannot be read is wrong.</summary>
    private static VerifiedSignature? Verify(IWebhookGateway gateway, WebhookRequest request, GatewaySettings settings)
    {
        try
        {
            return GatewayBoundary.Read(() => gateway.Verify(request, settings));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private async Task<WebhookResult> AcceptAsync(IWebhookGateway gateway, WebhookResult receipt)
    {
        await health.RecordAcceptedAsync(gateway.Descriptor);
        return receipt;
    }

    private async Task<WebhookResult> RejectAsync(IWebhookGateway gateway, RejectionReason reason, string detail)
    {
        await health.RecordRejectedAsync(gateway.Descriptor, reason, detail);
        return new WebhookResult(WebhookOutcome.Rejected);
    }
}

/// <summary>
/// The result of receiving a webhook.
/// </summary>
/// <param name="Kind">The outcome.</param>
/// <param name="Payment">The payment to synchronize; null unless the webhook was stored.</param>
public sealed record WebhookResult(WebhookOutcome Kind, CryptoPayment? Payment = null);

/// <summary>
/// See <see cref="WebhookResult"/>.
/// </summary>
public enum WebhookOutcome
{
    Stored,
    Duplicate,

    /// <summary>Authentic, but its body is not signed, and enough such webhooks of the payment are stored.</summary>
    TooMany,

    /// <summary>Authentic, but about no payment of this store: several stores may share an account.</summary>
    UnknownPayment,

    /// <summary>Not a webhook of the provider, or not signed by it.</summary>
    Rejected
}

/// <summary>
/// Limits writes about accepted webhooks: one every five minutes, and the first after a rejected one.
/// </summary>
public class AcceptedWebhooks(TimeProvider time)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, long> _last = new();

    public bool IsDue(GatewayDescriptor gateway)
    {
        if (_last.TryGetValue(gateway.SystemName, out var last) && time.GetElapsedTime(last) < _pause)
            return false;

        _last[gateway.SystemName] = time.GetTimestamp();
        return true;
    }

    public void Forget(GatewayDescriptor gateway) => _last.TryRemove(gateway.SystemName, out _);
}

/// <summary>
/// Synchronizes a payment before the response to its webhook is sent.
/// </summary>
public class WebhookSynchronizer(PaymentSynchronizer synchronizer, ThrottledLog log, TimeProvider time)
{
    /// <summary>The most time before the response; the strictest provider times out after 5 s. The schedule task does the rest.</summary>
    private static readonly TimeSpan _workTime = TimeSpan.FromSeconds(2);

    /// <summary>Does not throw: the webhook is stored, a repeated one would be a duplicate, and the schedule task processes it.</summary>
    public async Task SynchronizeAsync(CryptoPayment payment)
    {
        using var work = new CancellationTokenSource(_workTime, time);
        try
        {
            await synchronizer.SynchronizeAsync(payment, SynchronizationSource.Webhook, _workTime, onlyIfDue: true, work.Token);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"Payment {payment.Id} could not be synchronized", exception);
        }
    }
}
