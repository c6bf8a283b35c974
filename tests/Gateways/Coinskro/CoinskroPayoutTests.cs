using System.Text.Json.Nodes;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;

namespace CryptoGateways.Tests.Gateways.Coinskro;

/// <summary>
/// POST /payment/fund-user as documented.
/// </summary>
public sealed class CoinskroPayoutTests : CoinskroFixture
{
    [Test]
    public async Task The_request_is_the_documents_example()
    {
        Provider.Answer = Answers.Json("""{"message":"User wallet funded successfully","data":null}""");

        await PayAsync();

        var request = Provider.Requests.Single();
        Assert.That((request.Method, request.Target, request.Headers["Authorization"]), Is.EqualTo(("POST", "/payment/fund-user", $"Bearer {Key}")));
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(request.Body), JsonNode.Parse("""{"username":"john_doe","amount":25.00,"currency":"usdt-bep20"}""")), Is.True, request.Body);
    }

    /// <summary>After a 502, it is unknown whether the payout was sent.</summary>
    [TestCase(400, "username is required", true)]
    [TestCase(401, "Missing or invalid Authorization header", true)]
    [TestCase(403, "Insufficient business balance", true)]
    [TestCase(404, "User not found", true)]
    [TestCase(502, "Failed to reach Coinskro backend", false)]
    public void A_documented_error_is_told_and_nothing_is_sent_again(int status, string message, bool nothingSent)
    {
        Provider.Answer = Answers.Json($$"""{"message":"{{message}}"}""", status);

        var exception = Assert.ThrowsAsync<GatewayException>(PayAsync)!;

        Assert.That(exception.Message, Does.Contain(message));
        Assert.That((exception.CreatedNothing, Provider.Requests.Count), Is.EqualTo((nothingSent, 1)));
    }

    [TestCase("PI", "pi")]
    [TestCase("USDT", "usdt-bep20")]
    [TestCase("USDC", null)]
    [TestCase("CSK", null)]
    public void Only_documented_currency_codes_are_proposed(string coin, string? currency) => Assert.That(Gateway.PayoutCurrencyOf(coin), Is.EqualTo(currency));

    private Task PayAsync() => Gateway.PayOutAsync("john_doe", new Money(25.00m, "usdt-bep20"), Settings(), CancellationToken.None);
}
