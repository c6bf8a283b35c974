using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Reconciliation;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.CryptoGateways.Services.PayPage;

/// <summary>
/// Reads the state of an attempt for its pay page. The provider is queried only when the attempt is due for a check, however often the
/// page is opened: the time of the next check is stored with the attempt.
/// </summary>
public class PayPageReader(PaymentSummaryReader summaries, PaymentSynchronizer synchronizer, TimeProvider time)
{
    /// <summary>The attempt after a check if one was due, its order, and the state that its page shows.</summary>
    public async Task<(CryptoPayment Payment, Order? Order, PayPageState State)> ReadAsync(CryptoPayment payment)
    {
        if (CheckSchedule.IsDue(payment.NextCheckOnUtc, Now))
            await synchronizer.SynchronizeAsync(payment, SynchronizationSource.PayPage, TimeSpan.Zero, onlyIfDue: true, CancellationToken.None);

        var (current, order, summary) = await summaries.OfAsync(payment);
        return (current, order, new PayPageState(summary, Now - current.CreatedOnUtc));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}

/// <summary>
/// The parts of a pay page that can change; the page's script polls them as JSON.
/// </summary>
/// <param name="Payment">Summary of the attempt.</param>
/// <param name="Age">Time since the attempt was created.</param>
public sealed record PayPageState(PaymentSummary Payment, TimeSpan Age)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Seconds until the next poll: short while the shopper waits, long when only a late payment or a person can change the state, 0 when it is final.</summary>
    public int PollSeconds => Payment.State switch
    {
        PaymentState.AwaitingPayment or PaymentState.Detected or PaymentState.Confirming => Often,
        PaymentState.Underpaid when Payment.AcceptsPayment => Often,
        PaymentState.Paid or PaymentState.Overpaid or PaymentState.Refunded or PaymentState.OrderPaid or PaymentState.OrderReturned or PaymentState.OrderCancelled => 0,
        PaymentState.Superseded when Payment.IsWatched => Age < TimeSpan.FromHours(2) ? 10 : 30,
        _ => Age < TimeSpan.FromDays(1) ? 30 : 0
    };

    private int Often => Age < TimeSpan.FromHours(2) ? 3 : 15;

    public string Json() => JsonSerializer.Serialize(new
    {
        State = $"{Payment.State}",
        Payment.ConfirmationsSeen,
        Payment.ConfirmationsNeeded,
        Expected = Text(Payment.Expected),
        Received = Text(Payment.Received),
        Remaining = Text(Payment.Remaining),
        Surplus = Text(Payment.Surplus),
        Payment.IsSurplusReturned,
        ToSend = Text(Payment.ToSend),
        Balance = Payment.Balance is { } balance ? $"{balance}" : null,
        QuoteExpiresOnUtc = Utc(Payment.QuoteExpiresOnUtc),
        AcceptsPaymentUntilUtc = Utc(Payment.AcceptsPaymentUntilUtc),
        Payment.IsQuoteOver,
        Payment.IsWatched,
        Provider = $"{Payment.Provider}",
        PollSeconds
    }, _json);

    /// <summary>Entity tag of the state.</summary>
    public string Version() => $"\"{Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Json())).AsSpan(0, 12))}\"";

    private string? Text(Money? money) => money is { } amount ? $"{Payment.Named(amount)}" : null;

    private static DateTime? Utc(DateTime? time) => time is { } known ? DateTime.SpecifyKind(known, DateTimeKind.Utc) : null;
}

/// <summary>
/// Paths and tokens of the store's own payment pages. Whoever has a pay page's token can see and pay that payment. The token is an HMAC
/// of the payment's id and stored nonce with a secret of the plugin: it can be computed again, and a new nonce revokes it. Redirects use
/// paths without a host, so that the shopper's browser keeps its cookies; for URLs given to others see <see cref="StoreUrls"/>.
/// </summary>
public class PayPageLinks(IRepository<CryptoPayment> payments, ISettingService settingService, SecretProtector secrets, IHttpContextAccessor httpContextAccessor)
{
    /// <summary>Name of the setting that holds the secret. It is deleted with the plugin's other settings.</summary>
    private const string SecretSetting = CryptoGatewaysDefaults.SettingPrefix + "pagesecret";

    /// <summary>Length of a token's HMAC in bytes (128 bits).</summary>
    private const int CodeLength = 16;

    /// <summary>Length of a token's HMAC in Base64 characters.</summary>
    private const int CodeCharacters = 22;

    /// <summary>Where the shopper pays: the store's page when there is an address, otherwise the provider's page; null when there is neither.</summary>
    public async Task<string?> PageOfAsync(CryptoPayment payment) =>
        payment.Address is null ? payment.CheckoutUrl : await OwnPageOfAsync(payment);

    /// <summary>The store's page of a payment. It shows the payment's state even when it is paid on the provider's page.</summary>
    public async Task<string> OwnPageOfAsync(CryptoPayment payment) => WithPathBase(await PathOfAsync(payment));

    /// <summary>The order's payment page, where its customer chooses how to pay.</summary>
    public string OrderPageOf(int orderId) => WithPathBase(PathOf(orderId));

    /// <summary>Path of <see cref="OwnPageOfAsync"/> relative to the store's root, without a leading slash.</summary>
    public async Task<string> PathOfAsync(CryptoPayment payment) => $"checkout/crypto/{await TokenAsync(payment)}";

    /// <summary>Path of <see cref="OrderPageOf"/> relative to the store's root, without a leading slash.</summary>
    public static string PathOf(int orderId) => $"checkout/crypto/order/{orderId}";

    /// <summary>The payment that a token belongs to; null for an unknown or revoked one.</summary>
    public async Task<CryptoPayment?> FindAsync(string? token)
    {
        var end = token?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (end < 1 || token!.Length - end - 1 != CodeCharacters || !int.TryParse(token.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await payments.GetByIdAsync(id) is not { } payment)
            return null;

        var expected = Encoding.ASCII.GetBytes(await TokenAsync(payment));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(token)) ? payment : null;
    }

    /// <summary>A random nonce for a payment's token.</summary>
    public static string NewNonce() => RandomNumberGenerator.GetHexString(32);

    /// <summary>Creates the secret unless it exists.</summary>
    public async Task InstallAsync()
    {
        if (await settingService.GetSettingByKeyAsync<string?>(SecretSetting) is null)
            await settingService.SetSettingAsync(SecretSetting, secrets.Protect(RandomNumberGenerator.GetHexString(64)));
    }

    private string WithPathBase(string path) => $"{httpContextAccessor.HttpContext?.Request.PathBase}/{path}";

    /// <summary>The token of a payment's page.</summary>
    public async Task<string> TokenAsync(CryptoPayment payment)
    {
        var stored = await settingService.GetSettingByKeyAsync<string?>(SecretSetting) ?? string.Empty;
        var code = HMACSHA256.HashData(Encoding.ASCII.GetBytes(secrets.Unprotect(stored)), Encoding.ASCII.GetBytes($"{payment.Id}:{payment.TokenNonce}"));
        return $"{payment.Id}-{Base64Url.EncodeToString(code.AsSpan(0, CodeLength))}";
    }
}
