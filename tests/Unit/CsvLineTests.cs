using Nop.Plugin.Payments.CryptoGateways.Services.Reports;

namespace CryptoGateways.Tests.Unit;

public sealed class CsvLineTests
{
    [TestCase("plain", "plain")]
    [TestCase(null, "")]
    [TestCase("a,b", "\"a,b\"")]
    [TestCase("a;b", "\"a;b\"", Description = "the separator of spreadsheets in half of Europe")]
    [TestCase("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [TestCase("two\nlines", "\"two\nlines\"")]
    [TestCase("=1+1", "'=1+1")]
    [TestCase("+1", "'+1")]
    [TestCase("-1", "'-1")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("\t=1", "'\t=1")]
    [TestCase("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    public void A_cell_is_quoted_where_it_must_be_and_never_a_formula(string? text, string cell) =>
        Assert.That(CsvLine.Of([text]), Is.EqualTo(cell + "\r\n"));

    [Test]
    public void Cells_are_separated_by_commas() => Assert.That(CsvLine.Of(["a", null, "c"]), Is.EqualTo("a,,c\r\n"));
}
