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
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;

/** {@code samsyn feasibility list}: the requests in all logs. */
@Command(
        name = "list",
        description = "List the feasibility requests of the network, oldest first.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn feasibility list --format csv"})
final class FeasibilityListCommand implements Callable<Integer> {
    private static final List<String> COLUMNS =
            List.of("feasibility", "node", "title", "asked", "deadline", "state", "answered", "members", "reason");
    private static final List<String> SWEDISH =
            List.of("förfrågan", "från", "vad", "ställd", "svar senast", "läge", "svar", "tillfrågade", "skäl");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

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
        byte[] answer = node.client(Role.COORDINATOR).get("/api/v1/feasibility");
        PrintWriter out = spec.commandLine().getOut();
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode request : Json.parse(answer).path("requests")) {
            rows.add(COLUMNS.stream()
                    .map(column -> request.path(column).asText(""))
                    .toList());
        }
        switch (format) {
            case json -> out.println(new String(answer, StandardCharsets.UTF_8));
            case csv -> {
                CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
                csv.writeRecord(COLUMNS);
                rows.forEach(csv::writeRecord);
            }
            case table -> {
                TextTable table = new TextTable(COLUMNS.size(), language == Language.sv ? SWEDISH : COLUMNS);
                rows.forEach(table::add);
                table.print(out);
            }
        }
        out.flush();
        return 0;
    }
}
