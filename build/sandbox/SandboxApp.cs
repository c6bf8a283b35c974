using System.Reflection;
using CryptoGateways.Sandbox.Data;
using CryptoGateways.Sandbox.Plugins;
using CryptoGateways.Sandbox.Services;
using CryptoGateways.Sandbox.Web;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.FileProviders;
using Nop.Core;
using Nop.Core.Configuration;
using Nop.Core.Domain.Localization;
using Nop.Core.Events;
using Nop.Core.Infrastructure;
using Nop.Data;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Customers;
using Nop.Services.Directory;
using Nop.Services.Events;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Nop.Services.ScheduleTasks;
using Nop.Services.Security;
using Nop.Services.Stores;
using Nop.Web.Framework.Factories;
using Nop.Web.Framework.Mvc.Routing;
using Nop.Web.Framework.UI;
using ILogger = Nop.Services.Logging.ILogger;

namespace CryptoGateways.Sandbox;

/// <summary>Puts the store together around the plugins that lie in the folder, in the order in which nopCommerce does.</summary>
public static class SandboxApp
{
    public const string CultureCookie = ".Nop.Culture";

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(SandboxApp).Assembly.GetName().Name });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft", LogLevel.Error).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
        var options = builder.Configuration.Get<SandboxOptions>() ?? new SandboxOptions();
        Directory.CreateDirectory(options.Data);

        var plugins = new PluginCatalog(options.Plugins, Path.Combine(options.Data, "plugins.json"));
        var platformTypes = EntityTypes.Of(typeof(BaseEntity).Assembly).Concat(EntityTypes.Of(typeof(SandboxApp).Assembly)).ToList();
        var entityTypes = new EntityTypes([.. platformTypes, .. plugins.Assemblies.SelectMany(EntityTypes.Of)]);
        var database = new DbContextOptionsBuilder<StoreDb>();
        StoreDb.Configure(database, options.DatabaseFile);
        Seed.CreateIfMissing(options.DatabaseFile, database.Options, entityTypes, platformTypes);

        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(plugins).AddSingleton(entityTypes).AddSingleton<RestartRequest>().AddSingleton<CrashPoints>().AddSingleton<WriteFaults>();
        services.AddDbContextFactory<StoreDb>(db => StoreDb.Configure(db, options.DatabaseFile));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<StoreDb>>().CreateDbContext());
        AddPlatform(services, plugins, options);
        AddMvc(services, plugins, options);
        var startups = plugins.Instances<INopStartup>().OrderBy(startup => startup.Order).ToList();
        foreach (var startup in startups)
            startup.ConfigureServices(services, builder.Configuration);

        var app = builder.Build();
        if (!options.Limits)
            CallLimits.Remove(app.Services, plugins);
        foreach (var (_, configure) in Pipeline(plugins).Concat(startups.Select(startup => (startup.Order, (Action<IApplicationBuilder>)startup.Configure)))
            .OrderBy(step => step.Item1))
            configure(app);
        return app;
    }

    private static void AddPlatform(IServiceCollection services, PluginCatalog plugins, SandboxOptions options)
    {
        services.AddHttpClient().AddHttpContextAccessor().AddSingleton<MemoryLocker>();
        services.AddSingleton<SandboxClock>().AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SandboxClock>());
        services.AddScoped(typeof(IRepository<>), typeof(EntityRepository<>)).AddScoped<RequestCache>().AddScoped<IEventPublisher, EventPublisher>();
        services.AddScoped<IStoreContext, StoreContext>().AddScoped<IWebHelper, WebHelper>().AddScoped<IWorkContext, WorkContext>();
        services.AddSingleton<INopFileProvider, FileProvider>().AddScoped<ILogger, LogService>().AddScoped<INotificationService, NotificationService>();
        services.AddScoped<Nop.Services.Authentication.IAuthenticationService, AuthenticationService>().AddScoped<CustomerService>().AddScoped<ICustomerService>(provider => provider.GetRequiredService<CustomerService>());
        services.AddScoped<ISettingService, SettingService>().AddSingleton<TextCache>().AddScoped<ILanguageService, LanguageService>().AddScoped<ILocalizationService, LocalizationService>().AddScoped<ILocalizedEntityService, LocalizationService>();
        services.AddSingleton<DeniedPermissions>().AddScoped<IPermissionService, PermissionService>().AddScoped<IEncryptionService, EncryptionService>().AddScoped<IStoreService, StoreService>();
        services.AddScoped<IEmailAccountService, MessageServices>().AddScoped<IMessageTemplateService, MessageServices>();
        services.AddScoped<IMessageTokenProvider, MessageServices>().AddScoped<IWorkflowMessageService, MessageServices>();
        services.AddScoped<Nop.Services.Helpers.IDateTimeHelper, DateTimeHelper>().AddScoped<AdminMenu>().AddScoped<INopHtmlHelper>(provider => provider.GetRequiredService<AdminMenu>());
        services.AddScoped<IAddressService, AddressService>().AddScoped<ICurrencyService, CurrencyService>();
        services.AddScoped<IProductService, ProductService>().AddScoped<IProductAttributeParser, ProductService>();
        services.AddScoped<IPriceCalculationService, PriceCalculationService>().AddScoped<Nop.Services.Tax.ITaxService, TaxService>();
        services.AddSingleton<Nop.Services.Media.IPictureService, PictureService>().AddScoped<PriceFormatter>().AddScoped<IPriceFormatter>(provider => provider.GetRequiredService<PriceFormatter>());
        services.AddScoped<PaymentPluginManager>().AddScoped<IPaymentPluginManager>(provider => provider.GetRequiredService<PaymentPluginManager>());
        services.AddScoped<OrderService>().AddScoped<IOrderService>(provider => provider.GetRequiredService<OrderService>());
        services.AddScoped<PaymentService>().AddScoped<CheckoutState>().AddScoped<PluginInstaller>();
        services.AddScoped<ShoppingCartService>().AddScoped<IShoppingCartService>(provider => provider.GetRequiredService<ShoppingCartService>());
        services.AddScoped<OrderOperations>().AddScoped(provider => new Lazy<OrderOperations>(provider.GetRequiredService<OrderOperations>)).AddScoped<OrderProcessingService>().AddScoped<IOrderProcessingService>(provider => provider.GetRequiredService<OrderProcessingService>());
        services.AddScoped<IOrderTotalCalculationService, OrderTotalCalculationService>().AddScoped<ScheduleTaskRunner>();
        services.AddScoped<ScheduleTaskService>().AddScoped<IScheduleTaskService>(provider => provider.GetRequiredService<ScheduleTaskService>());
        services.AddScoped<IWidgetModelFactory, NoWidgets>();
        services.AddSingleton<TaskTimer>();
        if (options.Tasks)
            services.AddHostedService(provider => provider.GetRequiredService<TaskTimer>());

        foreach (var type in typeof(ISettings).Assembly.GetTypes().Where(type => type.IsClass && typeof(ISettings).IsAssignableFrom(type))
            .Concat(plugins.FindTypes(typeof(ISettings))))
            services.AddScoped(type, provider => provider.GetRequiredService<ISettingService>().LoadSettingAsync(type, storeId: 1).GetAwaiter().GetResult());

        foreach (var type in plugins.FindTypes(typeof(object)))
            foreach (var consumed in type.GetInterfaces().Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IConsumer<>)))
                services.AddScoped(consumed, type);
    }

    private static void AddMvc(IServiceCollection services, PluginCatalog plugins, SandboxOptions options)
    {
        services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.Data, "keys"))).SetApplicationName("sandbox");
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = ".Nop.Authentication";
            cookie.LoginPath = cookie.AccessDeniedPath = "/login";
        });
        services.AddFluentValidationAutoValidation().AddValidatorsFromAssemblies(plugins.Assemblies);
        services.AddControllersWithViews(mvc => mvc.ModelBinderProviders.Insert(1, new StringModelBinderProvider()))
            .AddJsonOptions(json => json.JsonSerializerOptions.PropertyNamingPolicy = null)
            .ConfigureApplicationPartManager(parts =>
            {
                var views = Assembly.Load("CryptoGateways.Sandbox.PluginViews");
                parts.ApplicationParts.Add(new AssemblyPart(views));
                parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(views));
                foreach (var assembly in plugins.Assemblies)
                    parts.ApplicationParts.Add(new AssemblyPart(assembly));
            });
    }

    private static IEnumerable<(int Order, Action<IApplicationBuilder> Configure)> Pipeline(PluginCatalog plugins) =>
    [
        (0, app => app.UseStoreErrors()),
        (98, app => app.UseAdminLibraries()),
        (99, app => app.UseStaticFiles(new StaticFileOptions { RequestPath = "/Plugins", FileProvider = new PhysicalFileProvider(plugins.Folder) })),
        (200, UseCultures),
        (400, app => app.UseRouting()),
        (500, app => app.UseAuthentication()),
        (600, app => app.UseAuthorization()),
        (900, app => app.UseEndpoints(endpoints =>
        {
            foreach (var provider in plugins.Instances<IRouteProvider>().OrderByDescending(provider => provider.Priority))
                provider.RegisterRoutes(endpoints);
            endpoints.MapControllerRoute("areaRoute", "{area:exists}/{controller=Home}/{action=Index}/{id?}");
            endpoints.MapControllers();
            endpoints.MapGet("/sandbox.css", () => Results.Stream(typeof(SandboxApp).Assembly.GetManifestResourceStream("sandbox.css")!, "text/css"));
        }))
    ];

    /// <summary>By a cookie, among those of the languages that the store had when it was started.</summary>
    private static void UseCultures(IApplicationBuilder app)
    {
        using var scope = app.ApplicationServices.CreateScope();
        var cultures = scope.ServiceProvider.GetRequiredService<IRepository<Language>>().Table.Where(language => language.Published)
            .OrderBy(language => language.DisplayOrder).ThenBy(language => language.Id).Select(language => language.LanguageCulture).ToArray();
        app.UseRequestLocalization(options =>
        {
            options.AddSupportedCultures(cultures).AddSupportedUICultures(cultures).SetDefaultCulture(cultures[0]);
            options.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = CultureCookie }];
        });
    }
}
