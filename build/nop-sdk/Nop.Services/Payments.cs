using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Services.Orders;
using Nop.Services.Plugins;

namespace Nop.Services
{
    public abstract class BaseNopResult
    {
        public bool Success => Errors.Count == 0;

        public IList<string> Errors { get; set; } = new List<string>();
    }
}

namespace Nop.Services.Payments
{
    public enum PaymentMethodType
    {
        Standard = 10,
        Redirection = 15,
        Button = 20
    }

    public enum RecurringPaymentType
    {
        NotSupported = 0,
        Manual = 10,
        Automatic = 20
    }

    public interface IPaymentMethod : IPlugin
    {
        bool SupportCapture { get; }

        bool SupportPartiallyRefund { get; }

        bool SupportRefund { get; }

        bool SupportVoid { get; }

        RecurringPaymentType RecurringPaymentType { get; }

        PaymentMethodType PaymentMethodType { get; }

        bool SkipPaymentInfo { get; }

        Task<ProcessPaymentResult> ProcessPaymentAsync(ProcessPaymentRequest processPaymentRequest);

        Task PostProcessPaymentAsync(PostProcessPaymentRequest postProcessPaymentRequest);

        Task<bool> HidePaymentMethodAsync(IList<ShoppingCartItem> cart);

        Task<decimal> GetAdditionalHandlingFeeAsync(IList<ShoppingCartItem> cart);

        Task<CapturePaymentResult> CaptureAsync(CapturePaymentRequest capturePaymentRequest);

        Task<RefundPaymentResult> RefundAsync(RefundPaymentRequest refundPaymentRequest);

        Task<VoidPaymentResult> VoidAsync(VoidPaymentRequest voidPaymentRequest);

        Task<ProcessPaymentResult> ProcessRecurringPaymentAsync(ProcessPaymentRequest processPaymentRequest);

        Task<CancelRecurringPaymentResult> CancelRecurringPaymentAsync(CancelRecurringPaymentRequest cancelPaymentRequest);

        Task<bool> CanRePostProcessPaymentAsync(Order order);

        Task<IList<string>> ValidatePaymentFormAsync(IFormCollection form);

        Task<ProcessPaymentRequest> GetPaymentInfoAsync(IFormCollection form);

        Type GetPublicViewComponent();

        Task<string> GetPaymentMethodDescriptionAsync();
    }

    public interface IPaymentPluginManager : IPluginManager<IPaymentMethod>;

    public class ProcessPaymentRequest
    {
        public int StoreId { get; set; }

        public int CustomerId { get; set; }

        public Guid OrderGuid { get; set; } = Guid.NewGuid();

        public DateTime? OrderGuidGeneratedOnUtc { get; set; } = DateTime.UtcNow;

        public decimal OrderTotal { get; set; }

        public string PaymentMethodSystemName { get; set; }

        public CustomValues CustomValues { get; set; } = new();
    }

    public class ProcessPaymentResult : BaseNopResult
    {
        public PaymentStatus NewPaymentStatus { get; set; } = PaymentStatus.Pending;

        public string AuthorizationTransactionCode { get; set; }
    }

    public class PostProcessPaymentRequest
    {
        public Order Order { get; set; }
    }

    public class CapturePaymentRequest
    {
        public Order Order { get; set; }
    }

    public class CapturePaymentResult : BaseNopResult
    {
        public string CaptureTransactionId { get; set; }

        public PaymentStatus NewPaymentStatus { get; set; }
    }

    public class RefundPaymentRequest
    {
        public Order Order { get; set; }

        public decimal AmountToRefund { get; set; }

        public bool IsPartialRefund { get; set; }
    }

    public class RefundPaymentResult : BaseNopResult
    {
        public PaymentStatus NewPaymentStatus { get; set; }
    }

    public class VoidPaymentRequest
    {
        public Order Order { get; set; }
    }

    public class VoidPaymentResult : BaseNopResult
    {
        public PaymentStatus NewPaymentStatus { get; set; }
    }

    public class CancelRecurringPaymentRequest;

    public class CancelRecurringPaymentResult : BaseNopResult;
}
