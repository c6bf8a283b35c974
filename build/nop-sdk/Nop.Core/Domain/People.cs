using Nop.Core.Domain.Common;

namespace Nop.Core.Domain.Common
{
    public interface ISoftDeletedEntity
    {
        bool Deleted { get; set; }
    }

    public class AdminAreaSettings : Nop.Core.Configuration.ISettings;

    public class GenericAttribute : BaseEntity
    {
        public int EntityId { get; set; }

        public string KeyGroup { get; set; }

        public string Key { get; set; }

        public string Value { get; set; }
    }

    public class Address : BaseEntity
    {
        public string FirstName { get; set; }

        public string LastName { get; set; }

        public string Email { get; set; }

        public DateTime CreatedOnUtc { get; set; }
    }
}

namespace Nop.Core.Domain.Customers
{
    public static class NopCustomerDefaults
    {
        public static string AdministratorsRoleName => "Administrators";
    }

    public class Customer : BaseEntity, ISoftDeletedEntity
    {
        public Guid CustomerGuid { get; set; } = Guid.NewGuid();

        public string Username { get; set; }

        public string Email { get; set; }

        public string FirstName { get; set; }

        public string LastName { get; set; }

        public bool Active { get; set; }

        public bool Deleted { get; set; }

        public bool RequireReLogin { get; set; }

        public bool IsSystemAccount { get; set; }

        public string SystemName { get; set; }

        public DateTime CreatedOnUtc { get; set; }

        public DateTime LastActivityDateUtc { get; set; }

        public int RegisteredInStoreId { get; set; }

        public int? LanguageId { get; set; }
    }
}
