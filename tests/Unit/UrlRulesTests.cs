using Nop.Plugin.Payments.CryptoGateways.Services.Configuration;

namespace CryptoGateways.Tests.Unit;

public sealed class UrlRulesTests
{
    [TestCase("https://api.example.com", true)]
    [TestCase("HTTPS://API.EXAMPLE.COM/v1/", true)]
    [TestCase("https://api.example.com:8443/", true)]
    [TestCase("http://127.0.0.1:5081/", true)]
    [TestCase("http://[::1]:5081/", true)]
    [TestCase("http://localhost:5081/", true)]
    [TestCase("http://api.example.com", false)]
    [TestCase("http://127.0.0.1.example.com/", false)]
    [TestCase("http://localhost.example.com/", false)]
    [TestCase("http://10.0.0.1/", false)]
    [TestCase("https://user:secret@api.example.com", false)]
    [TestCase("https://api.example.com@evil.test/", false)]
    [TestCase("http://user@127.0.0.1/", false)]
    [TestCase("ftp://api.example.com", false)]
    [TestCase("file:///etc/passwd", false)]
    [TestCase("javascript:alert(1)", false)]
    [TestCase("data:text/html,hello", false)]
    public void Keys_and_shoppers_are_sent_over_https_or_to_this_machine(string url, bool safe) =>
        Assert.That(UrlRules.IsSafe(new Uri(url)), Is.EqualTo(safe));
}
