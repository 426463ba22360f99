package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;

/** {@code samsyn status}: the network as a running node sees it. */
@Command(
        name = "status",
        description =
                "Show the network as a running node sees it: each member's log, how fresh it is, what is in the way.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn status --config skane/node.json"})
final class StatusCommand implements Callable<Integer> {
    private static final List<String> COLUMNS =
            List.of("node", "state", "publishedSize", "heldSize", "votes", "ageSeconds", "rootVersion", "scope");

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

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            description =
                    "The language in which evidence is told, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "en")
    private Language language = Language.en;

    @Override
    public Integer call() {
        byte[] answer = node.client(Role.COORDINATOR).get("/api/v1/network");
        PrintWriter out = spec.commandLine().getOut();
        JsonNode status = Json.parse(answer);
        switch (format) {
            case json -> out.println(new String(answer, StandardCharsets.UTF_8));
            case csv -> printCsv(out, status);
            case table -> {
                printTable(out, status);
                printEvidence(out, status, language);
            }
        }
        out.flush();
        return 0;
    }

    private static void printTable(PrintWriter out, JsonNode status) {
        JsonNode root = status.path("root");
        out.printf(
                Locale.ROOT,
                "%s in %s, federation root version %s%n",
                status.path("node").asText(),
                root.path("network").asText(),
                root.path("version").asText());
        out.printf(Locale.ROOT, "  root hash %s%n", root.path("hash").asText());
        out.printf(Locale.ROOT, "  expires   %s%n", root.path("expires").asText("never"));
        out.printf(Locale.ROOT, "  signing   %s%n", status.path("signing").asText());
        if (status.has("backups")) {
            JsonNode newest = status.path("backups").path("newest");
            out.printf(Locale.ROOT, "  backup    %s%n", newest.path("name").asText("none yet"));
        }
        RootAcceptCommand.printWaiting(out, root.path("next"));
        if (status.has("trouble")) {
            out.printf(Locale.ROOT, "  this node %s%n", status.path("trouble").asText());
        }
        status.path("warnings").forEach(warning -> out.printf(Locale.ROOT, "  warning: %s%n", warning.asText()));
        out.println();
        TextTable table =
                new TextTable(2, List.of("member", "state", "published", "held", "cosigned", "age", "root", "scope"));
        for (JsonNode member : status.path("members")) {
            table.add(List.of(
                    member.path("node").asText(),
                    member.path("state").asText(),
                    member.path("publishedSize").asText(),
                    member.path("heldSize").asText(),
                    member.path("votes").asText() + " of "
                            + (status.path("members").size() - 1),
                    member.has("ageSeconds") ? age(member.path("ageSeconds").asLong()) : "",
                    member.path("rootVersion").asText(),
                    member.path("scope").asText()));
        }
        table.print(out);
        out.printf(Locale.ROOT, """

                fresh      others have vouched for the log within 26 hours; stale = not for longer; silent = never
                published  entries under a checkpoint that counts, with %1$s cosignatures; held = entries that are here
                cosigned   by how many other members; age = since %1$s of them last did
                root       the version of the federation root that the log has accepted, as far as it is held here
                scope      the places that the member speaks for: county and municipality codes, - for region unknown
                """, status.path("quorum").asText());
        for (JsonNode member : status.path("members")) {
            if (member.has("trouble")) {
                out.printf(
                        Locale.ROOT,
                        "trouble with the mirror of %s: %s%n",
                        member.path("node").asText(),
                        member.path("trouble").asText());
            }
        }
        for (JsonNode fault : status.path("scrub").path("faults")) {
            out.printf(
                    Locale.ROOT,
                    "damaged in %s: %s%n  %s%n",
                    fault.path("where").asText(),
                    fault.path("what").asText(),
                    fault.path("next").asText());
        }
        status.path("refused")
                .properties()
                .forEach(refused -> out.printf(
                        Locale.ROOT,
                        "refused from %s: %s, last %s: %s%n",
                        refused.getKey(),
                        messages(refused.getValue().path("count").asLong()),
                        refused.getValue().path("time").asText(),
                        refused.getValue().path("reason").asText()));
        status.path("witnessTroubles")
                .properties()
                .forEach(trouble -> out.printf(
                        Locale.ROOT,
                        "witness %s does not cosign: %s%n",
                        trouble.getKey(),
                        trouble.getValue().asText()));
    }

    /** Each accusation, and the file that proves it to others. */
    static void printEvidence(PrintWriter out, JsonNode status, Language language) {
        for (JsonNode proven : status.path("evidence")) {
            out.printf(
                    Locale.ROOT,
                    language.evidence,
                    proven.path("key").asText(),
                    language.fault(proven.path("fault").asText()),
                    proven.path("origin").asText(),
                    proven.path("size").asLong());
            out.printf(
                    Locale.ROOT,
                    "  GET /api/v1/evidence/%s > evidence.json; samsyn audit evidence evidence.json%n",
                    proven.path("sha256").asText());
        }
    }

    private static void printCsv(PrintWriter out, JsonNode status) {
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
        csv.writeRecord(COLUMNS);
        for (JsonNode member : status.path("members")) {
            csv.writeRecord(
                    COLUMNS.stream().map(column -> member.path(column).asText()).toList());
        }
    }

    private static String messages(long count) {
        return count == 1 ? "1 message" : count + " messages";
    }

    private static String age(long seconds) {
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200
                ? seconds / 60 + " min"
                : String.format(Locale.ROOT, "%d h %d min", seconds / 3600, seconds % 3600 / 60);
    }
}
