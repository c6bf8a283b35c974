using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.CryptoGateways.Services.Payments;
using Nop.Services.Orders;

namespace CryptoGateways.Tests.Unit.Interleavings;

/// <summary>
/// The platform's handling of an order, with its steps in their order and no lock: status, note, order status, event, mail. Like
/// the platform it writes whole rows, also over what somebody else has just written.
/// </summary>
public sealed class StepPlatform
{
    public StepPlatform(Table<Order> orders, Table<OrderNote> notes, Steps steps, Func<PaymentEventService> events)
    {
        Orders = Fake.Of<IOrderService>(
            ("InsertOrderNoteAsync", args => notes.Repository.InsertAsync((OrderNote)args[0]!)),
            ("GetOrderNotesByOrderIdAsync", args => notes.Repository.GetAllAsync(query => query.Where(note => note.OrderId == (int)args[0]!))),
            ("GetOrderItemsAsync", _ => Task.FromResult<IList<OrderItem>>([])));

        Processing = Fake.Of<IOrderProcessingService>(
            ("CanMarkOrderAsPaid", args => CanMark((Order)args[0]!)),
            ("CanCancelOrder", args => ((Order)args[0]!).OrderStatus != OrderStatus.Cancelled),
            ("MarkOrderAsPaidAsync", args => MarkAsync((Order)args[0]!)),
            ("CancelOrderAsync", args => CancelAsync((Order)args[0]!)));

        async Task MarkAsync(Order order)
        {
            if (!CanMark(order))
                throw new InvalidOperationException("cannot be marked as paid");
            IsMarking = true;
            (order.PaymentStatus, order.PaidDateUtc) = (PaymentStatus.Paid, steps.GetUtcNow().UtcDateTime);
            await orders.Repository.UpdateAsync(order);
            await notes.Repository.InsertAsync(new OrderNote { OrderId = order.Id, Note = "marked as paid" });
            order.OrderStatus = OrderStatus.Processing;
            await orders.Repository.UpdateAsync(order);
            PaidEvents++;
            await events().CompletePaidMarkerAsync(order.Id);
            await steps.ComeAsync("mail");
            PaidMails++;
            IsMarking = false;
        }

        async Task CancelAsync(Order order)
        {
            order.OrderStatus = OrderStatus.Cancelled;
            await orders.Repository.UpdateAsync(order);
        }
    }

    public IOrderService Orders { get; }

    public IOrderProcessingService Processing { get; }

    /// <summary>How often OrderPaidEvent was published.</summary>
    public int PaidEvents { get; private set; }

    public int PaidMails { get; private set; }

    /// <summary>
    /// The platform is inside MarkOrderAsPaidAsync. It has no lock and no fence: a process that is paused in there for longer than a lease
    /// lasts is beyond what a plugin can hold.
    /// </summary>
    public bool IsMarking { get; private set; }

    private static bool CanMark(Order order) => order.OrderStatus != OrderStatus.Cancelled && order.PaymentStatus == PaymentStatus.Pending;
}
