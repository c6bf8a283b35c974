using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Nop.Services.Security;

namespace Nop.Web.Framework.Mvc.Filters;

/// <summary>Sends whoever may not enter the admin area to the login page.</summary>
public sealed class AuthorizeAdminAttribute : TypeFilterAttribute
{
    public AuthorizeAdminAttribute(bool ignore = false) : base(typeof(Filter))
    {
        IgnoreFilter = ignore;
        Arguments = [ignore];
    }

    public bool IgnoreFilter { get; }

    private sealed class Filter(bool ignore, IPermissionService permissions) : IAsyncAuthorizationFilter
    {
        public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
        {
            if (!ignore && !await permissions.AuthorizeAsync(StandardPermission.Security.ACCESS_ADMIN_PANEL))
                context.Result = new ChallengeResult();
        }
    }
}

/// <summary>Redirects to https where the store has it; the sandbox does not.</summary>
public sealed class HttpsRequirementAttribute : TypeFilterAttribute
{
    public HttpsRequirementAttribute(bool ignore = false) : base(typeof(Filter)) => IgnoreFilter = ignore;

    public bool IgnoreFilter { get; }

    private sealed class Filter : IFilterMetadata;
}

/// <summary>Refuses addresses that are not on the owner's list; the sandbox has none.</summary>
public sealed class ValidateIpAddressAttribute : TypeFilterAttribute
{
    public ValidateIpAddressAttribute() : base(typeof(Filter))
    {
    }

    private sealed class Filter : IFilterMetadata;
}

/// <summary>Refuses vendors without an account; the sandbox has no vendors.</summary>
public sealed class ValidateVendorAttribute : TypeFilterAttribute
{
    public ValidateVendorAttribute(bool ignore = false) : base(typeof(Filter)) => IgnoreFilter = ignore;

    public bool IgnoreFilter { get; }

    private sealed class Filter : IFilterMetadata;
}

/// <summary>Refuses whoever has none of the named permissions.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CheckPermissionAttribute : TypeFilterAttribute
{
    public CheckPermissionAttribute(string permissionSystemName, CheckPermissionResultType resultType = CheckPermissionResultType.Default)
        : this([permissionSystemName], resultType)
    {
    }

    public CheckPermissionAttribute(string[] permissionSystemNames, CheckPermissionResultType resultType = CheckPermissionResultType.Default)
        : base(typeof(Filter))
    {
        PermissionSystemName.AddRange(permissionSystemNames);
        ResultType = resultType;
        Arguments = [PermissionSystemName];
    }

    public enum CheckPermissionResultType
    {
        Default,
        Html,
        Text,
        Json
    }

    public List<string> PermissionSystemName { get; } = [];

    public CheckPermissionResultType ResultType { get; }

    private sealed class Filter(List<string> names, IPermissionService permissions) : IAsyncAuthorizationFilter
    {
        public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
        {
            foreach (var name in names)
                if (await permissions.AuthorizeAsync(name))
                    return;

            context.Result = new ForbidResult();
        }
    }
}
