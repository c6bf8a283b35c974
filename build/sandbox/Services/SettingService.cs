using System.ComponentModel;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Nop.Core.Configuration;
using Nop.Core.Domain.Configuration;
using Nop.Data;
using Nop.Services.Configuration;

namespace CryptoGateways.Sandbox.Services;

/// <summary>Rows "class.property" in lower case; a row of a store (StoreId) goes before the row of all stores (0). A request reads the rows once.</summary>
public sealed class SettingService(IRepository<Setting> rows) : ISettingService
{
    private IList<Setting>? _read;

    public async Task<T> GetSettingByKeyAsync<T>(string key, T defaultValue = default!, int storeId = 0, bool loadSharedValueIfNotFound = false) =>
        await FindAsync(key, storeId, loadSharedValueIfNotFound) is { } row && TryParse(row.Value, typeof(T), out var value) ? (T)value! : defaultValue;

    public async Task SetSettingAsync<T>(string key, T value, int storeId = 0, bool clearCache = true)
    {
        var text = Format(value);
        if (await FindAsync(key, storeId, shared: false) is { } row)
        {
            row.Value = text;
            await UpdateSettingAsync(row);
        }
        else
        {
            await rows.InsertAsync(new Setting(key.Trim().ToLowerInvariant(), text, storeId));
            _read = null;
        }
    }

    public Task<Setting> GetSettingAsync(string key, int storeId = 0, bool loadSharedValueIfNotFound = false) =>
        FindAsync(key, storeId, loadSharedValueIfNotFound)!;

    public Task<IList<Setting>> GetAllSettingsAsync() => rows.GetAllAsync();

    public async Task UpdateSettingAsync(Setting setting, bool clearCache = true)
    {
        await rows.UpdateAsync(setting);
        _read = null;
    }

    public async Task DeleteSettingAsync(Setting setting)
    {
        await rows.DeleteAsync(setting);
        _read = null;
    }

    public async Task DeleteSettingsAsync(IList<Setting> settings)
    {
        foreach (var setting in settings)
            await DeleteSettingAsync(setting);
    }

    public async Task<bool> SettingExistsAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0)
        where T : ISettings, new() =>
        await FindAsync(Key(keySelector), storeId, shared: false) is not null;

    public async Task<T> LoadSettingAsync<T>(int storeId = 0) where T : ISettings, new() => (T)await LoadSettingAsync(typeof(T), storeId);

    public async Task<ISettings> LoadSettingAsync(Type type, int storeId = 0)
    {
        var settings = (ISettings)Activator.CreateInstance(type)!;
        var prefix = type.Name.ToLowerInvariant() + ".";
        var stored = (await ReadAsync()).Where(row => row.Name.StartsWith(prefix, StringComparison.Ordinal) && (row.StoreId == 0 || row.StoreId == storeId))
            .OrderBy(row => row.StoreId).GroupBy(row => row.Name).ToDictionary(group => group.Key, group => group.Last().Value);
        foreach (var property in Properties(type))
            if (stored.TryGetValue(Key(type, property), out var text) && TryParse(text, property.PropertyType, out var value))
                property.SetValue(settings, value);
        return settings;
    }

    public async Task SaveSettingAsync<T>(T settings, int storeId = 0) where T : ISettings, new()
    {
        foreach (var property in Properties(typeof(T)).Where(property => CanStore(property.PropertyType)))
            await SetSettingAsync(Key(typeof(T), property), property.GetValue(settings), storeId);
    }

    public Task SaveSettingAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0, bool clearCache = true)
        where T : ISettings, new() =>
        SetSettingAsync(Key(keySelector), keySelector.Compile()(settings), storeId);

    public Task SaveSettingOverridablePerStoreAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector,
        bool overrideForStore, int storeId = 0, bool clearCache = true) where T : ISettings, new() =>
        overrideForStore || storeId == 0
            ? SaveSettingAsync(settings, keySelector, storeId)
            : DeleteSettingAsync(settings, keySelector, storeId);

    public async Task DeleteSettingAsync<T>() where T : ISettings, new()
    {
        foreach (var key in Properties(typeof(T)).Select(property => Key(typeof(T), property)))
            await rows.DeleteAsync(row => row.Name == key);
        _read = null;
    }

    public async Task DeleteSettingAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0)
        where T : ISettings, new()
    {
        if (await FindAsync(Key(keySelector), storeId, shared: false) is { } row)
            await DeleteSettingAsync(row);
    }

    public Task ClearCacheAsync() => Task.CompletedTask;

    private static string Key<TSettings, T>(Expression<Func<TSettings, T>> keySelector) =>
        Key(typeof(TSettings), (PropertyInfo)((MemberExpression)keySelector.Body).Member);

    private async Task<Setting?> FindAsync(string key, int storeId, bool shared)
    {
        key = key.Trim().ToLowerInvariant();
        var found = (await ReadAsync()).Where(row => row.Name == key).ToList();
        return found.Find(row => row.StoreId == storeId) ?? (shared ? found.Find(row => row.StoreId == 0) : null);
    }

    private async Task<IList<Setting>> ReadAsync() => _read ??= await rows.GetAllAsync();

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties().Where(property => property is { CanRead: true, CanWrite: true });

    private static string Key(Type type, PropertyInfo property) => $"{type.Name}.{property.Name}".ToLowerInvariant();

    private static Type? ListItem(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>)
        && type.GetGenericArguments()[0] is var item && (item == typeof(string) || item == typeof(int) || item == typeof(decimal)) ? item : null;

    /// <summary>Properties of other types are passed over in silence, as the platform does.</summary>
    private static bool CanStore(Type type) => ListItem(type) is not null || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    private static string Format(object? value) => value switch
    {
        null => "",
        string text => text,
        System.Collections.IList list => string.Join(",", list.Cast<object>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture))),
        _ => TypeDescriptor.GetConverter(value.GetType()).ConvertToInvariantString(value) ?? ""
    };

    private static bool TryParse(string? text, Type type, out object? value)
    {
        value = null;
        if (text is null || !CanStore(type))
            return false;

        if (ListItem(type) is { } item)
        {
            var list = (System.Collections.IList)Activator.CreateInstance(type)!;
            foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                list.Add(Convert.ChangeType(part, item, CultureInfo.InvariantCulture));
            value = list;
            return true;
        }

        var converter = TypeDescriptor.GetConverter(type);
        if (!converter.IsValid(text))
            return false;
        value = converter.ConvertFromInvariantString(text);
        return true;
    }
}
