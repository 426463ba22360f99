package se.samsyn.node.record;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.root.Scope;

/** The documentation of the import files, made from the columns that the importers themselves use. */
public final class ImportGuide {
    private static final AgreedWords WORDS = new AgreedWords(NetworkFiles.shipped());

    /** The columns are the same whatever the scope is. */
    private static final Scope ANY = new Scope(Set.of(Scope.UNKNOWN_REGION));

    private ImportGuide() {}

    /** Every kind's columns for people. */
    public static String text() {
        return Arrays.stream(RecordKind.values()).map(ImportGuide::describe).collect(Collectors.joining("\n"));
    }

    /** A kind's columns for people: name, whether required, what is expected, an example. */
    public static String describe(RecordKind kind) {
        StringBuilder text = new StringBuilder(
                kind + ".csv: UTF-8, commas, a header; columns in any order; those not marked * may be absent.\n");
        for (ImportColumn<?> column : format(kind).columns()) {
            text.append("\n  ")
                    .append(column.name())
                    .append(column.required() ? " *" : "")
                    .append('\n');
            text.append("      ").append(column.form().expected()).append('\n');
            text.append("      for example ").append(column.example()).append('\n');
        }
        return text.toString();
    }

    static RecordFormat<?> format(RecordKind kind) {
        return switch (kind) {
            case TRIAL -> new TrialFormat(WORDS);
            case SITE -> new SiteFormat(WORDS, ANY, trial -> true);
            case COST_ITEM -> new CostItemFormat(WORDS, ANY, trial -> true);
        };
    }
}
