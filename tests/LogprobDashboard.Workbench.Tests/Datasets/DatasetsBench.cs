using System.Text;
using LogprobDashboard.Workbench.Datasets;
using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LogprobDashboard.Workbench.Tests.Datasets;

/// <summary>The datasets feature over a database of its own, and short ways to feed it.</summary>
internal sealed class DatasetsBench : IDisposable
{
    private readonly ServiceProvider _services;

    public DatasetsBench()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IDbContextFactory<WorkbenchDb>>(Database)
            .AddSingleton(Database.Gate)
            .AddSingleton(Options.Create(Database.Options))
            .AddSingleton<TimeProvider>(Time)
            .AddDatasets()
            .BuildServiceProvider();
    }

    public TestDatabase Database { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public DatasetsService Service => _services.GetRequiredService<DatasetsService>();

    public DatasetsQueries Queries => _services.GetRequiredService<DatasetsQueries>();

    public UploadStaging Staging => _services.GetRequiredService<UploadStaging>();

    public DatasetsBrowsing Browsing => _services.GetRequiredService<DatasetsBrowsing>();

    public ReadingPreviews Previews => _services.GetRequiredService<ReadingPreviews>();

    public StagedUploads Uploads => _services.GetRequiredService<StagedUploads>();

    public UploadImports Imports => _services.GetRequiredService<UploadImports>();

    public async Task<StagedUpload> UploadAsync(string text, string fileName = "file.csv")
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await Uploads.KeepAsync(await Staging.StageAsync(content, fileName, CancellationToken.None), CancellationToken.None);
    }

    public Task<ReadingPreview> PreviewAsync(StagedUpload upload, ReadingOptions? options = null) =>
        Previews.OfAsync(Uploads.FileOf(upload), options ?? new ReadingOptions(), null, CancellationToken.None);

    public Task<DatasetRecord> ImportAsync(string text, ReadingOptions? options = null, string fileName = "file.csv", Encoding? encoding = null) =>
        ImportAsync((encoding ?? new UTF8Encoding(false)).GetBytes(text), options, fileName);

    public async Task<DatasetRecord> ImportAsync(byte[] bytes, ReadingOptions? options = null, string fileName = "file.csv")
    {
        using var content = new MemoryStream(bytes);
        using var file = await Staging.StageAsync(content, fileName, CancellationToken.None);
        return await Service.ImportAsync(file, null, options ?? new ReadingOptions(), CancellationToken.None);
    }

    public async Task<DatasetRecord> ImportFileAsync(string path, ReadingOptions? options = null)
    {
        using var content = File.OpenRead(path);
        using var file = await Staging.StageAsync(content, Path.GetFileName(path), CancellationToken.None);
        return await Service.ImportAsync(file, null, options ?? new ReadingOptions(), CancellationToken.None);
    }

    public Task<IReadOnlyList<SampleRecord>> SamplesAsync(DatasetRecord dataset) =>
        Queries.SamplesAsync(Ids.Parse(dataset.Id, "dataset"), [.. Enumerable.Range(0, dataset.RowCount)], CancellationToken.None);

    /// <summary>The refusal, after making sure that nothing was left behind.</summary>
    public async Task<UserErrorException> RefusalAsync(byte[] bytes, ReadingOptions? options = null, string fileName = "file.csv")
    {
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => ImportAsync(bytes, options, fileName));
        AssertNothingLeft();
        return refusal;
    }

    public Task<UserErrorException> RefusalAsync(string text, ReadingOptions? options = null, string fileName = "file.csv") =>
        RefusalAsync(Encoding.UTF8.GetBytes(text), options, fileName);

    public void AssertNothingLeft()
    {
        using var db = Database.CreateDbContext();
        Assert.Equal(0, db.Set<Dataset>().Count());
        Assert.Equal(0, db.Set<Sample>().Count());
        Assert.Empty(UploadedFiles());
    }

    public IReadOnlyList<string> UploadedFiles() => Directory.Exists(Database.Options.UploadsDirectory) ? Directory.GetFiles(Database.Options.UploadsDirectory) : [];

    public void Dispose()
    {
        _services.Dispose();
        Database.Dispose();
    }
}
