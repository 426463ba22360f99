package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.config.Role;

/** {@code samsyn root accept}: brings a version of the federation root to a running node. */
@Command(
        name = "accept",
        description = "Bring the next version of the federation root, or more signatures of it, to a running node. Once"
                + " enough have signed, the node goes on under it and the others get it from there.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn root accept --config skane/node.json root-2.note"})
final class RootAcceptCommand implements Callable<Integer> {
    private static final int WAITS = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(paramLabel = "ROOT-FILE", description = "The next version of the root.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        byte[] note = RootFiles.readNote(file).encode();
        JsonNode answer = node.client(Role.OPERATOR).post("/api/v1/root", "text/plain", note);
        PrintWriter out = spec.commandLine().getOut();
        String version = answer.path("version").asText();
        if (answer.path("accepted").asBoolean()) {
            out.printf(Locale.ROOT, "version %s counts at this node; `samsyn status` shows who goes by it%n", version);
            return 0;
        }
        out.printf(Locale.ROOT, "version %s does not count yet; the node keeps the signatures that it has%n", version);
        printWaiting(out, answer.path("next"));
        return WAITS;
    }

    /** Whose signatures a version waits for, as the node tells it. */
    static void printWaiting(PrintWriter out, JsonNode next) {
        for (JsonNode part : next.path("signatures")) {
            if (part.path("needed").asInt() > 0) {
                out.printf(
                        Locale.ROOT,
                        "  version %s waits for %s more of the root keys of version %s:%n",
                        next.path("version").asText(),
                        part.path("needed").asText(),
                        part.path("keysOfVersion").asText());
                part.path("missing").forEach(key -> out.printf(Locale.ROOT, "    %s%n", key.asText()));
            }
        }
    }
}
