using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Nop.Core.Infrastructure;

public interface INopStartup
{
    void ConfigureServices(IServiceCollection services, IConfiguration configuration);

    void Configure(IApplicationBuilder application);

    int Order { get; }
}

public interface INopFileProvider
{
    string Combine(params string[] paths);

    bool FileExists(string filePath);

    string MapPath(string path);

    Task<string> ReadAllTextAsync(string path, Encoding encoding);
}

public interface IEngine
{
    T Resolve<T>(IServiceScope scope = null) where T : class;

    object ResolveUnregistered(Type type);
}

public class EngineContext
{
    public static IEngine Current { get; private set; }

    public static void Replace(IEngine engine) => Current = engine;
}

public class Singleton<T>
{
    public static T Instance { get; set; }
}
