using Microsoft.Extensions.FileProviders;

namespace CryptoGateways.Sandbox.Web;

/// <summary>
/// The admin area's libraries under the addresses that nopCommerce gives them. Its build copies what lies in a package's dist folder
/// one level up; here the packages stay as npm unpacked them.
/// </summary>
public static class AdminLibraries
{
    public static void UseAdminLibraries(this IApplicationBuilder app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "node_modules");
        if (!Directory.Exists(folder))
            return;

        var files = new PhysicalFileProvider(folder);
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/lib_npm", out var rest) && rest.Value!.Split('/') is { Length: > 2 } parts
                && !files.GetFileInfo(rest).Exists)
                context.Request.Path = $"/lib_npm/{parts[1]}/dist/{string.Join('/', parts[2..])}";
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = "/lib_npm", FileProvider = files,
            // The platform's default for static files.
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public,max-age=604800"
        });
    }
}
