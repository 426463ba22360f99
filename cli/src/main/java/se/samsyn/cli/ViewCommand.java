package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;
import se.samsyn.node.setup.SetupException;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.CanonicalJson;

/** {@code samsyn view}: asks a running node for a national view. */
@Command(
        name = "view",
        description = "Show a national view, as a running node works it out from what the members signed.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Figures are exact (12), an interval (3–9), or at least (≥12) where a member's part is not told.",
            "Examples: samsyn view trials --group phase --from 2010 --to 2019 --by region",
            "          samsyn view trials --group sponsor-class --derive trend",
            "          samsyn view costs --derive access",
            "          samsyn view costs --table home-region-category --derive compensation",
            "          samsyn view lead-times --table step-days --derive percentiles",
            "          samsyn view measures --derive board",
            "          samsyn view trials --derive overlap --format csv",
            "          samsyn view trials --derive reserve-sites --from 2020",
            "          samsyn view trials --derive lead-times --group sponsor-class --from 2018",
            "          samsyn view grant-dues --derive due",
            "          samsyn view settlement --from 2025-Q1 --to 2025-Q1 --derive settlement",
            "          samsyn view units --group therapy-area --by region"
        })
final class ViewCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(paramLabel = "DATASET", description = "The dataset, such as trials or costs.")
    private String dataset = "";

    @Option(names = "--table", paramLabel = "NAME", description = "The table, for a dataset of tables.")
    private @Nullable String table;

    @Option(
            names = "--group",
            paramLabel = "NAMES",
            description = "Attributes to group by, with commas, for a register.")
    private @Nullable String group;

    @Option(names = "--from", paramLabel = "PERIOD", description = "The first period, such as 2010 or 2025-Q1.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "PERIOD", description = "The last period.")
    private @Nullable String to;

    @Option(
            names = "--by",
            paramLabel = "region",
            description = "Count once in each region with a site, for a register.")
    private @Nullable String by;

    @Option(
            names = "--derive",
            paramLabel = "WHAT",
            description = "Calculate beside the figures: trend (change over five and ten years), access (for each"
                    + " 100,000 inhabitants of each region, and how unequal), compensation (who would bear what under"
                    + " other rules), percentiles (of a table by days),"
                    + " lead-times (days from a trial's application to its decision and on, and who waits),"
                    + " board (the newest state of each thing),"
                    + " overlap (trials in different regions about the same thing, open at the same time),"
                    + " reserve-sites (units that could be a second site of trials with one), due (what is due or"
                    + " overdue), settlement (who owes whom for care, and few payments that settle it), or quality"
                    + " (findings, conflicts between members, and whose log is stale).")
    private @Nullable String derive;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "The instant from which ages are counted (default: now).")
    private @Nullable String at;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description =
                    "Give the answer of the newest basis at or before this instant; what was retracted since is withdrawn.")
    private @Nullable String asOf;

    @Option(
            names = "--basis",
            paramLabel = "FILE",
            description =
                    "Give the answer of an earlier basis again: a view as --format json printed it, or the basis out of one;"
                            + " what was retracted since is withdrawn.")
    private @Nullable Path basis;

    @Option(names = "--measure", paramLabel = "NAME", description = "The measure that the table shows.")
    private @Nullable String measure;

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            description = "The language of a table's labels and explanations, one of ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}).",
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
        ApiClient client = node.client(Role.COORDINATOR);
        String path = "/api/v1/views/" + encoded(dataset) + query();
        byte[] view = basis == null ? client.get(path) : client.ask(path, "application/json", readBasis(basis));
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case json -> out.println(new String(view, StandardCharsets.UTF_8));
            case csv -> new ViewPrinter(out, language).printCsv(Json.parse(view));
            case table -> new ViewPrinter(out, language).printTable(Json.parse(view), Optional.ofNullable(measure));
        }
        return 0;
    }

    /** The basis in a file, in the one spelling that it has. */
    private static byte[] readBasis(Path file) {
        try {
            JsonNode json = CanonicalJson.parse(Files.readAllBytes(file));
            return CanonicalJson.encode(json.path("basis").isObject() ? json.path("basis") : json);
        } catch (IOException e) {
            throw new SetupException("cannot read " + file + ": " + FileTrouble.reason(e), e);
        } catch (MalformedException e) {
            throw new MalformedException(
                    file + " is no basis: " + e.getMessage() + "; save one with `samsyn view … --format json`", e);
        }
    }

    private String query() {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        parameters.put("table", table);
        parameters.put("group", group);
        parameters.put("from", from);
        parameters.put("to", to);
        parameters.put("by", by);
        parameters.put("derive", derive);
        parameters.put("at", at);
        parameters.put("asOf", asOf);
        String query = parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "=" + encoded(String.valueOf(parameter.getValue())))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
