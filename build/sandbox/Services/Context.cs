using System.Collections.Concurrent;
using CryptoGateways.Sandbox.Data;
using CryptoGateways.Sandbox.Plugins;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Stores;
using Nop.Core.Events;
using Nop.Core.Infrastructure;
using Nop.Data;
using Nop.Services.Customers;
using Nop.Services.Directory;
using Nop.Services.Events;
using Nop.Services.Localization;
using ILogger = Nop.Services.Logging.ILogger;

namespace CryptoGateways.Sandbox.Services;

/// <summary>Finds services for code that has none injected: those of the request, else of the running host.</summary>
public sealed class Engine(IServiceProvider root) : IEngine
{
    private static readonly HttpContextAccessor _accessor = new();

    public T Resolve<T>(IServiceScope? scope = null) where T : class => Provider(scope).GetRequiredService<T>();

    public object ResolveUnregistered(Type type) => ActivatorUtilities.CreateInstance(Provider(null), type);

    private IServiceProvider Provider(IServiceScope? scope) => scope?.ServiceProvider ?? _accessor.HttpContext?.RequestServices ?? root;
}

/// <summary>Calls the consumers one after the other; what one throws is logged and the others are called.</summary>
public sealed class EventPublisher(IServiceProvider services) : IEventPublisher
{
    public async Task PublishAsync<TEvent>(TEvent @event)
    {
        foreach (var consumer in services.GetServices<IConsumer<TEvent>>())
        {
            try
            {
                await consumer.HandleEventAsync(@event);
            }
            catch (Exception exception)
            {
                await services.GetRequiredService<ILogger>().ErrorAsync(exception.Message, exception);
            }
        }
    }
}

/// <summary>A lock within this process, as nopCommerce has it with the memory cache.</summary>
public sealed class MemoryLocker(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _held = new();

    public async Task<bool> PerformActionWithLockAsync(string resource, TimeSpan expirationTime, Func<Task> action)
    {
        var now = time.GetUtcNow();
        if (_held.TryGetValue(resource, out var expires) && expires <= now)
            _held.TryRemove(new(resource, expires));
        if (!_held.TryAdd(resource, now + expirationTime))
            return false;

        try
        {
            await action();
        }
        finally
        {
            _held.TryRemove(resource, out _);
        }

        return true;
    }
}

public sealed class StoreContext(IRepository<Store> stores) : IStoreContext
{
    public async Task<Store> GetCurrentStoreAsync() => (await stores.GetAllAsync()).First();

    public Task<int> GetActiveStoreScopeConfigurationAsync() => Task.FromResult(0);
}

/// <summary>The store's time zone is the one that every user has.</summary>
public sealed class DateTimeHelper(SandboxOptions options) : Nop.Services.Helpers.IDateTimeHelper
{
    public TimeZoneInfo DefaultStoreTimeZone => TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    public Task<TimeZoneInfo> GetCurrentTimeZoneAsync() => Task.FromResult(DefaultStoreTimeZone);
}

public sealed class WebHelper(IHttpContextAccessor accessor, IRepository<Store> stores) : IWebHelper
{
    public string GetStoreLocation(bool? useSsl = null) => accessor.HttpContext?.Request is { } request
        ? $"{(useSsl ?? request.IsHttps ? "https" : "http")}://{request.Host}{request.PathBase}/"
        : stores.Table.OrderBy(store => store.Id).First().Url;
}

