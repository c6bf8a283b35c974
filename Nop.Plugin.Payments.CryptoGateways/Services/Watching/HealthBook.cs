using Nop.Data;
using Nop.Plugin.Payments.CryptoGateways.Domain;

namespace Nop.Plugin.Payments.CryptoGateways.Services;

/// <summary>
/// Keeps one row a gateway about how it is.
/// </summary>
public class HealthBook(IRepository<GatewayHealth> rows)
{
    /// <summary>What is known; a row without anything when nothing is.</summary>
    public async Task<GatewayHealth> ReadAsync(string gateway) => await FindAsync(gateway) ?? new GatewayHealth { Gateway = gateway };

    /// <summary>Writes what changed, and returns the row.</summary>
    public async Task<GatewayHealth> ChangeAsync(string gateway, Action<GatewayHealth> change)
    {
        if (await FindAsync(gateway) is not { } row)
        {
            row = new GatewayHealth { Gateway = gateway };
            change(row);
            try
            {
                await rows.InsertAsync(row, publishEvent: false);
                return row;
            }
            catch (Exception)
            {
                // Somebody was faster: the unique name allows one row, and another fault shows again below.
                row = await FindAsync(gateway) ?? throw new InvalidOperationException("the health of a gateway could not be stored");
            }
        }
        change(row);
        await rows.UpdateAsync(row, publishEvent: false);
        return row;
    }

    private async Task<GatewayHealth?> FindAsync(string gateway) =>
        (await rows.GetAllAsync(query => query.Where(row => row.Gateway == gateway))).FirstOrDefault();
}
