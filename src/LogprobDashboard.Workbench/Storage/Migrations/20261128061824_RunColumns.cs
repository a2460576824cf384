using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogprobDashboard.Workbench.Storage.Migrations
{
    /// <inheritdoc />
    public partial class RunColumns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "RunColumns",
                columns: table => new
                {
                    RunId = table.Column<long>(type: "INTEGER", nullable: false),
                    Part = table.Column<int>(type: "INTEGER", nullable: false),
                    ResultsRevision = table.Column<int>(type: "INTEGER", nullable: false),
                    LabelRevision = table.Column<int>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Columns = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RunColumns", x => new { x.RunId, x.Part });
                    table.ForeignKey(
                        name: "FK_RunColumns_Runs_RunId",
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
                name: "RunColumns");
        }
    }
}
