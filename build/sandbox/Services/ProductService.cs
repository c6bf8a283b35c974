using Nop.Core.Domain.Catalog;
using Nop.Data;
using Nop.Services.Catalog;

namespace CryptoGateways.Sandbox.Services;

/// <summary>Stock is a number of the product, taken when an order is placed. No product here has attributes or warehouses.</summary>
public sealed class ProductService(IRepository<Product> products) : IProductService, IProductAttributeParser
{
    public Task<Product> GetProductByIdAsync(int productId) => products.GetByIdAsync(productId, cache => default!, useShortTermCache: true);

    public Task<int> GetTotalStockQuantityAsync(Product product, bool useReservedQuantity = true, int warehouseId = 0) =>
        Task.FromResult(product.ManageInventoryMethod == ManageInventoryMethod.ManageStock ? product.StockQuantity : 0);

    /// <summary>As there, the row as it was read is changed and written: of two at once one counts.</summary>
    public async Task AdjustInventoryAsync(Product product, int quantityToChange, string attributesXml = "", string message = "")
    {
        if (quantityToChange == 0 || product.ManageInventoryMethod != ManageInventoryMethod.ManageStock)
            return;

        product.StockQuantity += quantityToChange;
        await products.UpdateAsync(product);
    }

    public Task<ProductAttributeCombination> FindProductAttributeCombinationAsync(Product product, string attributesXml, bool ignoreNonCombinableAttributes = true) =>
        Task.FromResult<ProductAttributeCombination>(null!);

    public Task<IList<ProductAttributeValue>> ParseProductAttributeValuesAsync(string attributesXml, int productAttributeMappingId = 0) =>
        Task.FromResult<IList<ProductAttributeValue>>([]);
}
