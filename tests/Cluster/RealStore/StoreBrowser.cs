using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CryptoGateways.Tests.RealStore;

/// <summary>
/// Somebody with an account in a real nopCommerce store: a customer who buys by the one-page checkout, or an administrator who
/// reads an order's notes. The store's nodes share their cookies.
/// </summary>
internal sealed partial class StoreBrowser : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    public async Task LogInAsync(Uri store, string email, string password)
    {
        using var answer = await PostAsync(store, "login", await TokenAsync(store, "login"), ("Email", email), ("Password", password));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), $"{email} cannot log in at {store}");
    }

    /// <summary>Buys one piece of a product that needs no shipping; where the shopper is led after confirming.</summary>
    public async Task<Uri> BuyAsync(Uri store, string product, string coin)
    {
        var page = await _http.GetStringAsync(new Uri(store, product));
        var productId = AddToCart().Match(page).Groups[1].Value;
        var added = await JsonAsync(await PostAsync(store, $"addproducttocart/details/{productId}/1", TokenIn(page), ($"addtocart_{productId}.EnteredQuantity", "1")));
        Assert.That((bool?)added["success"], Is.True, $"{added}");

        var cart = await _http.GetStringAsync(new Uri(store, "cart"));
        var choices = CartChoice().Matches(cart).Select(choice => (choice.Groups[1].Value, choice.Groups[2].Value));
        (await PostAsync(store, "cart", TokenIn(cart), [("checkout", "checkout"), .. choices])).Dispose();

        var checkout = await _http.GetStringAsync(new Uri(store, "onepagecheckout"));
        var token = TokenIn(checkout);
        var address = BillingAddress().Match(checkout).Groups[1].Value;
        Assert.That(address, Is.Not.Empty, "the customer has no address, or the one-page checkout is off");
        await StepAsync("OpcSaveBilling", ("billing_address_id", address));
        await StepAsync("OpcSavePaymentMethod", ("paymentmethod", "Payments.CryptoGateways"));
        await StepAsync("OpcSavePaymentInfo", ("CryptoChoice", $"coinskro:{coin}"));
        var confirmed = await StepAsync("OpcConfirmOrder");
        Assert.That((string?)confirmed["redirect"], Is.Not.Null, $"{confirmed}");
        using var answer = await _http.GetAsync(new Uri(store, "checkout/OpcCompleteRedirectionPayment"));
        return answer.Headers.Location!;

        async Task<JsonNode> StepAsync(string step, params (string, string)[] fields)
        {
            var next = await JsonAsync(await PostAsync(store, $"checkout/{step}/", token, fields));
            Assert.That(next["error"], Is.Null, $"{step}: {next}");
            return next;
        }
    }

    /// <summary>"Pay now" on the order's payment page; where it leads.</summary>
    public async Task<Uri?> PayAsync(Uri store, int orderId, string token, string coin)
    {
        using var answer = await PostAsync(store, $"checkout/crypto/order/{orderId}", token, ("CryptoChoice", $"coinskro:{coin}"));
        return answer.Headers.Location;
    }

    public async Task ReturnAsync(Uri store, string reference) => (await _http.GetAsync(new Uri(store, $"checkout/crypto/return/{reference}?result=success"))).Dispose();

    /// <summary>The notes of an order as its page in the admin area lists them.</summary>
    public async Task<IReadOnlyList<string>> NotesAsync(Uri store, int orderId)
    {
        var token = await TokenAsync(store, $"Admin/Order/Edit/{orderId}");
        using var answer = await PostAsync(store, "Admin/Order/OrderNotesSelect", token, ("OrderId", $"{orderId}"), ("start", "0"), ("length", "200"), ("draw", "1"));
        return [.. (await JsonAsync(answer))["Data"]!.AsArray().Select(note => WebUtility.HtmlDecode((string)note!["Note"]!))];
    }

    public async Task<string> TokenAsync(Uri store, string page) => TokenIn(await _http.GetStringAsync(new Uri(store, page)));

    public void Dispose() => _http.Dispose();

    private static string TokenIn(string page) => Token().Match(page).Groups[1].Value;

    private async Task<HttpResponseMessage> PostAsync(Uri store, string path, string token, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await _http.PostAsync(new Uri(store, path), form);
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            return text.StartsWith('{') ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text[..Math.Min(200, text.Length)]}");
        }
    }

    [GeneratedRegex("__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("add-to-cart-button-(\\d+)")]
    private static partial Regex AddToCart();

    [GeneratedRegex("<select name=\"(checkout_attribute_\\d+)\"[^>]*>\\s*(?:<option value=\"\\d+\">[^<]*</option>\\s*)*<option selected=\"selected\" value=\"(\\d+)\"")]
    private static partial Regex CartChoice();

    [GeneratedRegex("name=\"billing_address_id\".*?<option[^>]* value=\"(\\d+)\"", RegexOptions.Singleline)]
    private static partial Regex BillingAddress();
}
