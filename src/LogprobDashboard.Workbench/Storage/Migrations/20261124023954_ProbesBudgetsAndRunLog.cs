using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogprobDashboard.Workbench.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ProbesBudgetsAndRunLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "MaxCost",
                table: "Runs",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MaxTokens",
                table: "Runs",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Retries",
                table: "Runs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "StatusSince",
                table: "Runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "CompletionTokenPrice",
                table: "Endpoints",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Probe",
                table: "Endpoints",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "PromptTokenPrice",
                table: "Endpoints",
                type: "REAL",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "RunEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RunId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", nullable: true),
                    Message = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RunEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RunEvents_Runs_RunId",
                        column: x => x.RunId,
                        principalTable: "Runs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_RunEvents_RunId",
                table: "RunEvents",
                column: "RunId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RunEvents");

            migrationBuilder.DropColumn(
                name: "MaxCost",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "MaxTokens",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "Retries",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "StatusSince",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "CompletionTokenPrice",
                table: "Endpoints");

            migrationBuilder.DropColumn(
                name: "Probe",
                table: "Endpoints");

            migrationBuilder.DropColumn(
                name: "PromptTokenPrice",
                table: "Endpoints");
        }
    }
}
