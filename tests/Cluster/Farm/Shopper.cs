using System.Net;
using System.Text.RegularExpressions;

namespace CryptoGateways.Tests.Cluster.Farm;

/// <summary>
/// A customer without a browser: logs in, buys, pays again, comes back. Redirects are looked at, not followed.
/// </summary>
internal sealed partial class Shopper : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
    private string _token = "";

    public async Task LogInAsync(Node node, string user = "shopper")
    {
        await ReadTokenAsync(node, "login");
        await PostAsync(node, "login", ("email", $"{user}@example.com"), ("password", user));
        await ReadTokenAsync(node, "login");
        await PostAsync(node, "checkout/billingaddress", ("firstName", "Sam"), ("lastName", "Sample"), ("email", $"{user}@example.com"));
        await PostAsync(node, "checkout/paymentmethod", ("paymentmethod", "Payments.CryptoGateways"));
    }

    /// <summary>Everything up to the button that places the order.</summary>
    public async Task FillCartAsync(Node node, string coin = "USDT")
    {
        await PostAsync(node, "cart/clear");
        await PostAsync(node, "cart/add", ("productId", "1"));
        await PostAsync(node, "checkout/paymentinfo", ("CryptoChoice", $"coinskro:{coin}"));
    }

    /// <summary>Places the order; the address that the shopper is led to, null when the answer is a page.</summary>
    public Task<Uri?> ConfirmAsync(Node node) => PostAsync(node, "checkout/confirm");

    /// <summary>"Retry payment" on the order's page.</summary>
    public Task<Uri?> RetryAsync(Node node, int orderId) => PostAsync(node, $"orderdetails/{orderId}");

    /// <summary>Pays with a coin chosen on the order's payment page.</summary>
    public Task<Uri?> PayAsync(Node node, int orderId, string coin) => PostAsync(node, $"checkout/crypto/order/{orderId}", ("CryptoChoice", $"coinskro:{coin}"));

    /// <summary>Back from the provider's page.</summary>
    public async Task<HttpStatusCode> ReturnAsync(Node node, string reference)
    {
        using var answer = await _http.GetAsync(new Uri(node.Address, $"checkout/crypto/return/{reference}?order=0&result=success"));
        return answer.StatusCode;
    }

    /// <summary>The store's own pay page of an attempt that has one, as the order's payment page links to it.</summary>
    public async Task<string> PayPageAsync(Node node, int orderId, int attemptId) =>
        Regex.Match(await _http.GetStringAsync(new Uri(node.Address, $"checkout/crypto/order/{orderId}")), $"\"([^\"]*/checkout/crypto/{attemptId}-[^\"]+)\"").Groups[1].Value;

    /// <summary>As an administrator: "cancel" or "paid".</summary>
    public Task ChangeOrderAsync(Node node, int orderId, string change) => PostAsync(node, $"Admin/Order/Edit/{orderId}", ("change", change));

    public void Dispose() => _http.Dispose();

    private async Task<Uri?> PostAsync(Node node, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", _token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await _http.PostAsync(new Uri(node.Address, path), form);
        if (answer.StatusCode == HttpStatusCode.BadRequest)
            throw new InvalidOperationException($"{path} was refused");
        return answer.Headers.Location;
    }

    private async Task ReadTokenAsync(Node node, string page) =>
        _token = WebUtility.HtmlDecode(Token().Match(await _http.GetStringAsync(new Uri(node.Address, page))).Groups[1].Value);

    [GeneratedRegex("__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
