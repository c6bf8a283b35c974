using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Configuration;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Stores;

namespace CryptoGateways.Sandbox.Data;

/// <summary>Makes the database of a new store.</summary>
public static class Seed
{
    /// <summary>Password of both demo logins is the part of the e-mail address before the "@".</summary>
    public const string Shopper = "shopper@example.com", Admin = "admin@example.com";

    public static void CreateIfMissing(string file, DbContextOptions<StoreDb> options, EntityTypes entityTypes, IEnumerable<Type> platformTypes)
    {
        using var connection = new SqliteConnection(StoreDb.ConnectionString(file));
        connection.Open();
        if (Schema.TableExists(connection, nameof(Store)))
            return;

        Schema.Execute(connection, "PRAGMA journal_mode = WAL");
        using (var transaction = connection.BeginTransaction())
        {
            Schema.Apply(connection, platformTypes.Select(Schema.Describe));
            transaction.Commit();
        }

        using var db = new StoreDb(options, entityTypes);
        var now = DateTime.UtcNow;
        db.Add(new Store { Name = "Sandbox store", Url = "http://127.0.0.1:5080/", Hosts = "127.0.0.1" });
        db.Add(new Language { Name = "English", LanguageCulture = "en-US", UniqueSeoCode = "en", Published = true });
        db.Add(new Currency { Name = "US dollar", CurrencyCode = "USD", Rate = 1m, DisplayLocale = "en-US", Published = true, CreatedOnUtc = now, UpdatedOnUtc = now });
        db.Add(new Currency { Name = "Euro", CurrencyCode = "EUR", Rate = 0.86m, DisplayLocale = "en-IE", Published = true, CreatedOnUtc = now, UpdatedOnUtc = now });
        db.AddRange(
            Product("MUG-1", "Enamel mug", "White, blue rim, 0.3 l.", 12.50m, stock: 10_000),
            Product("TEA-1", "Green tea", "Loose leaf, 100 g.", 8.90m),
            Product("BAG-1", "Canvas bag", "Holds a loaf, a laptop and a melon.", 24m),
            Product("PIN-1", "Pin", "Costs next to nothing: below most minimum amounts.", 0.10m));
        db.AddRange(Registered(Shopper, "Sam"), Registered(Admin, "Ada"));
        db.AddRange(
            new Setting("currencysettings.primarystorecurrencyid", "1"),
            new Setting("currencysettings.primaryexchangeratecurrencyid", "1"),
            new Setting("localizationsettings.defaultadminlanguageid", "1"),
            new Setting("paymentsettings.activepaymentmethodsystemnames", ""),
            new Setting("widgetsettings.activewidgetsystemnames", ""),
            new Setting("paymentsettings.allowrepostingpayments", "True"),
            new Setting("paymentsettings.regenerateorderguidinterval", "180"),
            new Setting("securitysettings.encryptionkey", Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16))));
        db.SaveChanges();

        Product Product(string sku, string name, string description, decimal price, int? stock = null) => new()
        {
            Sku = sku, Name = name, ShortDescription = description, Price = price, Published = true, CreatedOnUtc = now, UpdatedOnUtc = now,
            ManageInventoryMethod = stock is null ? ManageInventoryMethod.DontManageStock : ManageInventoryMethod.ManageStock, StockQuantity = stock ?? 0
        };

        Customer Registered(string email, string name) => new()
        {
            Email = email, Username = email, FirstName = name, LastName = "Sample", Active = true,
            CreatedOnUtc = now, LastActivityDateUtc = now, RegisteredInStoreId = 1
        };
    }
}
