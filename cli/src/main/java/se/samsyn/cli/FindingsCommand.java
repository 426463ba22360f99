package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;

/** {@code samsyn findings}: what is wrong with a region's own records, one by one. */
@Command(
        name = "findings",
        description = {
            "List what is missing, inexact or cannot be true in the region's own trials and sites.",
            "The national view of data quality counts the same: samsyn view quality."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Kinds: dates-out-of-order, missing-milestone, inexact-date, unknown-attribute, duplicate, trial-without-site.",
            "Example: samsyn findings --kind dates-out-of-order --format csv"
        })
final class FindingsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Option(names = "--kind", paramLabel = "KIND", description = "Only findings of this kind.")
    private @Nullable String kind;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "List at most so many (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int limit;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Format format = Format.table;

    @Override
    public Integer call() {
        String query =
                "?limit=" + limit + (kind == null ? "" : "&kind=" + URLEncoder.encode(kind, StandardCharsets.UTF_8));
        byte[] answer = node.client(Role.OPERATOR).get("/api/v1/findings" + query);
        PrintWriter out = spec.commandLine().getOut();
        JsonNode report = Json.parse(answer);
        switch (format) {
            case json -> out.println(new String(answer, StandardCharsets.UTF_8));
            case csv -> printCsv(out, report);
            case table -> printTable(out, report);
        }
        out.flush();
        return 0;
    }

    private static void printTable(PrintWriter out, JsonNode report) {
        TextTable table = new TextTable(4, List.of("kind", "record", "key", "columns"));
        for (JsonNode finding : report.path("findings")) {
            table.add(cells(finding));
        }
        if (!report.path("findings").isEmpty()) {
            table.print(out);
            out.println();
        }
        long count = report.path("count").asLong();
        int listed = report.path("findings").size();
        out.printf(Locale.ROOT, count == 1 ? "%d finding" : "%d findings", count);
        out.println(listed < count ? ", of which the first " + listed + " are listed: --limit lists more" : "");
    }

    private static void printCsv(PrintWriter out, JsonNode report) {
        // unbuffered: the writer underneath has a buffer, and one is enough to flush
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
        csv.writeRecord("kind", "record", "key", "columns");
        report.path("findings").forEach(finding -> csv.writeRecord(cells(finding)));
    }

    private static List<String> cells(JsonNode finding) {
        List<String> columns = new ArrayList<>();
        finding.path("columns").forEach(column -> columns.add(column.asText()));
        return List.of(
                finding.path("kind").asText(),
                finding.path("record").asText(),
                finding.path("key").asText(),
                String.join(" ", columns));
    }
}
