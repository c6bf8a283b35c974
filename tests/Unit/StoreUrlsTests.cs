using Microsoft.AspNetCore.Http;
using Moq;
using Nop.Core;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Services.Checkout;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Services.Configuration;
using Nop.Services.Security;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// Addresses of the store that others are given: they follow from the URL that the owner entered, whoever asks and how.
/// </summary>
public sealed class StoreUrlsTests
{
    private Store _first = null!;
    private Store _second = null!;
    private DefaultHttpContext _context = null!;
    private StoreUrls _addresses = null!;

    [SetUp]
    public void OpenTwoStores()
    {
        _first = new Store { Id = 1, Name = "First", Url = "https://first.example/" };
        _second = new Store { Id = 2, Name = "Second", Url = "https://second.example/shop" };
        _context = new DefaultHttpContext { Request = { Scheme = "http", Host = new HostString("evil.example"), PathBase = "/elsewhere" } };
        var stores = new Mock<IStoreService>();
        stores.Setup(service => service.GetStoreByIdAsync(It.IsAny<int>())).ReturnsAsync((int id) => id == 1 ? _first : id == 2 ? _second : null!);
        stores.Setup(service => service.GetAllStoresAsync()).ReturnsAsync([_first, _second]);
        var accessor = Mock.Of<IHttpContextAccessor>(accessor => accessor.HttpContext == _context);
        var pages = new PayPageLinks(new Rows<CryptoPayment>().Repository, Mock.Of<ISettingService>(), new SecretProtector(Mock.Of<IEncryptionService>()), accessor);
        _addresses = new StoreUrls(Mock.Of<IStoreContext>(context => context.GetCurrentStoreAsync() == Task.FromResult(_first)), stores.Object, pages, accessor);
    }

