using System.Globalization;
using LogprobDashboard.Analysis.LabelDistributions;
using LogprobDashboard.Workbench.Endpoints;
using Microsoft.Data.Sqlite;

namespace LogprobDashboard.Workbench.Runs;

/// <summary>The columns of a result that follow from its answer and the experiment's label words; one place for writing and for reading again.</summary>
internal static class LabelReading
{
    public static readonly string[] Columns =
        ["Status", "Reason", "Predicted", "Masses", "UnseenMass", "OffLabelMass", "Coverage", "Entropy", "LogMargin", "TokenEntropy", "TokenMargin", "DroppedLogprobs", "AnswerMismatch"];

    public static void AddParameters(SqliteCommand command)
    {
        foreach (var column in Columns)
            command.Parameters.Add(new SqliteParameter("$" + column, DBNull.Value));
    }

    public static LabelDistribution Bind(SqliteCommand command, LabelReader reader, ReceivedAnswer answer)
    {
        var distribution = reader.Read(answer.Positions, answer.Text);
        var parameters = command.Parameters;
        parameters["$Status"].Value = (int)(distribution.IsScorable ? ResultStatus.Scored : ResultStatus.Unscorable);
        parameters["$Reason"].Value = (object?)distribution.Reason?.ToString() ?? DBNull.Value;
        parameters["$Predicted"].Value = (object?)distribution.Predicted ?? DBNull.Value;
        parameters["$Masses"].Value = distribution.IsScorable ? MassColumn.Write(distribution) : DBNull.Value;
        parameters["$UnseenMass"].Value = distribution.UnseenMass;
        parameters["$OffLabelMass"].Value = distribution.OffLabelMass;
        parameters["$Coverage"].Value = distribution.IsScorable ? distribution.Coverage : DBNull.Value;
        parameters["$Entropy"].Value = (object?)distribution.Entropy ?? DBNull.Value;
        parameters["$LogMargin"].Value = (object?)distribution.LogMargin ?? DBNull.Value;
        parameters["$TokenEntropy"].Value = (object?)distribution.TokenEntropy ?? DBNull.Value;
        parameters["$TokenMargin"].Value = (object?)distribution.TokenMargin ?? DBNull.Value;
        parameters["$DroppedLogprobs"].Value = distribution.DroppedLogProbabilities;
        parameters["$AnswerMismatch"].Value = distribution.AnswerMismatch ? 1 : 0;
        return distribution;
    }

    public static void BindFailure(SqliteCommand command, CallFailure failure)
    {
        foreach (var column in Columns)
            command.Parameters["$" + column].Value = DBNull.Value;
        command.Parameters["$Status"].Value = (int)ResultStatus.Failed;
        command.Parameters["$Reason"].Value = failure.Kind.ToString();
        command.Parameters["$DroppedLogprobs"].Value = 0;
        command.Parameters["$AnswerMismatch"].Value = 0;
    }

    public static string ParameterList(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => "$" + column));

    public static string Quoted(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => string.Create(CultureInfo.InvariantCulture, $"\"{column}\"")));
}
