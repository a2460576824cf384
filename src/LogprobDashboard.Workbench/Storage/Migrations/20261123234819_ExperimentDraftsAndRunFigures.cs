using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogprobDashboard.Workbench.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ExperimentDraftsAndRunFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ExperimentDrafts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    ExperimentId = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExperimentDrafts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RunFigures",
                columns: table => new
                {
                    RunId = table.Column<long>(type: "INTEGER", nullable: false),
                    ResultsRevision = table.Column<int>(type: "INTEGER", nullable: false),
                    LabelRevision = table.Column<int>(type: "INTEGER", nullable: false),
                    PositiveLabel = table.Column<string>(type: "TEXT", nullable: false),
                    AveragePrecision = table.Column<double>(type: "REAL", nullable: true),
                    Curve = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RunFigures", x => x.RunId);
                    table.ForeignKey(
                        name: "FK_RunFigures_Runs_RunId",
                        column: x => x.RunId,
                        principalTable: "Runs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ExperimentDrafts");

            migrationBuilder.DropTable(
                name: "RunFigures");
        }
    }
}
