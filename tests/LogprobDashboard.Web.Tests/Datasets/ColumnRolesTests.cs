using CsCheck;
using LogprobDashboard.Web.Datasets;
using LogprobDashboard.Workbench.Datasets;

namespace LogprobDashboard.Web.Tests.Datasets;

public sealed class ColumnRolesTests
{
    private static readonly string[] Columns = ["No", "Subject", "Queue", "Channel", "Notes"];
    private static readonly ColumnRoles Found = new("Subject", "Queue", null, null);

    private static readonly Gen<(string Column, ColumnRole Role)> Step = Gen.Select(Gen.OneOfConst(Columns), Gen.Enum<ColumnRole>());

    [Fact]
    public void Roles_AfterAnyAssignments_AreOneColumnEachAndTheTextStays() =>
        Step.List[0, 12].Sample(steps =>
        {
            var roles = steps.Aggregate(Found, (roles, step) => roles.Assign(step.Column, step.Role));
            var held = ColumnRoles.All.Select(roles.ColumnOf).OfType<string>().ToList();
            Assert.NotNull(roles.Text);
            Assert.Equal(held.Distinct(), held);
        });

    [Fact]
    public void Roles_Assigned_AreWhatWasAsked() =>
        Gen.Select(Step.List[0, 6], Step).Sample((steps, last) =>
        {
            var roles = steps.Aggregate(Found, (roles, step) => roles.Assign(step.Column, step.Role));
            var expected = roles.CanTake(last.Column, last.Role) ? last.Role : ColumnRole.Text;
            Assert.Equal(expected, roles.Assign(last.Column, last.Role).RoleOf(last.Column));
        });

    [Fact]
    public void Roles_OfTwoColumnsMistakenForEachOther_AreSetRightAtOnce() =>
        Assert.Equal(new ColumnRoles("Queue", "Subject", null, null), Found.Assign("Queue", ColumnRole.Text));

    [Fact]
    public void Roles_TakenFromAColumn_LeaveItMetadata()
    {
        var roles = Found.Assign("Channel", ColumnRole.Label);
        Assert.Equal(new ColumnRoles("Subject", "Channel", null, null), roles);
        Assert.Equal(ColumnRole.Metadata, roles.RoleOf("Queue"));
    }

    [Fact]
    public void Roles_OfTheTextColumn_CannotBeLeftWithoutAnother()
    {
        Assert.False(Found.CanTake("Subject", ColumnRole.Metadata));
        Assert.False(Found.CanTake("Subject", ColumnRole.Source));
        Assert.True(Found.CanTake("Subject", ColumnRole.Label));
        Assert.Equal(Found, Found.Assign("Subject", ColumnRole.Metadata).Without(ColumnRole.Text));
    }

    [Fact]
    public void Roles_Applied_SayAllFourSoThatNoneIsFoundAnew() =>
        Assert.Equal(
            new ReadingOptions { Delimiter = ";", TextColumn = "Subject", LabelColumn = "Queue", SourceColumn = "", IdColumn = "" },
            Found.ApplyTo(new ReadingOptions { Delimiter = ";", SourceColumn = "Channel" }));

    [Fact]
    public void Roles_OfAReadingThatFailed_AreWhatWasSaidAndIsThere()
    {
        var failed = Previews.Tickets with { TextColumn = null, LabelColumn = null };
        Assert.Equal(new ColumnRoles(null, "Queue", null, null), ColumnRoles.Of(failed, new ReadingOptions { TextColumn = "Nonsense", LabelColumn = "Queue", SourceColumn = "" }));
    }
}
