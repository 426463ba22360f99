package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;

/** {@code samsyn feasibility show}: who answered a request, what, how fast, and who is silent. */
@Command(
        name = "show",
        description = "Show who answered a feasibility request, what, within how many days, and who is silent.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Eligible is exact (12), an interval (3–9), or at least (≥12) where a member's part is not told.",
            "Example: samsyn feasibility show HASH --language sv"
        })
final class FeasibilityShowCommand implements Callable<Integer> {
    private static final List<String> COLUMNS = List.of(
            "node",
            "state",
            "days",
            "interest",
            "eligible",
            "capacity",
            "start",
            "sites",
            "note",
            "heardUntil",
            "reason");
    private static final List<String> SWEDISH = List.of(
            "medlem",
            "läge",
            "dagar",
            "intresse",
            "möjliga",
            "platser",
            "start",
            "kliniker",
            "not",
            "hörd t.o.m.",
            "skäl");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(index = "0", paramLabel = "HASH", description = "The request, as `samsyn feasibility list` shows it.")
    private String request = "";

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            description = "The language of the table, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "en")
    private Language language = Language.en;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Format format = Format.table;

    @Override
    public Integer call() {
        byte[] answer = node.client(Role.COORDINATOR).get("/api/v1/feasibility/" + ViewCommand.encoded(request));
        PrintWriter out = spec.commandLine().getOut();
        JsonNode view = Json.parse(answer);
        List<List<String>> rows = new ArrayList<>();
        view.path("members").forEach(member -> rows.add(row(member)));
        switch (format) {
            case json -> out.println(new String(answer, StandardCharsets.UTF_8));
            case csv -> {
                CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
                csv.writeRecord(COLUMNS);
                rows.forEach(csv::writeRecord);
            }
            case table -> {
                TextTable table = new TextTable(2, language == Language.sv ? SWEDISH : COLUMNS);
                rows.forEach(table::add);
                table.print(out);
                JsonNode eligible = view.path("totals").path("eligible");
                out.println(language.text("eligible in all: ", "möjliga tillsammans: ")
                        + FigureText.of(eligible).text(""));
            }
        }
        out.flush();
        return 0;
    }

    private List<String> row(JsonNode member) {
        JsonNode answer = member.path("answer");
        List<String> sites = new ArrayList<>();
        answer.path("sites")
                .forEach(site -> sites.add(site.path("name").asText() + " ("
                        + word(site.path("role").asText()) + ")"));
        return List.of(
                member.path("node").asText(),
                word(member.path("state").asText()),
                member.path("days").asText(""),
                word(answer.path("interest").asText("")),
                member.has("eligible")
                        ? FigureText.of(member.path("eligible")).text("")
                        : word(member.path("eligibleState").asText("")),
                answer.path("capacity").asText(""),
                answer.path("start").asText(""),
                String.join(", ", sites),
                answer.path("note").asText(""),
                member.path("heardUntil").asText(""),
                member.path("reason").asText(""));
    }

    private String word(String word) {
        if (format == Format.csv || language == Language.en) {
            return word;
        }
        return switch (word) {
            case "answered" -> "besvarad";
            case "late" -> "sent svar";
            case "awaited" -> "väntas";
            case "silent" -> "tyst";
            case "rejected" -> "underkänd";
            case "yes" -> "ja";
            case "no" -> "nej";
            case "perhaps" -> "kanske";
            case "main" -> "huvud";
            case "ordinary" -> "vanlig";
            case "satellite" -> "satellit";
            case "reserve" -> "reserv";
            case "untold" -> "ej redovisat";
            case "withdrawn" -> "återtaget";
            default -> word;
        };
    }
}
