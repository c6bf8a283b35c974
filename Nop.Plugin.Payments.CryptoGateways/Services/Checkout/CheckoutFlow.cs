using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.CryptoGateways.Services.Health;
using Nop.Plugin.Payments.CryptoGateways.Services.Localization;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Orders;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.CryptoGateways.Services.Checkout;

/// <summary>
/// Carries the shopper's choice from the payment form to the provider. Every failure leads to the order's payment page, never to an
/// exception.
/// </summary>
public class CheckoutFlow(PaymentOptionService options, PaymentInitiator initiator, AttemptStore attempts, PayPageLinks pages, ThrottledLog log)
{
    /// <summary>
    /// The payment request of a choice. The platform keeps it until the order is placed, and shows the choice in words from then on.
    /// </summary>
    /// <param name="choice">A <see cref="PaymentOption.Choice"/>; null for none.</param>
    /// <param name="texts">Texts in the shopper's language.</param>
    public static async Task<ProcessPaymentRequest> RememberAsync(string? choice, PluginTexts texts)
    {
        var request = new ProcessPaymentRequest();
        if (string.IsNullOrEmpty(choice))
            return request;

        request.CustomValues.Add(new CustomValue(CryptoGatewaysDefaults.ChoiceValue, choice, CustomValueDisplayLocation.Payment, displayToCustomer: false));
        request.CustomValues.Add(new CustomValue(await texts.GetAsync("Order.Status"), await texts.ChoiceAsync(choice)));
        return request;
    }

    /// <summary>
    /// The result of placing an order. It carries the choice to a column of the order that the platform does not show, instead of the value
    /// that its pages would list.
    /// </summary>
    public static ProcessPaymentResult Place(ProcessPaymentRequest request)
    {
        var result = new ProcessPaymentResult { AuthorizationTransactionCode = ChoiceIn(request) };
        request.CustomValues.RemoveAll(value => value.Name == CryptoGatewaysDefaults.ChoiceValue);
        return result;
    }

    /// <summary>The choice in a stored payment request; null when there is none.</summary>
    public static string? ChoiceIn(ProcessPaymentRequest? request) =>
        request?.CustomValues?.TryGetValue(CryptoGatewaysDefaults.ChoiceValue, out var choice) == true ? choice.Value : null;

    /// <summary>The choice in a submitted form: the coin's radio button, or the coin's list of networks and providers that the button names.</summary>
    public static string? ChoiceIn(IFormCollection form) => form[CryptoGatewaysDefaults.ChoiceField].FirstOrDefault() is not { } choice ? null
        : form.TryGetValue(CryptoGatewaysDefaults.ChoiceListField(choice), out var list) ? list.FirstOrDefault() : choice;

    /// <summary>The choice an order was placed with; null when there was none.</summary>
    public static string? ChoiceIn(Order order)
    {
        if (!string.IsNullOrEmpty(order.AuthorizationTransactionCode))
            return order.AuthorizationTransactionCode;

        // Orders of earlier versions.
        var values = new CustomValues();
        values.FillByXml(order.CustomValuesXml);
        return values.TryGetValue(CryptoGatewaysDefaults.ChoiceValue, out var choice) ? choice.Value : null;
    }

    /// <summary>Where to send the shopper after the order was placed or a payment is retried: the provider's page, or a path of the store.</summary>
    public async Task<string> NextUrlAsync(Order order)
    {
        var latest = await attempts.LatestAsync(order.Id);
        return await NextUrlAsync(order, latest is null ? ChoiceIn(order) : latest.Choice);
    }

    /// <summary>The same for a choice made on the order's payment page.</summary>
    public async Task<string> NextUrlAsync(Order order, string? choice)
    {
        try
        {
            var offered = await options.ForOrderAsync(order);
            var result = offered.FirstOrDefault(option => option.Choice == choice) is { } chosen
                ? await initiator.StartAsync(order.Id, chosen, hasAlternatives: offered.Any(other => other.Gateway.SystemName != chosen.Gateway.SystemName))
                : null;
            return result?.Url ?? pages.OrderPageOf(order.Id);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"Order {order.Id}: starting the payment failed", exception);
            return pages.OrderPageOf(order.Id);
        }
    }
}
