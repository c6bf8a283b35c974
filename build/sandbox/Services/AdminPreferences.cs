using Nop.Core;
using Nop.Services.Common;
using Nop.Web.Framework.Factories;

namespace CryptoGateways.Sandbox.Services;

/// <summary>Nobody keeps how an administrator left a page.</summary>
public sealed class NoAttributes : IGenericAttributeService
{
    public Task<T> GetAttributeAsync<T>(BaseEntity entity, string key, int storeId = 0, T defaultValue = default!) => Task.FromResult(defaultValue);
}

public sealed class NoWidgets : IWidgetModelFactory;
