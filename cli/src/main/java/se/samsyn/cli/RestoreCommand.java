package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import se.samsyn.cli.audit.RootHash;
import se.samsyn.node.restore.Progress;
import se.samsyn.node.restore.RestoreFromPeers;
import se.samsyn.node.restore.RestoreReport;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.Period;

/** {@code samsyn restore}: gives a stopped node a new store in place of one that is lost, old or damaged. */
@Command(
        name = "restore",
        description = {
            "Make a new store for a stopped node whose own is lost, damaged, or older than what the node signed: its own log with tiles and"
                    + " released bodies from the other members' mirrors, everything verified before it is written.",
            "It needs the node's key file. Records come from the region's own backup: what can be read of them in the store before is"
                    + " taken over, and that store is kept beside under a new name."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Afterwards `samsyn run` signs nothing until every other member has said which checkpoint it knows; `samsyn status` names those"
                    + " that have not.",
            "Example: samsyn restore --config skane/node.json --from-peers",
            "Example, with only the keys left: samsyn restore --config skane/node.json --from-peers --root root.note --root-hash 4f1c…"
        })
final class RestoreCommand implements Callable<Integer> {
    private static final int STEP = 256;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The node's configuration (default: ${DEFAULT-VALUE}).",
            defaultValue = NodeSetup.CONFIG_FILE)
    private Path config = Path.of(NodeSetup.CONFIG_FILE);

    @Option(names = "--from-peers", description = "Take the log from the other members' mirrors.")
    private boolean fromPeers;

    @ArgGroup(exclusive = false)
    private @Nullable Network network;

    /** Which network it is, where the store is lost with the federation root in it. */
    static final class Network {
        @Option(
                names = "--root",
                required = true,
                paramLabel = "FILE",
                description = "The federation root, where the store is lost.")
        private Path root = Path.of("");

        @Option(
                names = "--root-hash",
                required = true,
                paramLabel = "HASH",
                converter = RootHash.class,
                description = "Its hash, as you were told it on another channel.")
        private Hash hash = Hash.sha256();
    }

    @Override
    public Integer call() {
        if (!fromPeers) {
            throw new ParameterException(spec.commandLine(), "say where from: --from-peers");
        }
        Optional<Launch.Invitation> invitation =
                Optional.ofNullable(network).map(n -> new Launch.Invitation(n.root, n.hash));
        PrintWriter out = spec.commandLine().getOut();
        print(out, RestoreFromPeers.run(config, invitation, InstantSource.system(), progress()));
        out.flush();
        return 0;
    }

    private void print(PrintWriter out, RestoreReport report) {
        out.printf(
                Locale.ROOT,
                "restored: %d entries and %d bodies of %s, up to the newest checkpoint that any peer holds (%s)%n",
                report.size(),
                report.bodies(),
                report.node(),
                report.checkpointFrom());
        report.kept()
                .ifPresent(kept -> out.printf(
                        Locale.ROOT,
                        "the store before is kept, unchanged, in %s%n  delete it, and every backup of it, once you need it no"
                                + " longer: it may hold bodies that were retracted%n",
                        kept));
        out.printf(
                Locale.ROOT,
                "records: %s%n  what is missing of them comes from the region's own backup: import the files again%n",
                report.records().isEmpty()
                        ? "none, there was no store with any to take them from"
                        : report.records().entrySet().stream()
                                        .sorted(Map.Entry.comparingByKey())
                                        .map(kind -> kind.getValue() + " " + kind.getKey())
                                        .collect(Collectors.joining(", "))
                                + " from the store before");
        if (!report.held().isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "held: no rule releases these, which were released from newer records or held before."
                            + " Once the records are back, a person does:%n");
            report.held()
                    .forEach((dataset, periods) -> out.printf(
                            Locale.ROOT,
                            "  samsyn release approve --config %s %s %s%n",
                            config,
                            dataset,
                            periods.stream().map(Period::toString).collect(Collectors.joining(" "))));
        }
        out.printf(
                Locale.ROOT,
                "mirrors: %s; the node pulls the others when it runs%n",
                report.mirrors().isEmpty() ? "none" : String.join(", ", report.mirrors()) + " from the store before");
        report.unreachable().forEach((peer, reason) -> out.printf(Locale.ROOT, "not asked: %s: %s%n", peer, reason));
        report.warnings().forEach(warning -> out.printf(Locale.ROOT, "note: %s%n", warning));
        out.printf(
                Locale.ROOT,
                "next: samsyn run. Nothing is signed until every other member has said which checkpoint it knows; samsyn status"
                        + " names those that have not%n");
    }

    /** Shown on a terminal alone. */
    private Progress progress() {
        if (!CommandLine.Help.Ansi.AUTO.enabled()) {
            return Progress.NONE;
        }
        PrintWriter err = spec.commandLine().getErr();
        return (what, done, total) -> {
            if (done % STEP == 0 || done == total) {
                err.printf(Locale.ROOT, "\r%s: %d of %d%s", what, done, total, done == total ? "\n" : "");
                err.flush();
            }
        };
    }
}
