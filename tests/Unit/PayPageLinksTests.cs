using Microsoft.AspNetCore.Http;
using Moq;
using Nop.Plugin.Payments.CryptoGateways.Domain;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Services.Configuration;
using Nop.Services.Security;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The token in the address of a pay page: whoever has it sees that page, and no other.
/// </summary>
public sealed class PayPageLinksTests
{
    private readonly Rows<CryptoPayment> _payments = new();
    private readonly Dictionary<string, string> _settings = [];
    private PayPageLinks _pages = null!;

    [SetUp]
    public async Task MakeTwoPaymentsAsync()
    {
        _payments.Insert(new CryptoPayment { Address = "address", TokenNonce = "nonce of the first", Status = CryptoPaymentStatus.AwaitingPayment, CheckoutUrl = "https://pay.example.com/1" });
        _payments.Insert(new CryptoPayment { Address = "address", TokenNonce = "nonce of the second" });

        var settings = new Mock<ISettingService>();
        settings.Setup(service => service.GetSettingByKeyAsync<string?>(It.IsAny<string>(), It.IsAny<string?>(), It.IsAny<int>(), It.IsAny<bool>()))
            .ReturnsAsync((string key, string? none, int _, bool _) => _settings.GetValueOrDefault(key, none!));
        settings.Setup(service => service.SetSettingAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<int>(), It.IsAny<bool>()))
            .Returns((string key, string value, int _, bool _) => Task.FromResult(_settings[key] = value));
        var encryption = new Mock<IEncryptionService>();
        encryption.Setup(service => service.EncryptText(It.IsAny<string>(), It.IsAny<string>())).Returns((string text, string _) => Reverse(text));
        encryption.Setup(service => service.DecryptText(It.IsAny<string>(), It.IsAny<string>())).Returns((string text, string _) => Reverse(text));
        _pages = new PayPageLinks(_payments.Repository, settings.Object, new SecretProtector(encryption.Object),
            Mock.Of<IHttpContextAccessor>(accessor => accessor.HttpContext == new DefaultHttpContext { Request = { PathBase = "/shop" } }));
        await _pages.InstallAsync();
    }

    [Test]
    public async Task A_token_leads_to_its_own_payment()
    {
        Assert.That((await FindAsync(await TokenAsync(1)))?.Id, Is.EqualTo(1));
        Assert.That((await FindAsync(await TokenAsync(2)))?.Id, Is.EqualTo(2));
    }

    [Test]
    public async Task The_same_payment_has_the_same_path_each_time_and_no_host() =>
        Assert.That(await _pages.PageOfAsync(Payment(1)), Is.EqualTo(await _pages.PageOfAsync(Payment(1))).And.Match(@"^/shop/checkout/crypto/1-[A-Za-z0-9_-]{22}\z"));

    [Test]
    public async Task One_payments_code_does_not_open_another()
    {
        var first = await TokenAsync(1);
        Assert.That(await FindAsync($"2{first[1..]}"), Is.Null);
    }

    [Test]
    public async Task A_new_nonce_revokes_the_token_and_makes_another()
    {
        var old = await TokenAsync(1);
        _payments.Change(payment => payment.TokenNonce += "!");

        Assert.That(await FindAsync(old), Is.Null);
        Assert.That((await FindAsync(await TokenAsync(1)))?.Id, Is.EqualTo(1));
    }

    [Test]
    public async Task A_new_secret_makes_every_old_token_worthless()
    {
        var old = await TokenAsync(1);
        _settings.Clear();
        await _pages.InstallAsync();

        Assert.That(await FindAsync(old), Is.Null);
    }

    [Test]
    public async Task Installing_again_leaves_the_secret_alone()
    {
        var token = await TokenAsync(1);
        await _pages.InstallAsync();

        Assert.That(await FindAsync(token), Is.Not.Null);
        Assert.That(_settings.Values.Single(), Does.StartWith("enc1:"));
    }

    [Test]
    public async Task Every_other_spelling_of_a_token_is_unknown()
    {
        var token = await TokenAsync(1);
        foreach (var forged in new[]
        {
            "", "-", "1", "1-", token + "A", token[..^1], token + " ", " " + token, "0" + token, "+" + token, "-" + token, "99" + token[1..],
            token.Replace('-', '_'), $"1-{new string('A', 22)}", "2147483648-" + token[2..], "order", "return", "1-" + new string('é', 11), "1-\0"
        })
            Assert.That(await FindAsync(forged), Is.Null, forged);
    }

    [Test]
    public async Task No_single_character_of_a_token_can_be_another()
    {
        var token = await TokenAsync(1);
        for (var i = 0; i < token.Length; i++)
        {
            var forged = string.Create(token.Length, (token, i), (span, from) =>
            {
                from.token.CopyTo(span);
                span[from.i] = span[from.i] == 'A' ? 'B' : 'A';
            });
            Assert.That(await FindAsync(forged), Is.Null, forged);
        }
    }

    [Test]
    public async Task A_payment_without_an_address_is_paid_on_the_providers_page() =>
        Assert.That(await _pages.PageOfAsync(new CryptoPayment { Id = 3, CheckoutUrl = "https://pay.example.com/3" }), Is.EqualTo("https://pay.example.com/3"));

    private Task<CryptoPayment?> FindAsync(string token) => _pages.FindAsync(token);

    private CryptoPayment Payment(int id) => _payments.All.Single(payment => payment.Id == id);

    private async Task<string> TokenAsync(int id) => (await _pages.PageOfAsync(Payment(id)))!.Split('/')[^1];

    private static string Reverse(string text) => new([.. text.Reverse()]);
}
