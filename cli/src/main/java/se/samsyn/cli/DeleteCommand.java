package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
                        "/api/v1/records/" + RecordKind.parse(kind).wireName() + "/deletions",
                        "application/json",
                        Json.encode(asked));
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%s: %d deleted%n", kind, answer.path("deleted").asLong());
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
        out.flush();
        return 0;
    }
}
