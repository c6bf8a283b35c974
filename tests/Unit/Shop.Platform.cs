using CryptoGateways.Tests.Unit.Interleavings;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Stores;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Stores;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The platform of the store.
/// </summary>
public sealed partial class Shop
{
    private void AddPlatform(IServiceCollection services)
    {
        services.AddSingleton(Orders.Repository).AddSingleton(OrderService()).AddSingleton(OrderProcessing()).AddSingleton(Stock());
        services.AddSingleton(Fake.Of<ISettingService>(("LoadSettingAsync", _ => Task.FromResult(Settings))));
        services.AddSingleton(Fake.Of<ILocalizationService>(
            ("GetResourceAsync/1", args => Task.FromResult(Worded(args[0]) + " {0}")),
            ("GetResourceAsync/5", args => Task.FromResult(Worded(args[0]) + " {0} {1} {2}"))));
        services.AddSingleton(Fake.Of<IStoreService>(
            ("GetStoreByIdAsync", args => Task.FromResult(new Store { Url = StoreUrl ?? $"https://shop{args[0]}.example" })),
            ("GetAllStoresAsync", _ => Task.FromResult<IList<Store>>([new Store()]))));
        services.AddSingleton(Fake.Of<IAddressService>(("GetAddressByIdAsync", _ => Task.FromResult(Address))));
        services.AddSingleton(Fake.Of<ILanguageService>(
            ("GetLanguageByIdAsync", args => Task.FromResult((int)args[0]! == Language.Id ? Language : null)),
            ("GetAllLanguagesAsync", _ => Task.FromResult<IList<Language>>([new Language { Id = 1, LanguageCulture = "en-US", Published = true }]))));
        AddMessages(services);
    }

    private IOrderService OrderService() => Fake.Of<IOrderService>(
        ("InsertOrderNoteAsync", args => Done(() => Notes.Add((OrderNote)args[0]!))),
        ("GetOrderNotesByOrderIdAsync", args => Task.FromResult<IList<OrderNote>>([.. Notes.Where(note => note.OrderId == (int)args[0]!)])),
        ("GetOrderItemsAsync", args => Task.FromResult<IList<OrderItem>>((int)args[0]! == 1 ? [new OrderItem { OrderId = 1, ProductId = 1, Quantity = 2 }] : [])),
        ("UpdateOrderAsync", args => Orders.Repository.UpdateAsync((Order)args[0]!)));

    private IOrderProcessingService OrderProcessing() => Fake.Of<IOrderProcessingService>(
        ("CanMarkOrderAsPaid", args => ((Order)args[0]!).PaymentStatus is PaymentStatus.Pending or PaymentStatus.Authorized),
        ("MarkOrderAsPaidAsync", args => MarkAsync(args[0])),
        ("CanMarkOrderAsAuthorized", args => ((Order)args[0]!).PaymentStatus == PaymentStatus.Pending),
        ("MarkAsAuthorizedAsync", args =>
        {
            var order = (Order)args[0]!;
            order.PaymentStatus = PaymentStatus.Authorized;
            return Orders.Repository.UpdateAsync(order);
        }
    ),
        ("CanRefundOffline", _ => CanBeRefunded),
        ("RefundOfflineAsync", args => ChangeAsync(args[0], row => row.RefundedAmount = row.OrderTotal)),
        ("CanCancelOrder", _ => true),
        // The shopper is notified of a cancellation.
        ("CancelOrderAsync", args => args[1] is true ? ChangeAsync(args[0], row => row.OrderStatusId = (int)OrderStatus.Cancelled) : throw Unexpected(args)));

    private Task MarkAsync(object? order)
    {
        Marks++;
        if (Crash == Crash.BeforeTheOrderIsSaved)
            throw new InvalidOperationException("killed");

        ChangeAsync(order, row => row.PaymentStatusId = (int)PaymentStatus.Paid);
        if (Crash == Crash.BeforeTheEvent)
            throw new InvalidOperationException("killed");
        return Task.CompletedTask;
    }

    /// <summary>Changes the stored order; there is only one.</summary>
    private Task ChangeAsync(object? order, Action<Order> change)
    {
        if (order is not Order { Id: 1 })
            throw Unexpected(order);
        Orders.Change(change);
        return Task.CompletedTask;
    }

    private static ArgumentException Unexpected(params object?[] arguments) => new($"The plugin does not call this with {string.Join(", ", arguments)}.");

    private IProductService Stock() => Fake.Of<IProductService>(
        ("GetProductByIdAsync", args => Products.Repository.GetByIdAsync((int)args[0]!)),
        // Without reserved pieces, in all warehouses.
        ("GetTotalStockQuantityAsync", args => args is [Product product, true, 0] ? Task.FromResult(product.StockQuantity) : throw Unexpected(args)),
        ("AdjustInventoryAsync", args =>
        {
            if (Crash == Crash.BeforeTheStock)
                throw new InvalidOperationException("killed");
            Products.Change(row => row.StockQuantity += (int)args[1]!);
            return Crash == Crash.AfterTheStock ? throw new InvalidOperationException("killed") : Task.CompletedTask;
        }
    ));

    /// <summary>Message templates, all of them switched on but for <see cref="SwitchedOff"/>, and the queue.</summary>
    private void AddMessages(IServiceCollection services)
    {
        const string owner = "owner@example.com";
        services.AddSingleton(Fake.Of<IMessageTemplateService>(("GetMessageTemplatesByNameAsync", args =>
            Task.FromResult<IList<MessageTemplate>>([new MessageTemplate { Name = (string)args[0]!, IsActive = !SwitchedOff.Contains((string)args[0]!) }]))));
        services.AddSingleton(Fake.Of<IEmailAccountService>(("GetEmailAccountByIdAsync", _ => Task.FromResult(new EmailAccount { Email = owner }))));
        services.AddSingleton(Fake.Of<IWorkflowMessageService>(("SendNotificationAsync", args =>
        {
            if (QueueFails)
                throw new InvalidOperationException("no subject");
            // No attachment, other sender or subject, and no sending without the account's delay.
            if (args[6..13].Any(argument => argument is not null) || args[13] is not false)
                throw Unexpected(args[6..]);
            var (template, tokens, to) = ((MessageTemplate)args[0]!, (IList<Token>)args[3]!, (string)args[4]!);
            if (to == owner)
                Mails.Add((string)tokens[0].Value);
            else
                ShopperNotifications.Add(new SentMail(template.Name, $"{args[5]} <{to}>", (int)args[2]!, tokens.ToDictionary(token => token.Key, token => $"{token.Value}")));
            return Task.FromResult(Mails.Count);
        }
        )));
    }

    /// <summary>The owner's wording of a text.</summary>
    private string Worded(object? key) => Text(((string)key!).Split('.')[^1]);

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
