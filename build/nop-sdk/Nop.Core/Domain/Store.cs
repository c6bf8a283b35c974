using Nop.Core.Configuration;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain
{
    public class StoreInformationSettings : ISettings
    {
        public int LogoPictureId { get; set; }
    }
}

namespace Nop.Core.Domain.Stores
{
    public class Store : BaseEntity, ILocalizedEntity, ISoftDeletedEntity
    {
        public string Name { get; set; }

        public string Url { get; set; }

        public string Hosts { get; set; }

        public bool Deleted { get; set; }
    }
}

namespace Nop.Core.Domain.Localization
{
    public interface ILocalizedEntity;

    public class Language : BaseEntity
    {
        public string Name { get; set; }

        public string LanguageCulture { get; set; }

        public string UniqueSeoCode { get; set; }

        public bool Rtl { get; set; }

        public bool Published { get; set; }

        public int DisplayOrder { get; set; }
    }

    public class LocalizedProperty : BaseEntity
    {
        public int EntityId { get; set; }

        public int LanguageId { get; set; }

        public string LocaleKeyGroup { get; set; }

        public string LocaleKey { get; set; }

        public string LocaleValue { get; set; }
    }
}

namespace Nop.Core.Domain.Directory
{
    public class Currency : BaseEntity, ILocalizedEntity
    {
        public string Name { get; set; }

        public string CurrencyCode { get; set; }

        public decimal Rate { get; set; }

        public string DisplayLocale { get; set; }

        public string CustomFormatting { get; set; }

        public int RoundingTypeId { get; set; }

        public bool Published { get; set; }

        public DateTime CreatedOnUtc { get; set; }

        public DateTime UpdatedOnUtc { get; set; }

        public RoundingType RoundingType
        {
            get => (RoundingType)RoundingTypeId;
            set => RoundingTypeId = (int)value;
        }
    }

    public enum RoundingType
    {
        Rounding001 = 0,
        Rounding005Up = 10,
        Rounding005Down = 20,
        Rounding01Up = 30,
        Rounding01Down = 40,
        Rounding05 = 50,
        Rounding1 = 60,
        Rounding1Up = 70
    }

    public class CurrencySettings : ISettings
    {
        public int PrimaryStoreCurrencyId { get; set; }

        public int PrimaryExchangeRateCurrencyId { get; set; }
    }
}

namespace Nop.Core.Domain.Catalog
{
    public class Product : BaseEntity, ILocalizedEntity, ISoftDeletedEntity
    {
        public string Name { get; set; }

        public string ShortDescription { get; set; }

        public string Sku { get; set; }

        public decimal Price { get; set; }

        public bool IsGiftCard { get; set; }

        public bool IsRecurring { get; set; }

        public int ManageInventoryMethodId { get; set; }

        public int StockQuantity { get; set; }

        public int BackorderModeId { get; set; }

        public bool Published { get; set; }

        public bool Deleted { get; set; }

        public DateTime CreatedOnUtc { get; set; }

        public DateTime UpdatedOnUtc { get; set; }

        public ManageInventoryMethod ManageInventoryMethod
        {
            get => (ManageInventoryMethod)ManageInventoryMethodId;
            set => ManageInventoryMethodId = (int)value;
        }

        public BackorderMode BackorderMode
        {
            get => (BackorderMode)BackorderModeId;
            set => BackorderModeId = (int)value;
        }
    }

    public enum ManageInventoryMethod
    {
        DontManageStock = 0,
        ManageStock = 1,
        ManageStockByAttributes = 2
    }

    public enum BackorderMode
    {
        NoBackorders = 0,
        AllowQtyBelow0 = 1,
        AllowQtyBelow0AndNotifyCustomer = 2
    }

    public enum AttributeValueType
    {
        Simple = 0,
        AssociatedToProduct = 10
    }

    public class ProductAttributeCombination : BaseEntity
    {
        public int StockQuantity { get; set; }

        public bool AllowOutOfStockOrders { get; set; }
    }

    public class ProductAttributeValue : BaseEntity, ILocalizedEntity
    {
        public int AttributeValueTypeId { get; set; }

        public int AssociatedProductId { get; set; }

        public int Quantity { get; set; }

        public AttributeValueType AttributeValueType
        {
            get => (AttributeValueType)AttributeValueTypeId;
            set => AttributeValueTypeId = (int)value;
        }
    }
}

namespace Nop.Core.Domain.Shipping
{
    public enum ShippingStatus
    {
        ShippingNotRequired = 10,
        NotYetShipped = 20,
        PartiallyShipped = 25,
        Shipped = 30,
        Delivered = 40
    }
}

namespace Nop.Core.Domain.Discounts
{
    public class Discount : BaseEntity;
}
