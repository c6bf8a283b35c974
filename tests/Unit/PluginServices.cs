using CryptoGateways.Tests.Unit.Interleavings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Configuration;
using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Gateways;
using Nop.Plugin.Payments.CryptoGateways.Infrastructure;
using Nop.Services.Configuration;
using Nop.Services.Helpers;

namespace CryptoGateways.Tests.Unit;

/// <summary>
/// The plugin's services as <see cref="NopStartup"/> registers them. The platform's interfaces do nothing and its settings have their
/// defaults, until a test replaces them: the last registration of a type counts.
/// </summary>
internal static class PluginServices
{
    private static readonly IServiceCollection _registrations = Register();

    public static IServiceCollection Create(TimeProvider time, IPaymentGateway gateway)
    {
        IServiceCollection services = new ServiceCollection();
        foreach (var registration in _registrations)
            services.Add(registration);
        return services.AddSingleton(time).AddSingleton(new GatewayRegistry([gateway])).AddSingleton(Registered.Telemetry);
    }

    private static ServiceCollection Register()
    {
        var services = new ServiceCollection();
        new NopStartup().ConfigureServices(services, new ConfigurationBuilder().Build());
        foreach (var type in new[] { typeof(IWebHelper).Assembly, typeof(ISettingService).Assembly, typeof(NopStartup).Assembly }.SelectMany(assembly => assembly.GetExportedTypes()))
        {
            if (type is { IsInterface: true, IsGenericType: false } && type.Assembly != typeof(NopStartup).Assembly)
                AddFake(services, type);
            else if (type is { IsClass: true, IsAbstract: false } && typeof(BaseEntity).IsAssignableFrom(type))
                AddFake(services, typeof(IRepository<>).MakeGenericType(type));
            else if (type is { IsClass: true, IsAbstract: false } && typeof(ISettings).IsAssignableFrom(type))
                services.AddSingleton(type);
        }
        services.AddSingleton<IHttpContextAccessor, HttpContextAccessor>();
        services.AddSingleton(Fake.Of<IDateTimeHelper>(("GetCurrentTimeZoneAsync", _ => Task.FromResult(TimeZoneInfo.Utc))));
        return services;
    }

    private static void AddFake(ServiceCollection services, Type type)
    {
        var fake = new Lazy<object>(() => Fake.Of(type));
        services.AddSingleton(type, _ => fake.Value);
    }
}
