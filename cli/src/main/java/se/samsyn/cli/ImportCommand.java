package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.config.Role;
import se.samsyn.node.record.ImportGuide;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.setup.SetupException;

/** {@code samsyn import}: gives CSV files with records to a running node. */
@Command(
        name = "import",
        description = "Import records from CSV files into a running node: each file whole, or nothing of it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The kind of record is the file's name (trial.csv, site.csv, cost-item.csv) unless --kind says it.",
            "Trials come before their sites. `samsyn import --columns` lists the columns of each kind.",
            "Example: samsyn import --config skane/node.json trial.csv site.csv"
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "The kind of record in the files: trial, site or cost-item.")
    private @Nullable String kind;

    @Option(names = "--columns", description = "Print the columns of each kind of record, and import nothing.")
    private boolean columns;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "The CSV files, imported in this order.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (columns) {
            out.print(ImportGuide.text());
            out.flush();
            return 0;
        }
        if (files.isEmpty()) {
            throw new RefusedException("no file was given; see `samsyn import --help`");
        }
        // nothing is imported before all of the command makes sense
        Map<Path, RecordKind> kinds = kinds();
        RecordUpload upload = new RecordUpload(node.client(Role.OPERATOR));
        kinds.forEach((file, record) -> print(out, file, upload.send(record.wireName(), RootFiles.readBytes(file))));
        upload.release().forEach(report -> ReleaseCommand.print(out, report));
        return 0;
    }

    private Map<Path, RecordKind> kinds() {
        Map<Path, RecordKind> kinds = new LinkedHashMap<>();
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new SetupException("cannot read " + file + "; nothing was imported");
            }
            kinds.put(file, kind == null ? kindOf(file) : RecordKind.parse(kind));
        }
        return kinds;
    }

    private static RecordKind kindOf(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(RecordKind.values())
                .filter(record -> name.equals(record.wireName() + ".csv"))
                .findFirst()
                .orElseThrow(() -> new RefusedException("the name of " + file + " does not tell which kind of record"
                        + " it holds: call it trial.csv, site.csv or cost-item.csv, or give --kind; nothing was"
                        + " imported"));
    }

    private static void print(PrintWriter out, Path file, JsonNode imported) {
        out.printf(
                Locale.ROOT,
                "%s: %d rows; %d added, %d changed, %d unchanged, %d repeated%n",
                file,
                imported.path("rows").asLong(),
                imported.path("added").asLong(),
                imported.path("changed").asLong(),
                imported.path("unchanged").asLong(),
                imported.path("duplicates").asLong());
        for (JsonNode warning : imported.path("warnings")) {
            out.printf(
                    Locale.ROOT,
                    "  warning: %s %s: %s (%d)%n",
                    warning.path("column").asText(),
                    warning.path("value").asText(),
                    warning.path("meaning").asText(),
                    warning.path("count").asLong());
        }
    }
}
