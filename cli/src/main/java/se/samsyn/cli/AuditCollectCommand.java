package se.samsyn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.config.Role;
import se.samsyn.protocol.audit.AuditBundle;

/** {@code samsyn audit collect}: writes an audit bundle with what a running node holds. */
@Command(
        name = "collect",
        description = {
            "Collect an audit bundle from a running node: every version of the federation root, every log's checkpoint with all"
                    + " entries and bodies up to it, the dataset definitions, and the views that are asked for, all of one basis.",
            "Nothing is verified here: `samsyn audit verify` does that, anywhere and without the node."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: samsyn audit collect --config skane/node.json -o bundle.zip \"trials?group=phase\" costs"
        })
final class AuditCollectCommand implements Callable<Integer> {
    private static final int MAX_NAME_LENGTH = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(
            paramLabel = "VIEW",
            arity = "0..*",
            description = "A dataset, with a query as the API takes it, such as trials or"
                    + " \"costs?table=home-region&from=2025-Q1\", or feasibility/HASH for a feasibility request.")
    private List<String> views = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The bundle to be written; an existing file is not overwritten.")
    private Path output = Path.of("");

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "The instant from which ages are counted (default: now).")
    private @Nullable String at;

    @Override
    public Integer call() throws InterruptedException {
        if (Files.exists(output)) {
            throw new RefusedException(output + " is there already; name another file, or remove it");
        }
        SortedMap<String, byte[]> files =
                new BundleCollector(node.client(Role.COORDINATOR)).collect(named(views), Optional.ofNullable(at));
        byte[] bundle = AuditBundle.of(files).encode();
        try {
            Files.write(output, bundle);
        } catch (IOException e) {
            throw new ApiException("cannot write " + output + ": " + FileTrouble.reason(e), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "collected in %s: %d logs, %d views, %d files, %d bytes%n",
                output,
                count(files, "/checkpoint"),
                views.size(),
                files.size(),
                bundle.length);
        out.println(
                "verify it with the hash of the federation root's first version, as you were told it on another channel:");
        out.println("  samsyn audit verify " + output + " --root-hash SHA256");
        out.flush();
        return 0;
    }

    private static long count(SortedMap<String, byte[]> files, String end) {
        return files.keySet().stream().filter(path -> path.endsWith(end)).count();
    }

    /** By the names of their files: what is asked, in small letters and digits with dashes between. */
    static Map<String, String> named(List<String> views) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String view : views) {
            String name =
                    view.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
            if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || named.put(name, view) != null) {
                throw new RefusedException("\"" + view + "\" is no view, too long, or asked for twice;"
                        + " a view is like trials or \"trials?group=phase\"");
            }
        }
        return named;
    }
}
