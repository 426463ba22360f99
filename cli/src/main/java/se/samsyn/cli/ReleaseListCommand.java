package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;

/** {@code samsyn release list}: the drafts that wait. */
@Command(
        name = "list",
        description =
                "List every draft that waits at a running node, and why: held, withdrawn, nothing, no rule, officer, too small,"
                        + " or due.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn release list --config skane/node.json"})
final class ReleaseListCommand implements Callable<Integer> {
    private static final List<String> COLUMNS = List.of("dataset", "period", "state", "draft", "reason");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Format format = Format.table;

    @Override
    public Integer call() {
        JsonNode drafts = Json.parse(node.client(Role.OPERATOR).get("/api/v1/drafts"));
        PrintWriter out = spec.commandLine().getOut();
        List<List<String>> rows = StreamSupport.stream(drafts.path("drafts").spliterator(), false)
                .map(draft -> COLUMNS.stream()
                        .map(column -> draft.path(column).asText(""))
                        .toList())
                .toList();
        switch (format) {
            case json -> out.println(drafts.toPrettyString());
            case csv -> {
                CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
                csv.writeRecord(COLUMNS);
                rows.forEach(csv::writeRecord);
            }
            case table -> printTable(out, rows);
        }
        out.flush();
        return 0;
    }

    private static void printTable(PrintWriter out, List<List<String>> rows) {
        if (rows.isEmpty()) {
            out.println("no draft waits");
            return;
        }
        out.printf(Locale.ROOT, rows.size() == 1 ? "%d draft waits:%n" : "%d drafts wait:%n", rows.size());
        TextTable table = new TextTable(COLUMNS.size(), COLUMNS);
        rows.forEach(table::add);
        table.print(out);
    }
}
