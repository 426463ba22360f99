package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;
import se.samsyn.node.release.ReleaseDesk;

/** {@code samsyn release approve}: a person's word that drafts may leave. */
@Command(
        name = "approve",
        description = "Release what a running node may release of a dataset today and has not released yet.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without periods: all but the held and the withdrawn ones, and that there is nothing where there are no records.",
            "With periods: exactly these, held and withdrawn ones too, which are not held any longer; with --draft only if it is"
                    + " still what `samsyn release show` showed.",
            "Example: samsyn release approve --config skane/node.json costs 2025-Q3"
        })
final class ReleaseApproveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(index = "0", paramLabel = "DATASET", description = "The dataset.")
    private String dataset = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "PERIOD", description = "The periods.")
    private List<String> periods = List.of();

    @Option(
            names = "--draft",
            paramLabel = "SHA256",
            description =
                    "The hash of the one draft to be released, as it was shown; nothing is released if it changed since.")
    private @Nullable String draft;

    @Override
    public Integer call() {
        if (draft != null && periods.size() != 1) {
            throw new ParameterException(spec.commandLine(), "--draft is of exactly one period: name it");
        }
        ApiClient client = node.client(Role.OPERATOR);
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> shown = draft == null ? look(client, out) : Map.of(periods.get(0), draft);
        if (periods.isEmpty() || !shown.isEmpty()) {
            String query = shown.entrySet().stream()
                    .map(each -> "draft=" + ViewCommand.encoded(each.getKey() + ":" + each.getValue()))
                    .collect(Collectors.joining("&", "?", ""));
            print(
                    out,
                    client.post(
                            "/api/v1/releases/" + ViewCommand.encoded(dataset) + query,
                            "application/json",
                            new byte[0]));
        }
        out.flush();
        return 0;
    }

    /** The drafts of the periods by their hashes, so that nothing else is released than what is printed here. */
    private Map<String, String> look(ApiClient client, PrintWriter out) {
        Map<String, String> shown = new LinkedHashMap<>();
        for (String period : periods) {
            JsonNode found = Json.parse(client.get(DraftOption.path(dataset, period)));
            String what = dataset + " " + period;
            if (found.path("state").asText().equals("too small")) {
                throw new RefusedException(
                        what + " has to wait: " + found.path("reason").asText() + "; nothing was released");
            }
            if (found.has("draft")) {
                shown.put(period, found.path("draft").asText());
                out.printf(
                        Locale.ROOT,
                        "  %s: draft %s%n",
                        what,
                        found.path("draft").asText());
            } else if (found.path("state").asText().equals("held")) {
                shown.put(period, ReleaseDesk.UNCHANGED);
                out.printf(Locale.ROOT, "  %s: nothing new to say, and no longer held%n", what);
            } else {
                out.printf(Locale.ROOT, "  %s: nothing new to say%n", what);
            }
        }
        return shown;
    }

    /** Prints a release report. */
    static void print(PrintWriter out, JsonNode report) {
        List<String> released = new ArrayList<>();
        report.path("released").forEach(period -> released.add(period.asText()));
        out.printf(
                Locale.ROOT,
                "  %s: released %s; %d unchanged, %d not yet ended%n",
                report.path("dataset").asText(),
                released.isEmpty() ? "nothing new" : String.join(", ", released),
                report.path("unchanged").asLong(),
                report.path("notYet").asLong());
        report.path("cells")
                .properties()
                .forEach(cells -> out.printf(
                        Locale.ROOT, "    %d cells %s%n", cells.getValue().asLong(), cells.getKey()));
        report.path("waiting")
                .properties()
                .forEach(period -> out.printf(
                        Locale.ROOT,
                        "    %s waits: %s%n",
                        period.getKey(),
                        period.getValue().asText()));
    }
}
