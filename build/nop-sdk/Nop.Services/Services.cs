using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Media;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Core.Domain.Stores;
using Nop.Services.Plugins;

namespace Nop.Services.Catalog
{
    public interface IProductService
    {
        Task<Product> GetProductByIdAsync(int productId);

        Task<int> GetTotalStockQuantityAsync(Product product, bool useReservedQuantity = true, int warehouseId = 0);

        Task AdjustInventoryAsync(Product product, int quantityToChange, string attributesXml = "", string message = "");
    }

    public interface IProductAttributeParser
    {
        Task<ProductAttributeCombination> FindProductAttributeCombinationAsync(Product product, string attributesXml, bool ignoreNonCombinableAttributes = true);

        Task<IList<ProductAttributeValue>> ParseProductAttributeValuesAsync(string attributesXml, int productAttributeMappingId = 0);
    }

    public interface IPriceCalculationService
    {
        Task<decimal> RoundPriceAsync(decimal value, Currency currency = null);
    }

    public interface IPriceFormatter
    {
        Task<string> FormatPriceAsync(decimal price, bool showCurrency, bool showTax);

        Task<string> FormatPriceAsync(decimal price, bool showCurrency, string currencyCode, bool showTax, int languageId);
    }
}

namespace Nop.Services.Media
{
    public interface IPictureService
    {
        Task<string> GetPictureUrlAsync(int pictureId, int targetSize = 0, bool showDefaultPicture = true, string storeLocation = null, PictureType defaultPictureType = PictureType.Entity);
    }
}

namespace Nop.Services.Cms
{
    public interface IWidgetPlugin : IPlugin
    {
        bool HideInWidgetList { get; }

        Task<IList<string>> GetWidgetZonesAsync();

        Type GetWidgetViewComponent(string widgetZone);
    }
}

namespace Nop.Services.Authentication
{
    public interface IAuthenticationService
    {
        Task<Customer> GetAuthenticatedCustomerAsync();
    }
}

namespace Nop.Services.Common
{
    public interface IAddressService
    {
        Task<Address> GetAddressByIdAsync(int addressId);
    }
}

namespace Nop.Services.Customers
{
    public interface ICustomerService
    {
        Task<Customer> GetCustomerByIdAsync(int customerId);

        Task<Customer> GetCustomerByGuidAsync(Guid customerGuid);

        Task<bool> IsRegisteredAsync(Customer customer, bool onlyActiveCustomerRoles = true);

        Task<Customer> GetOrCreateBackgroundTaskUserAsync();
    }
}

namespace Nop.Services.Directory
{
    public interface ICurrencyService
    {
        Task<Currency> GetCurrencyByIdAsync(int currencyId);

        Task<Currency> GetCurrencyByCodeAsync(string currencyCode);

        Task<decimal> ConvertFromPrimaryStoreCurrencyAsync(decimal amount, Currency targetCurrencyCode);
    }
}

namespace Nop.Services.Events
{
    public interface IConsumer<T>
    {
        Task HandleEventAsync(T eventMessage);
    }
}

namespace Nop.Services.Logging
{
    public interface ILogger
    {
        Task WarningAsync(string message, Exception exception = null, Customer customer = null);

        Task ErrorAsync(string message, Exception exception = null, Customer customer = null);
    }
}

namespace Nop.Services.Messages
{
    public interface INotificationService
    {
        void SuccessNotification(string message, bool encode = true, int timeout = 0);

        void ErrorNotification(string message, bool encode = true, int timeout = 0);
    }
}

namespace Nop.Services.ScheduleTasks
{
    public interface IScheduleTask
    {
        Task ExecuteAsync();
    }

    public interface IScheduleTaskService
    {
        Task<ScheduleTask> GetTaskByTypeAsync(string type);

        Task InsertTaskAsync(ScheduleTask task);

        Task DeleteTaskAsync(ScheduleTask task);
    }
}

namespace Nop.Services.Security
{
    public interface IEncryptionService
    {
        string EncryptText(string plainText, string encryptionPrivateKey = "");

        string DecryptText(string cipherText, string encryptionPrivateKey = "");
    }

    public interface IPermissionService
    {
        Task<bool> AuthorizeAsync(string permissionRecordSystemName);

        Task DeletePermissionAsync(string permissionSystemName);

        Task InsertPermissionsAsync();
    }

    public interface IPermissionConfigManager
    {
        IList<PermissionConfig> AllConfigs { get; }
    }

    public class PermissionConfig
    {
        public PermissionConfig(string name, string systemName, string category, params string[] defaultCustomerRoles)
        {
            (Name, SystemName, Category) = (name, systemName, category);
            DefaultCustomerRoles.AddRange(defaultCustomerRoles);
        }

        public string Name { get; protected set; }

        public string SystemName { get; protected set; }

        public string Category { get; protected set; }

        public List<string> DefaultCustomerRoles { get; } = new();
    }

    public class StandardPermission
    {
        public class Configuration
        {
            public const string MANAGE_PAYMENT_METHODS = "Configuration.ManagePaymentMethods";
        }

        public class Orders
        {
            public const string ORDERS_VIEW = "Orders.OrdersView";
            public const string ORDERS_CREATE_EDIT_DELETE = "Orders.OrdersCreateEditDelete";
        }

        public class Security
        {
            public const string ACCESS_ADMIN_PANEL = "Security.AccessAdminPanel";
        }

        public class System
        {
            public const string MANAGE_MAINTENANCE = "System.ManageMaintenance";
        }
    }
}

namespace Nop.Services.Helpers
{
    public interface IDateTimeHelper
    {
        TimeZoneInfo DefaultStoreTimeZone { get; }

        Task<TimeZoneInfo> GetCurrentTimeZoneAsync();
    }
}

namespace Nop.Services.Tax
{
    public interface ITaxService
    {
        Task<(decimal price, decimal taxRate)> GetPaymentMethodAdditionalFeeAsync(decimal price, bool includingTax, Customer customer);
    }
}

namespace Nop.Services.Stores
{
    public interface IStoreService
    {
        Task<Store> GetStoreByIdAsync(int storeId);

        Task<IList<Store>> GetAllStoresAsync();
    }
}
