package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
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

/** {@code samsyn feasibility answer}: this member's answer, by hand and from its newest released cohorts. */
@Command(
        name = "answer",
        description =
                "Answer a feasibility request. How many patients are eligible is worked out from this member's released"
                        + " cohorts summary; the rest is what you say. A later answer replaces an earlier one.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: samsyn feasibility answer HASH --interest yes --capacity 12 --start 2027-04"
                    + " --site \"Lund=main\" --site \"Kristianstad=reserve\""
        })
final class FeasibilityAnswerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(index = "0", paramLabel = "HASH", description = "The request, as `samsyn feasibility list` shows it.")
    private String request = "";

    @Option(names = "--interest", paramLabel = "WORD", required = true, description = "yes, no or perhaps.")
    private String interest = "";

    @Option(names = "--capacity", paramLabel = "NUMBER", description = "How many participants.")
    private @Nullable Long capacity;

    @Option(names = "--start", paramLabel = "MONTH", description = "The earliest start: 2027-04.")
    private @Nullable String start;

    @Option(
            names = "--site",
            paramLabel = "NAME=ROLE",
            description = "A hospital, clinic or unit: main, ordinary, satellite or reserve; several times.")
    private Map<String, String> sites = new LinkedHashMap<>();

    @Option(names = "--note", paramLabel = "TEXT", description = "At most 300 characters, and no contact details.")
    private @Nullable String note;

    @Option(
            names = "--cohorts",
            paramLabel = "PERIOD",
            description = "The released period to count patients in (default: the newest), or none.")
    private @Nullable String cohorts;

    @Override
    public Integer call() {
        ObjectNode answer = Json.object().put("interest", interest);
        if (capacity != null) {
            answer.put("capacity", capacity);
        }
        put(answer, "start", start);
        put(answer, "note", note);
        put(answer, "cohorts", cohorts);
        ArrayNode array = answer.putArray("sites");
        sites.forEach((name, role) -> array.addObject().put("name", name).put("role", role));
        JsonNode logged = node.client(Role.OPERATOR)
                .post(
                        "/api/v1/feasibility/" + ViewCommand.encoded(request) + "/answers",
                        "application/json",
                        Json.encode(answer));
        PrintWriter out = spec.commandLine().getOut();
        JsonNode figure = logged.path("eligible").path("figure");
        out.println("answered on " + logged.path("answered").asText() + ": "
                + logged.path("interest").asText() + ", eligible "
                + (figure.isMissingNode() ? "not told" : FigureText.of(figure).text("")));
        out.flush();
        return 0;
    }

    private static void put(ObjectNode json, String field, @Nullable String text) {
        if (text != null) {
            json.put(field, text);
        }
    }
}
