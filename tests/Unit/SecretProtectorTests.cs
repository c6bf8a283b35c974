using System.Security.Cryptography;
using System.Text;
using Moq;
using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;
using Nop.Services.Security;

namespace CryptoGateways.Tests.Unit;

public sealed class SecretProtectorTests
{
    private string _storeKey = string.Empty;
    private SecretProtector _protector = null!;

    [SetUp]
    public void MakeProtector()
    {
        _storeKey = "first";
        var store = new Mock<IEncryptionService>();
        store.Setup(service => service.EncryptText(It.IsAny<string>(), It.IsAny<string>())).Returns(Encrypt);
        store.Setup(service => service.DecryptText(It.IsAny<string>(), It.IsAny<string>())).Returns(Decrypt);
        _protector = new SecretProtector(store.Object);
    }

    [Test]
    public void A_secret_comes_back_and_is_not_stored_in_the_clear()
    {
        var stored = _protector.Protect("sk_live_abc");

        Assert.That((SecretProtector.IsProtected(stored), stored.Contains("sk_live"), _protector.Unprotect(stored)), Is.EqualTo((true, false, "sk_live_abc")));
    }

    [Test]
    public void Nothing_stays_nothing() => Assert.That((_protector.Protect(""), _protector.Unprotect("")), Is.EqualTo(("", "")));

    [Test]
    public void A_value_that_was_put_in_by_hand_counts_as_it_is() => Assert.That(_protector.Unprotect("sk_live_abc"), Is.EqualTo("sk_live_abc"));

    [Test]
    public void After_the_stores_key_changed_the_secret_is_read_with_the_old_one()
    {
        var stored = _protector.Protect("sk_live_abc");
        _storeKey = "second";

        Assert.That((_protector.Unprotect(stored), _protector.Unprotect(stored, "first")), Is.EqualTo(("", "sk_live_abc")));
    }

    [Test]
    public void A_wrong_key_whose_garbage_is_well_formed_is_noticed()
    {
        var stored = "enc1:" + Encrypt("garbage", string.Empty);

        Assert.That(_protector.Unprotect(stored), Is.Empty);
    }

    [TestCase("enc1:")]
    [TestCase("enc1:not base64!")]
    [TestCase("enc1:Zm9yZWlnbg==")]
    public void What_cannot_be_read_is_no_secret(string stored) => Assert.That(_protector.Unprotect(stored), Is.Empty);

    [TestCase(null, false)]
    [TestCase("", false)]
    [TestCase("ENC1:abc", false)]
    [TestCase("enc1:abc", true)]
    public void The_marker_tells_stored_secrets_from_plain_values(string? stored, bool isProtected) =>
        Assert.That(SecretProtector.IsProtected(stored), Is.EqualTo(isProtected));

    private string Encrypt(string plain, string key) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{(key.Length == 0 ? _storeKey : key)}|{plain}"));

    /// <summary>Fails on a wrong key and on foreign text in the ways in which the platform's own does.</summary>
    private string Decrypt(string cipher, string key)
    {
        if (cipher.Length == 0)
            return cipher;

        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(cipher)).Split('|');
        return parts[0] == (key.Length == 0 ? _storeKey : key) ? parts[1] : throw new CryptographicException("padding");
    }
}
