using CsCheck;
using LogprobDashboard.Web.Charts;

namespace LogprobDashboard.Web.Tests.Charts;

public sealed class SeriesPaletteTests
{
    [Fact]
    public void Assign_WithOneLeftOut_RepaintsNoOther()
    {
        var all = new[] { "a", "b", "c" };
        Assert.Equal(SeriesPalette.Assign(all, all)["c"], SeriesPalette.Assign(all, ["a", "c"])["c"]);
    }

    [Fact]
    public void Assign_OfAnyChoice_GivesEachItsOwnLook() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 1000]).Sample((count, seed) =>
        {
            var all = Enumerable.Range(0, count).Select(id => $"r{id}").ToList();
            var chosen = all.OrderBy(id => HashCode.Combine(id, seed)).Take(SeriesPalette.Count).ToList();
            var slots = SeriesPalette.Assign(all, chosen);
            Assert.Equal(chosen.Count, slots.Values.Distinct().Count());
            Assert.All(slots.Values, slot => Assert.InRange(slot, 0, SeriesPalette.Count - 1));
        });

    [Fact]
    public void Assign_OfOneThatIsNotAmongAll_StillGivesALook() =>
        Assert.Equal([0, 1], SeriesPalette.Assign(["a"], ["a", "stray"]).Values.Order());

    [Fact]
    public void Looks_Differ() =>
        Assert.Equal(SeriesPalette.Count, Enumerable.Range(0, SeriesPalette.Count).Select(slot => SeriesPalette.Dash(slot)).Distinct().Count());
}
