using System.Text;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Unit.Interleavings;

/// <summary>
/// A provider that may fail, and whose answers are old when they arrive.
/// </summary>
public sealed class StepGateway(Steps steps, Random random) : IStatusGateway, IWebhookGateway
{
    private int _lastId;

    /// <summary>The provider's payments by our reference.</summary>
    public Dictionary<string, ProviderPayment> Payments { get; } = [];

    /// <summary>Creations by reference, also those that failed.</summary>
    public List<string> Creations { get; } = [];

    /// <summary>One call in so many fails; 0: none.</summary>
    public int FailsOnceIn { get; set; } = 12;

    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = "steps",
        Name = "Steps",
        Coins = [new CoinDescriptor("USDT", "Tether", 5m, "USD"), new CoinDescriptor("USDC", "USD Coin", 5m, "USD")],
        Fields = [new SettingField("BaseUrl", SettingKind.Url) { Default = "https://pay.example" }],
        RedirectHosts = [],
        BaseUrlField = "BaseUrl",
        CoinsField = "Coins"
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.UsDollar;

    public bool? IsTest(GatewaySettings settings) => true;

    public async Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken)
    {
        await steps.ComeAsync("create");
        Creations.Add(request.Reference);
        var luck = FailsOnceIn == 0 ? -1 : random.Next(FailsOnceIn);
        if (luck == 0)
            throw new GatewayException(GatewayFault.Refused, "refused");

        var id = $"id{++_lastId}";
        Payments.Add(request.Reference, new ProviderPayment
        {
            Status = ProviderStatus.Waiting, StatusText = "waiting", Reference = request.Reference, ExternalId = id, Amount = request.Amount
        });
        await steps.ComeAsync("created");
        if (luck == 1)
            throw new GatewayException(GatewayFault.Timeout, "no answer in time");
        return new CreatedPayment(id, new Uri($"https://pay.example/{request.Reference}"), "waiting");
    }

    public async Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        await steps.ComeAsync("ask");
        var answer = Payments.GetValueOrDefault(payment.Reference);
        await steps.ComeAsync("answered");
        return FailsOnceIn > 0 && random.Next(FailsOnceIn) == 0 ? throw new GatewayException(GatewayFault.Unreachable, "no answer") : answer;
    }

    /// <summary>The shopper, or time, does something at the provider.</summary>
    public void Become(string reference, ProviderStatus status) => Payments[reference] = Payments[reference] with { Status = status, StatusText = $"{status}" };

    /// <summary>Half of it came, and that is all.</summary>
    public void BecomeShort(string reference) => Payments[reference] = Payments[reference] with
    {
        Status = ProviderStatus.Underpaid,
        StatusText = "short",
        Received = Payments[reference].Amount with { Amount = Payments[reference].Amount.Amount / 2 }
    };

    /// <summary>The provider sends a partial payment back and announces nothing.</summary>
    public void RefundSilently(string reference) => Payments[reference] = Payments[reference] with { Status = ProviderStatus.Refunded, StatusText = "refunded", Received = null };

    /// <summary>What came in all, in coins.</summary>
    public decimal Money => Payments.Values.Sum(payment => payment.Status switch
    {
        ProviderStatus.Completed => payment.Amount.Amount,
        ProviderStatus.Underpaid => payment.Received!.Value.Amount,
        _ => 0m
    });

    public static byte[] Webhook(string reference, string eventId) => Encoding.UTF8.GetBytes($"{reference} {eventId}");

    public WebhookMessage Read(WebhookRequest request)
    {
        var words = Encoding.UTF8.GetString(request.Body).Split(' ');
        return new WebhookMessage { Reference = words[0], EventName = "changed", ScrubbedBody = words[1] };
    }

    public VerifiedSignature? Verify(WebhookRequest request, GatewaySettings settings) => new();
}
