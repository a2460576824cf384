using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>What a server answered to one request, stored once. Results refer to it; the same request later is answered from it.</summary>
internal sealed class Answer
{
    public long Id { get; set; }

    /// <summary>SHA-256 over all that determines the answer; see <see cref="RequestKey"/>.</summary>
    public required byte[] RequestHash { get; set; }

    /// <summary>Every generated position with its alternatives; see <see cref="AnswerCodec"/>.</summary>
    public required byte[] Positions { get; set; }

    public required string Text { get; set; }

    public string? FinishReason { get; set; }

    public string? ServedModel { get; set; }

    public int? PromptTokens { get; set; }

    public int? CompletionTokens { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Answer>
    {
        public void Configure(EntityTypeBuilder<Answer> builder)
        {
            builder.ToTable("Answers");
            builder.HasIndex(answer => answer.RequestHash);
        }
    }
}
