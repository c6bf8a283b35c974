using System.Net;
using System.Text.RegularExpressions;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>Somebody who buys in the store without a browser: redirects are looked at, not followed.</summary>
/// <param name="store">The store.</param>
/// <param name="host">What every request names as its host; null for the store's own.</param>
internal sealed partial class PlainShopper(Store store, string? host = null) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = store.Address };
    private string _token = "";

    /// <summary>Places an order and is led to its payment.</summary>
    public async Task<(Attempt Attempt, string Location)> OrderAsync(string coin = "USDT")
    {
        await ReadTokenAsync("");
        await PostAsync("cart/add", ("productId", "1"));
        await PostAsync("checkout/billingaddress", ("firstName", "Gwen"), ("lastName", "Guest"), ("email", "guest@example.com"));
        await PostAsync("checkout/paymentmethod", ("paymentmethod", "Payments.CryptoGateways"));
        await PostAsync("checkout/paymentinfo", ("CryptoChoice", $"{store.Gateway}:{coin}"));
        var location = await PostAsync("checkout/confirm");
        return ((await store.Database.AttemptsAsync(await store.Database.LastOrderAsync()))[^1], location);
    }

    /// <summary>Pays the order with a coin chosen on its payment page; where that leads.</summary>
    public Task<string> ChooseAsync(int orderId, string coin) => PostAsync($"checkout/crypto/order/{orderId}", ("CryptoChoice", $"{store.Gateway}:{coin}"));

    public async Task<HttpResponseMessage> VisitAsync(string path)
    {
        using var request = Request(HttpMethod.Get, path);
        return await _http.SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var request = Request(HttpMethod.Post, path);
        request.Content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", _token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await _http.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.InRange(301, 303), path);
        return answer.Headers.Location!.OriginalString;
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Host = host;
        return request;
    }

    private async Task ReadTokenAsync(string page)
    {
        using var answer = await VisitAsync(page);
        _token = WebUtility.HtmlDecode(Token().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value);
    }

    [GeneratedRegex("__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