    [TestCase("https://shop.example", "https://shop.example/")]
    [TestCase("https://shop.example/", "https://shop.example/")]
    [TestCase("  https://shop.example/  ", "https://shop.example/")]
    [TestCase("http://shop.example/", "http://shop.example/")]
    [TestCase("https://shop.example/store/de", "https://shop.example/store/de/")]
    [TestCase("https://shop.example/store//", "https://shop.example/store/")]
    [TestCase("https://shop.example:8443", "https://shop.example:8443/")]
    [TestCase("https://SHOP.example/", "https://shop.example/")]
    [TestCase("https://bücher.example/", "https://xn--bcher-kva.example/")]
    [TestCase("http://[::1]:5000", "http://[::1]:5000/")]
    public void A_url_that_an_owner_may_enter_is_used_with_one_slash_at_its_end(string entered, string used) =>
        Assert.That(StoreUrls.Parse(entered)?.AbsoluteUri, Is.EqualTo(used));

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("shop.example")]
    [TestCase("/shop")]
    [TestCase("//shop.example/")]
    [TestCase("ftp://shop.example/")]
    [TestCase("javascript:alert(1)")]
    [TestCase("https://")]
    [TestCase("https://user:password@shop.example/")]
    [TestCase("https://shop.example/?x=1")]
    [TestCase("https://shop.example/#x")]
    [TestCase("https:// shop.example/")]
    public void A_url_that_nobody_could_open_is_none(string? entered) => Assert.That(StoreUrls.Parse(entered), Is.Null);

    [Test]
    public async Task Every_address_starts_with_the_url_of_its_own_store_and_not_with_the_requests_host([Values(1, 2)] int storeId)
    {
        var start = storeId == 1 ? "https://first.example/" : "https://second.example/shop/";
        var payment = new CryptoPayment { Id = 7, OrderId = 5, StoreId = storeId, Reference = "reference", TokenNonce = "nonce" };

        var built = new[]
        {
            await _addresses.FindAsync(storeId), await _addresses.WebhookAsync(Gateway, storeId), await _addresses.ReturnAsync(payment, "success"),
            await _addresses.PayPageAsync(payment), await _addresses.OrderPageAsync(5, storeId)
        };

        Assert.That(built.Select(url => url?.AbsoluteUri), Has.All.StartsWith(start));
        Assert.That(built, Is.Unique);
        Assert.That(built[2]!.Query, Does.Match("&key=7-[A-Za-z0-9_-]{22}$"), "whoever comes back without a cookie");
    }

    [Test]
    public async Task Without_a_usable_url_there_is_no_address()
    {
        _second.Url = "second.example";
        var payment = new CryptoPayment { StoreId = 2, Reference = "reference", TokenNonce = "nonce" };

        Assert.That(new[]
        {
            await _addresses.FindAsync(2), await _addresses.WebhookAsync(Gateway, 2), await _addresses.ReturnAsync(payment, "success"), await _addresses.PayPageAsync(payment),
            await _addresses.OrderPageAsync(5, 2), await _addresses.FindAsync(3)
        }, Has.All.Null);
    }

    [TestCase("https://first.example/", "https", "first.example", null)]
    [TestCase("https://first.example/", "https", "FIRST.example", null)]
    [TestCase("https://first.example/", "http", "first.example", null, Description = "a proxy that ends TLS and does not say so")]
    [TestCase("http://first.example/", "http", "first.example", null)]
    [TestCase("http://first.example/", "https", "first.example", StoreUrlProblem.NotSecure)]
    [TestCase("http://other.example/", "https", "first.example", StoreUrlProblem.NotSecure)]
    [TestCase("https://other.example/", "https", "first.example", StoreUrlProblem.OtherHost)]
    [TestCase("https://first.example:8443/", "https", "first.example", StoreUrlProblem.OtherHost)]
    [TestCase("https://first.example/shop", "https", "first.example", null)]
    [TestCase("https://bücher.example/", "https", "xn--bcher-kva.example", null)]
    [TestCase("", "https", "first.example", StoreUrlProblem.Missing)]
    [TestCase("first.example", "https", "first.example", StoreUrlProblem.Missing)]
    public async Task The_owner_is_warned_when_the_url_is_not_where_the_store_is_opened(string url, string scheme, string host, StoreUrlProblem? expected)
    {
        _first.Url = url;
        (_context.Request.Scheme, _context.Request.Host) = (scheme, new HostString(host));

        Assert.That((await _addresses.WarningsAsync(0)).Select(warning => (StoreUrlProblem?)warning.Problem), Is.EqualTo(expected is null ? [] : new[] { expected }));
    }

    [Test]
    public async Task Where_another_store_is_opened_is_not_known_but_a_missing_url_is()
    {
        _second.Url = "";
        (_context.Request.Scheme, _context.Request.Host) = ("https", new HostString("first.example"));

        Assert.That((await _addresses.WarningsAsync(0)).Single(), Is.EqualTo(new StoreUrlWarning(StoreUrlProblem.Missing, "Second", "")));
        Assert.That(await _addresses.WarningsAsync(1), Is.Empty);
    }

    [Test]
    public async Task A_payment_in_a_store_without_a_url_is_not_begun_and_the_shopper_can_try_again_later()
    {
        var shop = new Shop { StoreUrl = "shop.example" };
        shop.Payments.Change(payment => payment.Status = CryptoPaymentStatus.Canceled);
        var option = new PaymentOption(shop.Gateway.Descriptor, shop.Gateway.Descriptor.Coins[0], new Money(92m, "EUR"), new Money(100m, "USDT"));

        Assert.That((await shop.Starter.StartAsync(1, option)).Outcome, Is.EqualTo(StartOutcome.ProviderFailed));
        Assert.That(shop.Payments.All[^1].Status, Is.EqualTo(CryptoPaymentStatus.Failed));

        shop.StoreUrl = null;
        Assert.That((await shop.Starter.StartAsync(1, option)).Outcome, Is.EqualTo(StartOutcome.Redirect));
    }

    private static GatewayDescriptor Gateway { get; } = new TalkativeGateway().Descriptor;
}
