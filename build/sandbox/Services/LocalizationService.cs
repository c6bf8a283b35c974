using System.Collections.Concurrent;
using System.Globalization;
using System.Linq.Expressions;
using CryptoGateways.Sandbox.Data;
using Microsoft.EntityFrameworkCore;
using Nop.Core;
using Nop.Core.Domain.Localization;
using Nop.Data;
using Nop.Services.Localization;
using ILogger = Nop.Services.Logging.ILogger;

namespace CryptoGateways.Sandbox.Services;

public sealed class LanguageService(IRepository<Language> languages) : ILanguageService
{
    public async Task<Language> GetLanguageByIdAsync(int languageId) => await languages.GetByIdAsync(languageId);

    public Task<IList<Language>> GetAllLanguagesAsync(bool showHidden = false, int storeId = 0) =>
        languages.GetAllAsync(query => query.Where(language => showHidden || language.Published).OrderBy(language => language.DisplayOrder).ThenBy(language => language.Id));
}

/// <summary>The texts of each language that was asked for, as nopCommerce's static cache keeps them: one page shows hundreds.</summary>
public sealed class TextCache
{
    private volatile ConcurrentDictionary<int, Dictionary<string, string>> _languages = [];

    public async Task<Dictionary<string, string>> GetAsync(int languageId, Func<Task<Dictionary<string, string>>> read)
    {
        // A change while the texts are read replaces the dictionary, so that old texts are not kept.
        var languages = _languages;
        return languages.TryGetValue(languageId, out var texts) ? texts : languages[languageId] = await read();
    }

    public void Clear() => _languages = [];
}

