using Microsoft.Playwright;

namespace CryptoGateways.Tests.Browser.Harness;

/// <summary>Checks pages against the rules of WCAG 2.2 A and AA that a machine can check.</summary>
internal static class Axe
{
    private const string Run = """
        async within => (await axe.run(within, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }))
            .violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')} ${node.any.concat(node.all, node.none).map(check => check.message).join('; ')}`))
        """;

    private static readonly Lazy<string> _source = new(() => File.ReadAllText(Built.Axe));

    /// <param name="page">The page as it is now.</param>
    /// <param name="name">What is told when something is wrong.</param>
    /// <param name="within">The part of the page that is ours.</param>
    public static async Task AssertAccessibleAsync(IPage page, string name, string within = "html")
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(_source.Value);
        Assert.That(await page.EvaluateAsync<string[]>(Run, within), Is.Empty, name);
    }
}