/// <summary>Who is asking: the task user, whoever has logged in, the guest of the cookie, or a new guest (a new row).</summary>
public sealed class WorkContext(
    IHttpContextAccessor accessor, CustomerService customers, Nop.Services.Authentication.IAuthenticationService authentication, ILanguageService languages,
    ICurrencyService currencies, CurrencySettings currencySettings) : IWorkContext
{
    public const string TaskPath = "/scheduletask/runtask", CustomerCookie = ".Nop.Customer";

    private Customer? _customer;
    private Language? _language;

    public async Task<Customer> GetCurrentCustomerAsync()
    {
        if (_customer is null)
            await SetCurrentCustomerAsync();
        return _customer!;
    }

    public async Task SetCurrentCustomerAsync(Customer? customer = null)
    {
        var context = accessor.HttpContext;
        if (customer is null && context?.Request.Path.Equals(TaskPath, StringComparison.OrdinalIgnoreCase) != false)
            customer = await customers.GetOrCreateBackgroundTaskUserAsync();
        customer ??= await authentication.GetAuthenticatedCustomerAsync();
        if (customer is null && Guid.TryParse(context!.Request.Cookies[CustomerCookie], out var guid)
            && await customers.GetCustomerByGuidAsync(guid) is { Username: null } known)
            customer = known;
        _customer = customer ?? await customers.InsertGuestCustomerAsync();
        _language = null;

        if (context?.Response.HasStarted == false)
            context.Response.Cookies.Append(CustomerCookie, _customer.CustomerGuid.ToString(),
                new CookieOptions { HttpOnly = true, Expires = DateTimeOffset.Now.AddDays(365) });
    }

    /// <summary>The one that the customer chose, else the store's first.</summary>
    public async Task<Language> GetWorkingLanguageAsync()
    {
        var customer = await GetCurrentCustomerAsync();
        if (_language is null)
        {
            var published = await languages.GetAllLanguagesAsync();
            _language = published.FirstOrDefault(language => language.Id == customer.LanguageId) ?? published[0];
        }
        return _language;
    }

    public Task<Currency> GetWorkingCurrencyAsync() => currencies.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId);
}

/// <summary>Who has logged in.</summary>
public sealed class AuthenticationService(IHttpContextAccessor accessor, CustomerService customers) : Nop.Services.Authentication.IAuthenticationService
{
    public async Task<Customer> GetAuthenticatedCustomerAsync() =>
        accessor.HttpContext is { } context && (await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Principal?.Identity?.Name is { } email
            ? (await customers.GetCustomerByEmailAsync(email))!
            : null!;
}

public sealed class CustomerService(IRepository<Customer> customers) : ICustomerService
{
    private const string TaskUser = "BackgroundTask";

    public Task<Customer> GetCustomerByIdAsync(int customerId) => customers.GetByIdAsync(customerId);

    public Task<Customer?> GetCustomerByEmailAsync(string email) => FirstAsync(query => query.Where(customer => customer.Email == email));

    public async Task<Customer> GetCustomerByGuidAsync(Guid customerGuid) => (await FirstAsync(query => query.Where(customer => customer.CustomerGuid == customerGuid)))!;

    public Task<bool> IsRegisteredAsync(Customer customer, bool onlyActiveCustomerRoles = true) => Task.FromResult(customer.Username is not null);

    public async Task<Customer> GetOrCreateBackgroundTaskUserAsync() =>
        await FirstAsync(query => query.Where(customer => customer.SystemName == TaskUser))
        ?? await InsertAsync(new Customer { SystemName = TaskUser, IsSystemAccount = true });

    public Task<Customer> InsertGuestCustomerAsync() => InsertAsync(new Customer());

    private async Task<Customer?> FirstAsync(Func<IQueryable<Customer>, IQueryable<Customer>> query) =>
        (await customers.GetAllAsync(query, includeDeleted: false)).FirstOrDefault();

    private async Task<Customer> InsertAsync(Customer customer)
    {
        customer.Active = true;
        customer.CreatedOnUtc = customer.LastActivityDateUtc = DateTime.UtcNow;
        await customers.InsertAsync(customer);
        return customer;
    }
}

/// <summary>Files by virtual path; "~/Plugins/" is the folder that holds the packed plugins.</summary>
public sealed class FileProvider(PluginCatalog plugins, IWebHostEnvironment environment) : INopFileProvider
{
    public string Combine(params string[] paths) => Path.Combine(paths);

    public bool FileExists(string filePath) => File.Exists(filePath);

    public string MapPath(string path)
    {
        var relative = path.TrimStart('~', '/');
        return relative.StartsWith("Plugins/", StringComparison.Ordinal)
            ? Path.Combine(plugins.Folder, relative["Plugins/".Length..])
            : Path.Combine(environment.ContentRootPath, relative);
    }

    public Task<string> ReadAllTextAsync(string path, System.Text.Encoding encoding) => File.ReadAllTextAsync(path, encoding);
}