/// <summary>Texts are rows with names in lower case. One that is missing is logged as a warning, and its key is shown.</summary>
public sealed class LocalizationService(
    IRepository<LocaleStringResource> rows, IRepository<LocalizedProperty> properties, IDbContextFactory<StoreDb> contexts, TextCache cache,
    ILanguageService languages, IWorkContext workContext, ILogger logger)
    : ILocalizationService, ILocalizedEntityService
{
    /// <summary>The platform's own texts that plugin pages name.</summary>
    private static readonly Dictionary<string, string> _platform = new()
    {
        ["admin.common.save"] = "Save",
        ["admin.common.delete"] = "Delete",
        ["admin.common.yes"] = "Yes",
        ["admin.common.no"] = "No",
        ["admin.plugins.saved"] = "The plugin settings have been updated successfully.",
        ["admin.configuration.updated"] = "The settings have been updated successfully."
    };

    public async Task<string> GetResourceAsync(string resourceKey) =>
        await GetResourceAsync(resourceKey, (await workContext.GetWorkingLanguageAsync()).Id);

    public async Task<string> GetResourceAsync(string resourceKey, int languageId, bool logIfNotFound = true, string defaultValue = "",
        bool returnEmptyIfNotFound = false)
    {
        var name = resourceKey.Trim().ToLowerInvariant();
        var texts = await cache.GetAsync(languageId, async () => (await rows.GetAllAsync(query => query.Where(row => row.LanguageId == languageId)))
            .DistinctBy(row => row.ResourceName).ToDictionary(row => row.ResourceName, row => row.ResourceValue));
        if (texts.TryGetValue(name, out var found))
            return found;
        if (_platform.TryGetValue(name, out var text))
            return text;

        if (logIfNotFound)
            await logger.WarningAsync($"Resource string ({resourceKey}) is not found. Language ID = {languageId}");
        return !string.IsNullOrEmpty(defaultValue) ? defaultValue : returnEmptyIfNotFound ? "" : resourceKey;
    }

    public async Task<Dictionary<string, KeyValuePair<int, string>>> GetAllResourceValuesAsync(int languageId, bool? loadPublicLocales) =>
        (await rows.GetAllAsync(query => query.Where(row => row.LanguageId == languageId)))
            .ToDictionary(row => row.ResourceName, row => new KeyValuePair<int, string>(row.Id, row.ResourceValue));

    public async Task AddOrUpdateLocaleResourceAsync(string resourceName, string resourceValue, string? languageCulture = null)
    {
        foreach (var language in await languages.GetAllLanguagesAsync(true))
            if (string.IsNullOrEmpty(languageCulture) || language.LanguageCulture == languageCulture)
                await AddOrUpdateLocaleResourceAsync(new Dictionary<string, string> { [resourceName] = resourceValue }, language.Id);
    }

    public async Task AddOrUpdateLocaleResourceAsync(IDictionary<string, string> resources, int? languageId = null)
    {
        foreach (var language in await languages.GetAllLanguagesAsync(true))
        {
            if (languageId is not null && language.Id != languageId)
                continue;

            await DeleteLocaleResourcesAsync([.. resources.Keys], language.Id);
            await using var context = await contexts.CreateDbContextAsync();
            context.AddRange(resources.Select(text => new LocaleStringResource { LanguageId = language.Id, ResourceName = text.Key.Trim().ToLowerInvariant(), ResourceValue = text.Value }));
            await context.SaveChangesAsync();
        }

        cache.Clear();
    }

    public async Task DeleteLocaleResourcesAsync(IList<string> resourceNames, int? languageId = null)
    {
        var names = resourceNames.Select(name => name.Trim().ToLowerInvariant()).ToList();
        await rows.DeleteAsync(row => names.Contains(row.ResourceName) && (languageId == null || row.LanguageId == languageId));
        cache.Clear();
    }

    public async Task DeleteLocaleResourcesAsync(string resourceNamePrefix, int? languageId = null)
    {
        var prefix = resourceNamePrefix.ToLowerInvariant();
        await rows.DeleteAsync(row => row.ResourceName.StartsWith(prefix) && (languageId == null || row.LanguageId == languageId));
        cache.Clear();
    }

    /// <summary>As there, a store with a single published language never looks for translations of its data.</summary>
    public async Task<TPropType> GetLocalizedAsync<TEntity, TPropType>(TEntity entity, Expression<Func<TEntity, TPropType>> keySelector,
        int? languageId = null, bool returnDefaultValue = true, bool ensureTwoPublishedLanguages = true) where TEntity : BaseEntity, ILocalizedEntity
    {
        languageId ??= (await workContext.GetWorkingLanguageAsync()).Id;
        if ((!ensureTwoPublishedLanguages || (await languages.GetAllLanguagesAsync()).Count > 1) && await FindAsync(entity, NameOf(keySelector), languageId.Value) is { } row)
            return (TPropType)Convert.ChangeType(row.LocaleValue, typeof(TPropType), CultureInfo.InvariantCulture);
        return returnDefaultValue ? keySelector.Compile()(entity) : default!;
    }

    public async Task SaveLocalizedValueAsync<T>(T entity, Expression<Func<T, string>> keySelector, string localeValue, int languageId)
        where T : BaseEntity, ILocalizedEntity
    {
        if (await FindAsync(entity, NameOf(keySelector), languageId) is { } row)
        {
            row.LocaleValue = localeValue;
            await properties.UpdateAsync(row);
        }
        else
            await properties.InsertAsync(new LocalizedProperty
            {
                EntityId = entity.Id, LanguageId = languageId, LocaleKeyGroup = typeof(T).Name, LocaleKey = NameOf(keySelector), LocaleValue = localeValue
            });
    }

    private async Task<LocalizedProperty?> FindAsync<T>(T entity, string key, int languageId) where T : BaseEntity =>
        (await properties.GetAllAsync(query => query.Where(row => row.EntityId == entity.Id && row.LanguageId == languageId
            && row.LocaleKeyGroup == typeof(T).Name && row.LocaleKey == key))).FirstOrDefault();

    private static string NameOf(LambdaExpression selector) => ((MemberExpression)selector.Body).Member.Name;
}
