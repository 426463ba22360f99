package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.fsck.Fsck;
import se.samsyn.node.fsck.FsckFault;
import se.samsyn.node.fsck.FsckReport;
import se.samsyn.node.fsck.LogReport;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.protocol.RefutedException;

/** {@code samsyn fsck}: verifies the store of a node that is not running. */
@Command(
        name = "fsck",
        description = {
            "Verify the store of a stopped node: every log in it, its own and the mirrored ones, against the entries; bodies;"
                    + " checkpoints; the federation root; records.",
            "Nothing is changed, and no password is needed."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn fsck --config skane/node.json"})
final class FsckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The node's configuration (default: ${DEFAULT-VALUE}).",
            defaultValue = NodeSetup.CONFIG_FILE)
    private Path config = Path.of(NodeSetup.CONFIG_FILE);

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private ReportFormat format = ReportFormat.table;

    /** How the report is printed. */
    enum ReportFormat {
        table,
        json
    }

    @Override
    public Integer call() {
        FsckReport report = Fsck.stoppedNode(config);
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case json -> out.println(Json.pretty(report.toJson()));
            case table -> printTable(out, report);
        }
        out.flush();
        int faults = report.faults().size();
        if (faults > 0) {
            throw new RefutedException("the store of " + report.node() + " is not as it must be: " + faults
                    + (faults == 1 ? " fault" : " faults") + ", each with what to do next in the report above");
        }
        return 0;
    }

    private static void printTable(PrintWriter out, FsckReport report) {
        TextTable table = new TextTable(
                1,
                List.of("log", "entries", "tiles", "bodies", "retracted", "ahead", "checkpoints", "refused", "faults"));
        for (LogReport log : report.logs()) {
            table.add(List.of(
                    log.node(),
                    Long.toString(log.entries()),
                    Integer.toString(log.tiles()),
                    Integer.toString(log.bodies()),
                    Integer.toString(log.retracted()),
                    Integer.toString(log.ahead()),
                    Integer.toString(log.checkpoints()),
                    Integer.toString(log.refused()),
                    Integer.toString(log.faults().size())));
        }
        table.print(out);
        out.printf(
                Locale.ROOT,
                "%nrecords: %s%n",
                report.records().isEmpty()
                        ? "none"
                        : report.records().entrySet().stream()
                                .map(kind -> kind.getValue() + " " + kind.getKey())
                                .collect(Collectors.joining(", ")));
        for (FsckFault fault : report.faults()) {
            out.printf(Locale.ROOT, "%nfault in %s: %s%n  %s%n", fault.where(), fault.what(), fault.next());
        }
        if (report.isVerified()) {
            out.printf(Locale.ROOT, "verified: the store of %s is as it must be%n", report.node());
        }
    }
}
