package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import se.samsyn.node.config.Role;

/** {@code samsyn release retract}: withdraws what was released. */
@Command(
        name = "retract",
        description = {
            "Withdraw what was released of a period: every node of the network deletes it, and nothing brings it back. Views say"
                    + " withdrawn until a person releases the period anew (samsyn release approve).",
            "All releases of the period go that still stand; with --replaced only those that a later release has replaced."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: samsyn release retract --config skane/node.json costs 2025-Q3",
            "Example, where the officer's key is elsewhere: samsyn release retract --config skane/node.json costs 2025-Q3"
                    + " -o costs-2025-Q3.retraction.json"
        })
final class ReleaseRetractCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Mixin
    private DraftOption draft = new DraftOption();

    @Option(
            names = "--replaced",
            description = "Leave the newest release as it is, and withdraw those before it alone.")
    private boolean replaced;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Retract nothing yet: write a file for `samsyn release sign`, where the officer's key is.")
    private @Nullable Path output;

    @Override
    public Integer call() {
        String query = replaced ? "?which=replaced" : "";
        PrintWriter out = spec.commandLine().getOut();
        if (output == null) {
            print(
                    out,
                    node.client(Role.OPERATOR).post(draft.retractionPath() + query, "application/json", new byte[0]));
        } else {
            NewFile.requireAbsent(output);
            NewFile.write(output, node.client(Role.OPERATOR).get(draft.path() + "/retraction" + query));
            out.println("nothing is retracted yet; sign " + output + " where the officer's key is:");
            out.println("  samsyn release sign " + output + " --key officer/officer.p12 -o SIGNED");
        }
        out.flush();
        return 0;
    }

    /** Prints what was retracted. */
    static void print(PrintWriter out, JsonNode answer) {
        JsonNode periods = answer.path("retracted");
        out.printf(
                Locale.ROOT,
                "  %s: retracted %d %s of %s; every node deletes it once it has seen that%n",
                answer.path("dataset").asText(),
                periods.size(),
                periods.size() == 1 ? "release" : "releases",
                periods.path(0).asText());
    }
}
