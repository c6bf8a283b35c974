using Nop.Plugin.Payments.CryptoGateways.Addresses;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// A gateway whose provider says what a test makes it say.
/// </summary>
public class TalkativeGateway : IStatusGateway
{
    /// <summary>What is said; an exception is thrown.</summary>
    public Func<ProviderPayment?> Answer { get; set; } = () => Facts.Answer(ProviderStatus.Waiting);

    /// <summary>What is said of one payment instead, by its reference.</summary>
    public Dictionary<string, ProviderPayment> AnswersTo { get; } = [];

    /// <summary>Reference of a payment about which no answer comes.</summary>
    public string? FailsFor { get; set; }

    public int Questions { get; private set; }

    public GatewayDescriptor Descriptor { get; } = new()
    {
        SystemName = "talkative",
        Name = "Talkative",
        Coins = [new CoinDescriptor("USDT", "Tether", 5m, "USD") { Addresses = AddressFormat.Tron }, new CoinDescriptor("USDC", "USD Coin", 5m, "USD")],
        Fields = [new SettingField("BaseUrl", SettingKind.Url) { Default = "https://pay.example" }],
        RedirectHosts = [],
        BaseUrlField = "BaseUrl",
        CoinsField = ""
    };

    public PriceBasis BasisFor(CoinDescriptor coin, GatewaySettings settings) => PriceBasis.UsDollar;

    public bool? IsTest(GatewaySettings settings) => true;

    /// <summary>The id that the next payment gets.</summary>
    public string NextId { get; set; } = "id2";

    public Task<CreatedPayment> CreateAsync(PaymentRequest request, GatewaySettings settings, CancellationToken cancellationToken) =>
        Task.FromResult(new CreatedPayment(NextId, new Uri("https://pay.example/page"), "new") { PayTo = PayTo });

    /// <summary>Where the next payment's wallet has to send; null when it has the provider's page only.</summary>
    public PayTo? PayTo { get; set; }

    /// <summary>What is said of "ref" and "id" is said of the payment that is asked about.</summary>
    public Task<ProviderPayment?> FindAsync(PaymentHandle payment, GatewaySettings settings, CancellationToken cancellationToken)
    {
        Questions++;
        if (payment.Reference == FailsFor)
            throw new GatewayException(GatewayFault.Timeout, "no answer in time");
        var answer = AnswersTo.TryGetValue(payment.Reference, out var own) ? own : Answer();
        if (answer?.Reference == "ref")
            answer = answer with { Reference = payment.Reference };
        if (answer?.ExternalId == "id")
            answer = answer with { ExternalId = payment.ExternalId };
        return Task.FromResult(answer);
    }
}
