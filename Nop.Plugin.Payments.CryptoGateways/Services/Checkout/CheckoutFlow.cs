using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Orders;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Carries the shopper's choice from the payment form to the provider. Whatever goes wrong on the way ends on the order's own
/// payment page, never in an exception.
/// </summary>
public class CheckoutFlow(PaymentOptionService options, PaymentInitiator starter, AttemptReader attempts, PayPageLinks pages, ThrottledLog log)
{
    /// <summary>
    /// Puts a choice into a payment request, whence the platform saves it with the order.
    /// </summary>
    /// <param name="choice">As <see cref="PaymentOption.Choice"/>.</param>
    public static ProcessPaymentRequest Remember(string? choice)
    {
        var request = new ProcessPaymentRequest();
        if (!string.IsNullOrEmpty(choice))
            request.CustomValues.Add(new CustomValue(CryptoGatewaysDefaults.ChoiceValue, choice, CustomValueDisplayLocation.Payment, displayToCustomer: false));
        return request;
    }

    /// <summary>The choice in a payment request that the platform has stored; null when there is none.</summary>
    public static string? ChoiceIn(ProcessPaymentRequest? request) =>
        request?.CustomValues?.TryGetValue(CryptoGatewaysDefaults.ChoiceValue, out var choice) == true ? choice.Value : null;

    public static string? ChoiceIn(IFormCollection form) => form[CryptoGatewaysDefaults.ChoiceField].FirstOrDefault();

    /// <summary>The choice with which an order was placed; null when there was none.</summary>
    public static string? ChoiceIn(Order order)
    {
        var values = new CustomValues();
        values.FillByXml(order.CustomValuesXml);
        return values.TryGetValue(CryptoGatewaysDefaults.ChoiceValue, out var choice) ? choice.Value : null;
    }

    /// <summary>The address that the shopper goes to after placing the order or asking to retry: the provider's page, or the path of our own.</summary>
    public async Task<string> NextAddressAsync(Order order)
    {
        var latest = await attempts.LatestAsync(order.Id);
        return await NextAddressAsync(order, latest is null ? ChoiceIn(order) : latest.Choice);
    }

    /// <summary>The same with a choice made on the order's payment page.</summary>
    public async Task<string> NextAddressAsync(Order order, string? choice)
    {
        try
        {
            var option = (await options.ForOrderAsync(order)).FirstOrDefault(option => option.Choice == choice);
            var result = option is null ? null : await starter.StartAsync(order.Id, option);
            return result?.Url ?? pages.OrderPageOf(order.Id);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"Order {order.Id}: the payment could not be started", exception);
            return pages.OrderPageOf(order.Id);
        }
    }
}
