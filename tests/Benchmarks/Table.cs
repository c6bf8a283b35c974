namespace CryptoGateways.Benchmarks;

/// <summary>Rows that are printed under each other when they are known.</summary>
internal sealed class Table(params string[] headers)
{
    private readonly List<string[]> _rows = [headers];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print(string title)
    {
        var widths = Enumerable.Range(0, headers.Length).Select(column => _rows.Max(row => row[column].Length)).ToList();
        Console.WriteLine(title);
        foreach (var row in _rows)
            Console.WriteLine($"  {string.Join("  ", row.Select((cell, column) => cell.PadLeft(widths[column])))}");
    }
}
