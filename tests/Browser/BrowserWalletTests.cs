using System.Text.Json.Nodes;
using CryptoGateways.Tests.Browser.Harness;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser;

/// <summary>
/// Paying with a wallet that the browser's page can talk to. The test injects one that answers as EIP-1193 and EIP-6963 say.
/// </summary>
internal sealed class BrowserWalletTests : PayPageFixture
{
    private const string Ethereum = "0x8e23ee67d1332ad560396262c48ffbb01f93d052";
    private const string Payer = "0x00000000000000000000000000000000000000aa";

    /// <summary>A wallet on chain 1 that knows chains 1 and 56. window.refuse names a method to reject with a code.</summary>
    private const string Wallet = """
        window.calls = []; window.chain = '0x1'; window.refuse = {};
        const provider = { request: async ({ method, params }) => {
            window.calls.push({ method, params });
            if (method in window.refuse) throw { code: window.refuse[method], message: 'no' };
            if (method === 'eth_requestAccounts') return ['0x00000000000000000000000000000000000000aa'];
            if (method === 'eth_chainId') return window.chain;
            if (method === 'wallet_switchEthereumChain') { if (!window.deaf) window.chain = params[0].chainId; return null; }
            if (method === 'eth_sendTransaction') return '0x' + 'ab'.repeat(32);
            throw { code: 4200 };
        } };
        const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info: { uuid: '1', name: 'Test Wallet', rdns: 'test', icon: '' }, provider }) }));
        window.addEventListener('eip6963:requestProvider', announce);
        """;

    [Test]
    public async Task A_wallet_sends_exactly_the_amount_on_the_right_chain_once()
    {
        var pay = await OpenWithWalletAsync("USDTBSC", "12.5", "BNB Smart Chain (BEP20)");
        await Screens.AssertLooksAsync(pay.Page, "pay-browser-wallet");

        await pay.Page.GetByText("Pay with Test Wallet").ClickAsync();

        await Expect(pay.Page.Locator("#pay-browser-text")).ToContainTextAsync("Your wallet has sent the payment");
        await Expect(pay.Announced).ToContainTextAsync("Your wallet has sent the payment");
        await Expect(pay.Page.Locator("#pay-browser button")).ToHaveCountAsync(0);
        var calls = await CallsAsync(pay);
        Assert.That(calls.Select(call => (string)call!["method"]!), Is.EqualTo(["eth_requestAccounts", "eth_chainId", "wallet_switchEthereumChain", "eth_chainId", "eth_sendTransaction"]));
        Assert.That((string)calls[2]!["params"]![0]!["chainId"]!, Is.EqualTo("0x38"));
        Assert.That(JsonNode.DeepEquals(calls[4]!["params"]![0], new JsonObject
        {
            ["from"] = Payer, ["chainId"] = "0x38", ["to"] = "0x55d398326f99059fF775485246999027B3197955", ["value"] = "0x0",
            ["data"] = $"0xa9059cbb{Ethereum[2..].PadLeft(64, '0')}{"ad78ebc5ac620000".PadLeft(64, '0')}"
        }), Is.True, $"{calls[4]}");

        // The page is drawn anew and offers it no second time.
        await ChangeAsync(("ExpiresOnUtc", Store.Now.AddHours(3)));
        await pay.Page.ReloadAsync();
        await Expect(pay.Page.Locator("#pay-browser-text")).ToContainTextAsync("Do not pay again");
        await Expect(pay.Page.Locator("#pay-browser button")).ToHaveCountAsync(0);
    }

    [TestCase("eth_requestAccounts", 4001, "You declined the payment")]
    [TestCase("eth_sendTransaction", 4001, "You declined the payment")]
    [TestCase("eth_sendTransaction", -32000, "did not send the payment")]
    [TestCase("wallet_switchEthereumChain", 4902, "Add the BNB Smart Chain (BEP20) network")]
    [TestCase("wallet_switchEthereumChain", 4001, "You declined the payment")]
    public async Task Whatever_the_wallet_refuses_is_told_and_can_be_tried_again(string method, int code, string told)
    {
        var pay = await OpenWithWalletAsync("USDTBSC", "12.5", "BNB Smart Chain (BEP20)");
        await pay.Page.EvaluateAsync("refuse => { window.refuse = refuse; }", new Dictionary<string, int> { [method] = code });

        await pay.Page.GetByText("Pay with Test Wallet").ClickAsync();
        await Expect(pay.Page.Locator("#pay-browser-text")).ToContainTextAsync(told);

        await pay.Page.EvaluateAsync("window.refuse = {}");
        await pay.Page.GetByText("Pay with Test Wallet").ClickAsync();
        await Expect(pay.Page.Locator("#pay-browser-text")).ToContainTextAsync("Your wallet has sent the payment");
    }

    [Test]
    public async Task A_wallet_that_stays_on_another_chain_is_asked_for_nothing()
    {
        var pay = await OpenWithWalletAsync("USDTBSC", "12.5", "BNB Smart Chain (BEP20)");
        await pay.Page.EvaluateAsync("window.deaf = true");

        await pay.Page.GetByText("Pay with Test Wallet").ClickAsync();

        await Expect(pay.Page.Locator("#pay-browser-text")).ToContainTextAsync("Nothing was sent");
        Assert.That((await CallsAsync(pay)).Select(call => (string)call!["method"]!), Has.None.EqualTo("eth_sendTransaction"));
    }

    [Test]
    public async Task Ether_is_sent_to_the_address_and_coins_of_other_chains_have_no_button()
    {
        var pay = await OpenWithWalletAsync("ETH", "0.005", "Ethereum");
        await pay.Page.GetByText("Pay with Test Wallet").FocusAsync();
        await pay.Page.Keyboard.PressAsync("Enter");
        await Expect(pay.Page.Locator("#pay-browser-text")).ToContainTextAsync("Your wallet has sent the payment");
        var sent = (await CallsAsync(pay))[^1]!["params"]![0]!;
        Assert.That(((string)sent["to"]!, (string)sent["value"]!, sent["data"]), Is.EqualTo((Ethereum, "0x11c37937e08000", (JsonNode?)null)));

        await BecomesAsync(AttemptStatus.AwaitingPayment, ("Coin", "BTC"), ("Network", null), ("Address", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"), ("DueAmount", "0.00021"));
        await pay.Page.ReloadAsync();
        await Expect(pay.OpenInWallet).ToBeVisibleAsync();
        await Expect(pay.Page.Locator("#pay-browser")).ToHaveCountAsync(0);
    }

    private async Task<PayPage> OpenWithWalletAsync(string coin, string due, string network)
    {
        var pay = await OpenAsync();
        await BecomesAsync(AttemptStatus.AwaitingPayment, ("Gateway", "cryptofuse"), ("Coin", coin), ("Network", network), ("Address", Ethereum), ("DueAmount", due));
        await pay.Page.AddInitScriptAsync(Wallet);
        await pay.Page.ReloadAsync();
        return pay;
    }

    private static async Task<JsonArray> CallsAsync(PayPage pay) => JsonNode.Parse(await pay.Page.EvaluateAsync<string>("JSON.stringify(window.calls)"))!.AsArray();
}
