package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Prints what a view tells of single things, one a line: as a table for people, or as CSV for programs. */
final class ListPrinter {
    /** The derivations whose rows are things, and not figures beside those of the view. */
    private static final Set<String> LISTS = Set.of("overlap");

    private final PrintWriter out;
    private final Language language;

    ListPrinter(PrintWriter out, Language language) {
        this.out = out;
        this.language = language;
    }

    /** Whether what a view derives is a list. */
    static boolean isList(JsonNode derived) {
        return LISTS.contains(derived.path("derivation").asText());
    }

    void print(JsonNode derived) {
        printOverlap(derived);
    }

    /** As CSV (RFC 4180); several values of one cell stand with a space between them. */
    void printCsv(JsonNode derived) {
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
        csv.writeRecord("by", "subject", "from", "to", "trials", "regions", "ids");
        for (JsonNode row : derived.path("rows")) {
            FigureText pairs = FigureText.of(row.path("pairs"));
            csv.writeRecord(
                    row.path("by").asText(),
                    row.path("subject").asText(),
                    Long.toString(pairs.from()),
                    pairs.to() == FigureText.UNBOUNDED ? "" : Long.toString(pairs.to()),
                    row.path("count").asText(),
                    texts(row.path("regions"), " "),
                    firstIds(row.path("trials"), Integer.MAX_VALUE));
        }
        out.flush();
    }

    private void printOverlap(JsonNode derived) {
        TextTable table = new TextTable(2, List.of("", "", in("pairs", "par"), in("trials", "prövningar"), "", ""));
        for (JsonNode row : derived.path("rows")) {
            String subject = row.path("subject").asText();
            table.add(List.of(
                    row.path("by").asText(),
                    row.path("label").path(language.name()).asText(subject),
                    FigureText.of(row.path("pairs")).text(""),
                    row.path("count").asText(),
                    texts(row.path("regions"), " "),
                    firstIds(row.path("trials"), 2)));
        }
        table.print(out);
        printRest(derived, in("%d more%n", "%d till%n"));
    }

    /** How many rows there are beyond those that are listed. */
    private void printRest(JsonNode derived, String text) {
        int rest = derived.path("count").asInt() - derived.path("rows").size();
        if (rest > 0) {
            out.printf(text, rest);
        }
    }

    /** One number of each trial, of so many of them. */
    private static String firstIds(JsonNode trials, int most) {
        List<String> ids = new ArrayList<>();
        trials.forEach(trial -> ids.add(trial.path("ids").path(0).asText()));
        return String.join(" ", ids.subList(0, Math.min(most, ids.size())));
    }

    private static String texts(JsonNode array, String between) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(between));
    }

    private String in(String english, String swedish) {
        return language == Language.sv ? swedish : english;
    }
}
