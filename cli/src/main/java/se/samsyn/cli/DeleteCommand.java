package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;
import se.samsyn.node.record.RecordKind;

/** {@code samsyn delete}: takes records out of a running node. */
@Command(
        name = "delete",
        description = {
            "Delete the region's own records from a running node, by their keys or by their age.",
            "What was released of them stays released; `samsyn release list` shows what the next release would change,"
                    + " and `samsyn release retract` withdraws what should never have left."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A key of several parts has | between them, as `samsyn import` reports it, and \\| where a part holds one."
                    + " A trial's sites go with it.",
            "Examples: samsyn delete cost-item --key F2024-0117/3 --key F2024-0117/4",
            "          samsyn delete cost-item --before 2014-01-01"
        })
final class DeleteCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(paramLabel = "KIND", description = "The kind of record, for example cost-item.")
    private String kind = "";

    @Option(
            names = "--dry-run",
            description = "Say what would be deleted and what the next drafts would be, and delete nothing.")
    private boolean dryRun;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Format format = Format.table;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** Which records. */
    static final class Which {
        @Option(names = "--key", paramLabel = "KEY", description = "The key of a record; can be given again.")
        private List<String> keys = List.of();

        @Option(
                names = "--before",
                paramLabel = "DATE",
                description = "All records whose last day is before this day, YYYY-MM-DD.")
        private @Nullable LocalDate before;
    }

    @Override
    public Integer call() {
        ObjectNode asked = Json.object();
        if (which.before == null) {
            ArrayNode keys = asked.putArray("keys");
            which.keys.forEach(keys::add);
        } else {
            asked.put("before", which.before.toString());
        }
        JsonNode answer = node.client(Role.OPERATOR)
                .post(
                        "/api/v1/records/" + RecordKind.parse(kind).wireName() + "/deletions"
                                + (dryRun ? "?try=true" : ""),
                        "application/json",
                        Json.encode(asked));
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case json -> out.println(answer.toPrettyString());
            case csv -> printCsv(out, answer);
            case table -> printText(out, answer);
        }
        out.flush();
        return 0;
    }

    /** One row for the records, and one for each period whose next draft would be another. */
    private static void printCsv(PrintWriter out, JsonNode answer) {
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
        csv.writeRecord("record", "deleted", "undated", "current", "dataset", "period", "next");
        List<String> counts = List.of(
                answer.path("record").asText(),
                answer.path("deleted").asText(),
                answer.path("undated").asText(),
                answer.path("current").asText());
        csv.writeRecord(joined(counts, List.of("", "", "")));
        for (JsonNode draft : answer.path("drafts")) {
            csv.writeRecord(joined(
                    List.of(answer.path("record").asText(), "", "", ""),
                    List.of(
                            draft.path("dataset").asText(),
                            draft.path("period").asText(),
                            draft.path("next").asText())));
        }
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private void printText(PrintWriter out, JsonNode answer) {
        out.printf(
                Locale.ROOT,
                dryRun ? "%s: %d would be deleted%n" : "%s: %d deleted%n",
                kind,
                answer.path("deleted").asLong());
        long undated = answer.path("undated").asLong();
        if (undated > 0) {
            out.printf(Locale.ROOT, "  %d without a date stay: delete them by their keys%n", undated);
        }
        long current = answer.path("current").asLong();
        if (current > 0) {
            out.printf(
                    Locale.ROOT,
                    "  %d old ones stay, as they still tell how things are: trials that have not ended, the newest"
                            + " status of a measure%n",
                    current);
        }
        for (JsonNode draft : answer.path("drafts")) {
            out.printf(
                    Locale.ROOT,
                    "  %s %s would then be: %s%n",
                    draft.path("dataset").asText(),
                    draft.path("period").asText(),
                    draft.path("next").asText());
        }
        if (dryRun) {
            out.println("A dry run: nothing was deleted.");
        }
    }
}
