package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;

/** {@code samsyn feasibility ask}: puts a question to members, signed and in the log for ever. */
@Command(
        name = "ask",
        description = "Ask members whether they can take part in a trial. The question is signed and stays in the log:"
                + " no contact details, and no name of a person.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: samsyn feasibility ask \"Gene therapy, adults\" --product SAM-101 --criterion condition-group=C00-C80"
                    + " --criterion age-band=18-39,40-64 --start 2027-03 --deadline 2026-12-11"
        })
final class FeasibilityAskCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(index = "0", paramLabel = "TITLE", description = "What is to be tried, at most 200 characters.")
    private String title = "";

    @Option(names = "--product", paramLabel = "NAME", description = "The product, at most 100 characters.")
    private @Nullable String product;

    @Option(
            names = "--criterion",
            paramLabel = "DIMENSION=CODES",
            description = "Codes of a dimension of the cohorts table, with commas; several times. Of others all count.")
    private Map<String, String> criteria = Map.of();

    @Option(names = "--start", paramLabel = "MONTH", required = true, description = "The planned start: 2027-03.")
    private String start = "";

    @Option(names = "--deadline", paramLabel = "DAY", required = true, description = "The last day to answer.")
    private String deadline = "";

    @Option(names = "--members", paramLabel = "NODES", split = ",", description = "Whom to ask (default: all members).")
    private List<String> members = List.of();

    @Override
    public Integer call() {
        ObjectNode question =
                Json.object().put("title", title).put("start", start).put("deadline", deadline);
        if (product != null) {
            question.put("product", product);
        }
        ObjectNode wanted = question.putObject("criteria");
        new TreeMap<>(criteria).forEach((dimension, codes) -> {
            ArrayNode array = wanted.putArray(dimension);
            List.of(codes.split(",")).stream().sorted().forEach(array::add);
        });
        if (!members.isEmpty()) {
            members.stream().sorted().forEach(question.putArray("members")::add);
        }
        JsonNode asked =
                node.client(Role.COORDINATOR).post("/api/v1/feasibility", "application/json", Json.encode(question));
        PrintWriter out = spec.commandLine().getOut();
        out.println("asked " + asked.path("members").size() + " members on "
                + asked.path("asked").asText() + ", to be answered by "
                + asked.path("deadline").asText());
        out.println("once a quorum has seen it: samsyn feasibility list");
        out.flush();
        return 0;
    }
}
