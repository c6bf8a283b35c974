using Nop.Services.Customers;
using Nop.Services.Tax;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Adds to a payment fee the tax that the platform adds to it.
/// </summary>
public class FeeTax(ITaxService taxService, ICustomerService customerService)
{
    /// <summary>What a customer pays for a fee, in the fee's currency, with any number of decimals.</summary>
    /// <param name="fee">As the store's owner states fees: with or without tax, as the platform's tax settings say.</param>
    /// <param name="customerId">Who pays it.</param>
    public async Task<decimal> WithTaxAsync(decimal fee, int customerId) =>
        fee == 0m ? 0m : (await taxService.GetPaymentMethodAdditionalFeeAsync(fee, true, await customerService.GetCustomerByIdAsync(customerId))).price;
}
