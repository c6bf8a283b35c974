using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Stores;

namespace Nop.Core;

public abstract class BaseEntity
{
    public int Id { get; set; }
}

public class NopException : Exception
{
    public NopException()
    {
    }

    public NopException(string message) : base(message)
    {
    }

    public NopException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

public interface IStoreContext
{
    Task<Store> GetCurrentStoreAsync();

    Task<int> GetActiveStoreScopeConfigurationAsync();
}

public interface IWebHelper
{
    string GetStoreLocation(bool? useSsl = null);
}

public interface IWorkContext
{
    Task<Customer> GetCurrentCustomerAsync();

    Task SetCurrentCustomerAsync(Customer customer = null);

    Task<Language> GetWorkingLanguageAsync();

    Task<Currency> GetWorkingCurrencyAsync();
}
