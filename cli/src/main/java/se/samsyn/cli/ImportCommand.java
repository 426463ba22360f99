package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
import se.samsyn.node.config.Role;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.record.ImportGuide;
import se.samsyn.node.record.ImportRefusal;
import se.samsyn.node.record.RecordImport;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.setup.SetupException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.root.Scope;

/** {@code samsyn import}: gives CSV files with records to a running node. */
@Command(
        name = "import",
        description = {
            "Import records from CSV files into a running node, each file whole or nothing of it; or documents of"
                    + " registries and agencies, singly or in a ZIP archive, each document whole or nothing of it.",
            "Of documents the content tells the format, and of trials only what has a site in the node's scope is taken;"
                    + " contact persons are never stored."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The kind of record is the file's name (trial.csv, cost-item-2026-10.csv …) unless --kind says it.",
            "Trials come before their sites. `samsyn import --columns` lists the kinds and the columns of each.",
            "Examples: samsyn import --template cost-item > cost-item.csv",
            "          samsyn import --config skane/node.json trial.csv site.csv",
            "          samsyn import --dry-run NCT01234567.json ctis-export.zip"
        })
final class ImportCommand implements Callable<Integer> {
    private static final String CSV = ".csv";
    private static final int REFUSED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "The kind of record in the files: trial, site, participation, cost-item, received-invoice,"
                    + " trial-unit, atmp-centre, grant, measure-status or cohort-count.")
    private @Nullable String kind;

    @Option(
            names = "--template",
            paramLabel = "KIND",
            description = "Print a file of that kind with its columns and an example row, and import nothing.")
    private @Nullable String template;

    @Option(names = "--columns", description = "Print the columns of each kind of record, and import nothing.")
    private boolean columns;

    @Option(
            names = "--dry-run",
            description = "Say what an import into a node without records would do, and ask no node.")
    private boolean dryRun;

    @Option(
            names = "--scope",
            paramLabel = "PLACE",
            split = ",",
            description = "With --dry-run: the places that the node would speak for (default: all).")
    private List<String> scope = List.of();

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "The files, imported in this order.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (columns || template != null) {
            out.print(template == null ? ImportGuide.text() : ImportGuide.template(RecordKind.parse(template)));
            out.flush();
            return 0;
        }
        if (files.isEmpty()) {
            throw new RefusedException("no file was given; see `samsyn import --help`");
        }
        // nothing is imported before all of the command makes sense
        Map<Path, Optional<RecordKind>> kinds = kinds();
        if (dryRun) {
            return tryImport(out, kinds);
        }
        if (!scope.isEmpty()) {
            throw new RefusedException("--scope goes with --dry-run: a node's own scope is in the federation root");
        }
        RecordUpload upload = new RecordUpload(node.client(Role.OPERATOR));
        List<Path> kept = new ArrayList<>();
        boolean refused = false;
        for (Map.Entry<Path, Optional<RecordKind>> each : kinds.entrySet()) {
            JsonNode report = send(upload, each.getKey(), each.getValue(), kept);
            refused |= print(out, each.getKey(), report);
            kept.add(each.getKey());
        }
        JsonNode released = release(upload, kept);
        released.path("released").forEach(report -> ReleaseApproveCommand.print(out, report));
        released.path("waitingForApproval")
                .forEach(dataset -> out.printf(
                        Locale.ROOT,
                        "  %s: no rule releases it here; what was imported waits for `samsyn release approve %s`%n",
                        dataset.asText(),
                        dataset.asText()));
        out.flush();
        return refused ? REFUSED : 0;
    }

    private int tryImport(PrintWriter out, Map<Path, Optional<RecordKind>> kinds) {
        NetworkFiles files = NetworkFiles.shipped();
        RecordImport imports = RecordImport.dryRun(scope(files), files);
        List<String> refusals = new ArrayList<>();
        boolean refused = false;
        for (Map.Entry<Path, Optional<RecordKind>> each : kinds.entrySet()) {
            Path file = each.getKey();
            try {
                JsonNode report = each.getValue().isPresent()
                        ? imports.importCsv(each.getValue().get(), file).toJson()
                        : imports.importDocuments(file.toString(), RootFiles.readBytes(file))
                                .toJson();
                refused |= print(out, file, report);
            } catch (ImportRefusal e) {
                refusals.add(file + ": " + e.toText().strip());
            }
        }
        out.println("A dry run: no node was asked, and nothing was imported.");
        out.flush();
        if (!refusals.isEmpty()) {
            throw new RefusedException(String.join("\n", refusals));
        }
        return refused ? REFUSED : 0;
    }

    private Scope scope(NetworkFiles files) {
        List<Code> all = files.codeList("place").codes();
        scope.forEach(place -> {
            if (all.stream().noneMatch(code -> code.code().equals(place))) {
                throw new RefusedException("--scope: there is no place " + place + "; places are "
                        + all.stream().map(Code::code).collect(Collectors.joining(", ")));
            }
        });
        List<String> places = scope.isEmpty()
                ? all.stream()
                        .filter(code -> code.parent().isEmpty())
                        .map(Code::code)
                        .toList()
                : scope;
        return Scope.parse(String.join(",", places));
    }

    private JsonNode send(RecordUpload upload, Path file, Optional<RecordKind> record, List<Path> kept) {
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressLine progress = ProgressLine.onTerminal(
                err, String.valueOf(file.getFileName()), file.toFile().length())) {
            return record.isPresent()
                    ? upload.send(record.get(), file, progress)
                    : upload.sendDocuments(file, progress);
        } catch (RefusedException e) {
            throw new RefusedException(
                    file + ": " + String.valueOf(e.getMessage()).strip() + whatIsKept(kept));
        } catch (ApiException | SetupException e) {
            throw new ApiException(file + " was not imported: " + e.getMessage() + whatIsKept(kept), e);
        }
    }

    private static JsonNode release(RecordUpload upload, List<Path> kept) {
        String all =
                names(kept) + (kept.size() == 1 ? " is" : " are") + " imported and kept; the release of what rests on "
                        + (kept.size() == 1 ? "it" : "them") + " failed: ";
        String then =
                ". Release with `samsyn release approve DATASET`, or import the same again, which changes no record";
        try {
            return upload.releaseByRule();
        } catch (RefusedException e) {
            throw new RefusedException(all + e.getMessage() + then);
        } catch (ApiException e) {
            throw new ApiException(all + e.getMessage() + then, e);
        }
    }

    private static String whatIsKept(List<Path> kept) {
        return kept.isEmpty()
                ? ""
                : "\nImported before and kept, but nothing of it released yet: " + names(kept)
                        + ".\nImport all files again once this one is right: records that are there already stay as they are.";
    }

    private static String names(List<Path> files) {
        return files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private Map<Path, Optional<RecordKind>> kinds() {
        Map<Path, Optional<RecordKind>> kinds = new LinkedHashMap<>();
        for (Path file : files) {
            checkReadable(file);
            kinds.put(file, kind == null ? kindOf(file) : Optional.of(RecordKind.parse(kind)));
        }
        return kinds;
    }

    private static void checkReadable(Path file) {
        String trouble = "";
        if (!Files.exists(file)) {
            trouble = "there is no such file";
        } else if (Files.isDirectory(file)) {
            trouble = "it is a folder, not a file";
        } else if (!Files.isRegularFile(file)) {
            trouble = "it is no regular file; save what it gives in one";
        } else if (!Files.isReadable(file)) {
            trouble = "permission denied; check who owns it and who runs samsyn";
        }
        if (!trouble.isEmpty()) {
            throw new SetupException("cannot read " + file + ": " + trouble + "; nothing was imported");
        }
    }

    /** The kind that a CSV file's name says; what is no CSV file is a registry's document, and its content says which. */
    private static Optional<RecordKind> kindOf(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.endsWith(CSV)) {
            return Optional.empty();
        }
        RecordKind found = RecordKind.ofFileName(name)
                .orElseThrow(() -> new RefusedException("the name of " + file + " does not tell which kind of record"
                        + " it holds: call it KIND.csv or KIND-ANYTHING.csv, or give --kind (one of "
                        + RecordKind.names() + "); nothing was imported"));
        return Optional.of(found);
    }

    /** Prints a report, and tells whether a document was refused. */
    private static boolean print(PrintWriter out, Path file, JsonNode imported) {
        if (imported.has("text")) {
            out.print(imported.path("text").asText());
            return !imported.path("refused").isEmpty();
        }
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
        return false;
    }
}
