using LogprobDashboard.Workbench.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Endpoints;

/// <summary>A server that answers chat completions, a model there, a key and limits.</summary>
internal sealed class EndpointEntity
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>How a call is made; what a run keeps a copy of.</summary>
    public required CallSettings Settings { get; set; }

    /// <summary>The key under ASP.NET Data Protection; the ring stands in the data directory.</summary>
    public string? ProtectedApiKey { get; set; }

    /// <summary>The environment variable that holds the key instead.</summary>
    public string? ApiKeyVariable { get; set; }

    public int MaxConcurrency { get; set; }

    public int? RequestsPerMinute { get; set; }

    public int? TokensPerMinute { get; set; }

    /// <summary>Money for a million tokens of a prompt; null: not known.</summary>
    public double? PromptTokenPrice { get; set; }

    /// <summary>Money for a million tokens of an answer; null: not known.</summary>
    public double? CompletionTokenPrice { get; set; }

    /// <summary>What the last probe found; null: never probed.</summary>
    public StoredProbe? Probe { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<EndpointEntity>
    {
        public void Configure(EntityTypeBuilder<EndpointEntity> builder)
        {
            builder.ToTable("Endpoints");
            builder.Property(endpoint => endpoint.Settings).IsJson();
            builder.Property<StoredProbe>(nameof(Probe)).IsJson().IsRequired(false);
        }
    }
}
