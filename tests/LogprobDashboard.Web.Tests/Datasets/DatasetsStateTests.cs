using CsCheck;
using LogprobDashboard.Web.Datasets;
using LogprobDashboard.Workbench.Datasets;
using Microsoft.AspNetCore.WebUtilities;

namespace LogprobDashboard.Web.Tests.Datasets;

/// <summary>What stands in the addresses of the dataset pages, there and back.</summary>
public sealed class DatasetsStateTests
{
    private static readonly Gen<string?> Words = Gen.OneOf(Gen.String.Select(text => (string?)text), Gen.OneOfConst<string?>(null, "", " ", "a&b=c#d", "Ticket Subject", "тема", "100 %", "+"));

    private static readonly Gen<ReadingOptions> Options =
        from format in Gen.OneOfConst<string?>(null, "csv", "jsonl", "docx")
        from encoding in Words
        from delimiter in Gen.OneOfConst<string?>(null, ",", ";", "tab", "|", "\t", " ")
        from quoting in Gen.OneOfConst<string?>(null, "none", "csv")
        from text in Words
        from label in Words
        from source in Words
        from id in Words
        select new ReadingOptions { Format = format, Encoding = encoding, Delimiter = delimiter, Quoting = quoting, TextColumn = text, LabelColumn = label, SourceColumn = source, IdColumn = id };

    [Fact]
    public void ImportState_ThroughItsQueryAndBack_IsTheSame() =>
        Gen.Select(Options, Words, Words, Gen.OneOfConst("true", "false", "perhaps", ""))
            .Select((options, upload, name, header) => ImportState.Parse(upload, name, name, options, header))
            .Sample(state => Assert.Equal(state, ReadImport(state.ToQuery())));

    [Fact]
    public void DatasetsState_ThroughItsQueryAndBack_IsTheSame() =>
        Gen.Select(Words, Gen.Enum<DatasetsSort>(), Gen.Int).Select((search, sort, page) => new DatasetsState(search, sort, page)).Sample(state =>
        {
            var query = Query(state.ToQuery());
            Assert.Equal(state, DatasetsState.Parse(query("search"), query("sort"), query("page")));
        });

    [Fact]
    public void DatasetState_ThroughItsQueryAndBack_IsTheSame() =>
        Gen.Select(Words, Words, Words, Gen.Int[-3, 9], Gen.Int[-3, 999]).Select((search, label, source, page, sample) => new DatasetState(search, label, source, page, sample)).Sample(state =>
        {
            var query = Query(state.ToQuery());
            Assert.Equal(state, DatasetState.Parse(query("search"), query("label"), query("source"), query("page"), query("sample")));
        });

    [Fact]
    public void States_AtTheirDefaults_LeaveThemOut()
    {
        Assert.Equal("", DatasetsState.Parse(" ", "newest", "1").ToQuery());
        Assert.Equal("", DatasetsState.Parse(null, "biggest", "-7").ToQuery());
        Assert.Equal("/datasets/7", DatasetState.Parse("", null, null, "one", "-1").AddressOf("7"));
        Assert.Equal("", ImportState.Parse("", " ", null, new ReadingOptions { Format = "", Delimiter = "", TextColumn = "" }, "yes").ToQuery());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(49, 1)]
    [InlineData(50, 2)]
    [InlineData(1_234, 25)]
    public void DatasetState_OfASampleAlone_BringsItsPage(int sample, int page)
    {
        var state = DatasetState.Default.WithOnly(sample);
        Assert.Equal(page, state.Page);
        Assert.Equal(page, state.WithSample(null).Page);
    }

    [Fact]
    public void DatasetState_OnAnotherFilter_StartsAtItsFirstPage()
    {
        var state = DatasetState.Default.WithPage(7).WithSample(312);
        Assert.Equal(("?label=", 1), (state.WithLabel("").ToQuery(), state.WithLabel("").Page));
        Assert.Equal(1, state.WithSearch("a").Page);
    }

    [Fact]
    public void ImportState_CutInAnotherWay_ForgetsTheColumnsItHad()
    {
        var state = ImportState.Default with { Options = new ReadingOptions { Encoding = "utf-8", TextColumn = "a", LabelColumn = "" } };

        Assert.Equal(new ReadingOptions { Encoding = "utf-8", Delimiter = ";" }, state.WithDelimiter(";").Options);
        Assert.Equal(new ReadingOptions { Encoding = "utf-8", HasHeader = false }, state.WithHeader(false).Options);
        Assert.Equal(state.Options with { Encoding = "koi8-r" }, state.WithEncoding("koi8-r").Options);
        Assert.Equal(new ReadingOptions { Encoding = "utf-8" }, state.Without("labelColumn").Options);
        Assert.Equal(state.Options with { Encoding = null }, state.Without("encoding").Options);
    }

    private static ImportState ReadImport(string text)
    {
        var query = Query(text);
        return ImportState.Parse(
            query("upload"),
            query("for"),
            query("name"),
            new ReadingOptions
            {
                Format = query("format"),
                Encoding = query("encoding"),
                Delimiter = query("delimiter"),
                Quoting = query("quoting"),
                TextColumn = query("textColumn"),
                LabelColumn = query("labelColumn"),
                SourceColumn = query("sourceColumn"),
                IdColumn = query("idColumn"),
            },
            query("hasHeader"));
    }

    private static Func<string, string?> Query(string text)
    {
        var values = QueryHelpers.ParseQuery(text);
        return name => values.TryGetValue(name, out var value) ? (string?)value : null;
    }
}
