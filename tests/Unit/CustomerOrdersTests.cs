using Moq;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.CryptoGateways.Services.PayPage;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;

namespace CryptoGateways.Tests.Unit;

public sealed class CustomerOrdersTests
{
    [TestCase(7, false, true)]
    [TestCase(8, false, false, Description = "somebody else")]
    [TestCase(7, true, false, Description = "an order that the platform's own account holds belongs to no visitor")]
    public async Task An_order_is_its_customers_and_nobody_elses(int customerId, bool isSystemAccount, bool isOwn)
    {
        var shop = new Shop();
        shop.Orders.Change(order => order.CustomerId = 7);
        var facts = new PaymentFactsReader(shop.Reader, null!, null!, null!, null!, null!);
        var context = Mock.Of<IWorkContext>(context => context.GetCurrentCustomerAsync() == Task.FromResult(new Customer { Id = customerId, IsSystemAccount = isSystemAccount }));

        Assert.That(await new CustomerOrders(facts, context).FindAsync(1) is not null, Is.EqualTo(isOwn));
    }
}
