using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>The store's own pay page in somebody's browser.</summary>
internal sealed partial class PayPage(IPage page)
{
    public IPage Page => page;

    public ILocator Title => page.Locator("#pay-title");

    public ILocator Text => page.Locator("#pay-text");

    public ILocator Amount => page.Locator("#pay-amount");

    public ILocator Address => page.Locator("#pay-address");

    public ILocator Network => page.Locator("#pay-network");

    public ILocator Left => page.Locator("#pay-left");

    public ILocator QrCode => page.Locator(".crypto-qr");

    public ILocator OpenInWallet => page.Locator("#pay-wallet");

    public ILocator AtProvider => page.Locator("#pay-provider");

    public ILocator PayAgain => page.Locator("#pay-again");

    public ILocator OtherCoin => page.Locator("#pay-other");

    /// <summary>Where nothing here helps on.</summary>
    public ILocator ToStore => page.Locator("#pay-store");

    public ILocator Order => page.Locator("#pay-order");

    public ILocator Continue => page.Locator("#pay-continue");

    /// <summary>What a screen reader is told when the page changes.</summary>
    public ILocator Announced => page.Locator("#pay-live");

    public ILocator Offline => page.Locator("#pay-offline");

    /// <summary>Where its script asks.</summary>
    public string StateUrl => $"{page.Url}/state";

    public async Task IsOpenAsync() => await Expect(page).ToHaveURLAsync(Own());

    [GeneratedRegex(@"/checkout/crypto/\d+-[\w-]{22}$")]
    private static partial Regex Own();
}
