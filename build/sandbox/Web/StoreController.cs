using System.Security.Claims;
using CryptoGateways.Sandbox.Data;
using CryptoGateways.Sandbox.Services;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Services.Localization;
using Nop.Services.Orders;
using Nop.Services.Payments;

namespace CryptoGateways.Sandbox.Web;

public sealed record CartLine(Product Product, int Quantity);

public sealed record CartPage(IReadOnlyList<CartLine> Lines, decimal Total);

public sealed record OrderPage(Order Order, IReadOnlyList<CartLine> Lines, IList<OrderNote> Notes, CustomValues CustomValues, bool CanRetry);

/// <summary>Catalogue, cart, login and the shopper's orders.</summary>
[AutoValidateAntiforgeryToken]
public sealed class StoreController(
    IWorkContext workContext, ShoppingCartService carts, IRepository<Product> products, IRepository<Order> orders, OrderService orderService,
    IOrderTotalCalculationService totals, PaymentService payments, CustomerService customers,
    IRepository<Customer> customerRows, ILanguageService languages) : Controller
{
    [HttpGet("/")]
    public async Task<IActionResult> Index() => View(await products.GetAllAsync(query => query.Where(product => product.Published)));

    [HttpPost("/cart/add")]
    public async Task<IActionResult> Add(int productId, int quantity = 1)
    {
        await carts.AddAsync(await workContext.GetCurrentCustomerAsync(), 1, productId, quantity);
        return Redirect("/cart");
    }

    [HttpPost("/cart/clear")]
    public async Task<IActionResult> Clear()
    {
        await carts.ClearAsync((await workContext.GetCurrentCustomerAsync()).Id);
        return Redirect("/cart");
    }

    [HttpGet("/cart")]
    public async Task<IActionResult> Cart()
    {
        var cart = await carts.GetShoppingCartAsync(await workContext.GetCurrentCustomerAsync());
        var total = (await totals.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)).shoppingCartTotal!.Value;
        return View(new CartPage(await LinesAsync(cart.Select(item => (item.ProductId, item.Quantity))), total));
    }

    [HttpGet(PictureService.Logo)]
    public IActionResult Logo() => Content("""<svg xmlns="http://www.w3.org/2000/svg" width="180" height="40" viewBox="0 0 180 40"><rect width="180" height="40" rx="8" fill="#7a2e8e"/><text x="90" y="26" fill="#fff" font-family="sans-serif" font-size="18" text-anchor="middle">Sandbox</text></svg>""", "image/svg+xml");

    [HttpGet("/contactus", Name = "ContactUs")]
    public IActionResult ContactUs() => View("Message", "Write to the store");

    /// <summary>As there, the customer keeps the language, and requests without a customer go by the cookie.</summary>
    [HttpGet("/changelanguage/{id:int}")]
    public async Task<IActionResult> ChangeLanguage(int id)
    {
        var customer = await workContext.GetCurrentCustomerAsync();
        customer.LanguageId = id;
        await customerRows.UpdateAsync(customer);
        var culture = new RequestCulture((await languages.GetLanguageByIdAsync(id)).LanguageCulture);
        Response.Cookies.Append(SandboxApp.CultureCookie, CookieRequestCultureProvider.MakeCookieValue(culture));
        return Redirect("/");
    }

    [HttpGet("/login")]
    public IActionResult Login(string? returnUrl) => View("Login", returnUrl);

    [HttpPost("/login")]
    public async Task<IActionResult> Login(string? email, string? password, string? returnUrl)
    {
        if (email is null || password != email.Split('@')[0] || await customers.GetCustomerByEmailAsync(email) is not { } customer)
        {
            ModelState.AddModelError("", "No such login.");
            return View("Login", returnUrl);
        }

        await carts.MigrateAsync(await workContext.GetCurrentCustomerAsync(), customer);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, email)], CookieAuthenticationDefaults.AuthenticationScheme);
        await HttpContext.SignInAsync(new ClaimsPrincipal(identity));
        return LocalRedirect(returnUrl ?? "/");
    }

    [HttpPost("/logout")]
    public async Task<IActionResult> Logout()
    {
        await HttpContext.SignOutAsync();
        Response.Cookies.Delete(WorkContext.CustomerCookie);
        return Redirect("/");
    }

    [HttpGet("/order/history")]
    public async Task<IActionResult> History()
    {
        var customer = await workContext.GetCurrentCustomerAsync();
        return View(await orders.GetAllAsync(query => query.Where(order => order.CustomerId == customer.Id).OrderByDescending(order => order.Id)));
    }

    [HttpGet("/orderdetails/{orderId:int}", Name = "OrderDetails")]
    public async Task<IActionResult> Details(int orderId)
    {
        if (await OwnOrderAsync(orderId) is not { } order)
            return Challenge();

        var values = new CustomValues();
        values.FillByXml(order.CustomValuesXml, displayToCustomerOnly: true);
        return View(new OrderPage(order, await LinesAsync((await orderService.GetOrderItemsAsync(orderId)).Select(item => (item.ProductId, item.Quantity))),
            await orderService.GetOrderNotesByOrderIdAsync(orderId, displayToCustomer: true), values, await payments.CanRePostProcessPaymentAsync(order)));
    }

    /// <summary>"Retry payment".</summary>
    [HttpPost("/orderdetails/{orderId:int}")]
    public async Task<IActionResult> RePostPayment(int orderId)
    {
        if (await OwnOrderAsync(orderId) is not { } order)
            return Challenge();

        if (await payments.CanRePostProcessPaymentAsync(order))
            await payments.PostProcessPaymentAsync(order);
        return Response.StatusCode is 301 or 302 ? new EmptyResult() : Redirect($"/orderdetails/{orderId}");
    }

    [Route("/error")]
    [IgnoreAntiforgeryToken]
    public IActionResult Error() => View("Message", "We are sorry, something went wrong. It has been logged.");

    [Route("/page-not-found")]
    [IgnoreAntiforgeryToken]
    public async Task<IActionResult> NotFoundPage()
    {
        await workContext.GetCurrentCustomerAsync();
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View("Message", "There is no such page.");
    }

    private async Task<Order?> OwnOrderAsync(int orderId) =>
        await orderService.GetOrderByIdAsync(orderId) is { Deleted: false } order && order.CustomerId == (await workContext.GetCurrentCustomerAsync()).Id ? order : null;

    private async Task<IReadOnlyList<CartLine>> LinesAsync(IEnumerable<(int ProductId, int Quantity)> items)
    {
        var lines = new List<CartLine>();
        foreach (var (productId, quantity) in items)
            lines.Add(new CartLine(await products.GetByIdAsync(productId), quantity));
        return lines;
    }
}
