package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Prints what a view tells of single things, one a line: as a table for people, or as CSV for programs. */
final class ListPrinter {
    private static final String LIST = "list";
    private static final String DERIVED = "derived";
    private static final String TRIALS = "trials";
    private static final String UNITS = "units";
    private static final List<String> DUES = List.of("overdue", "within30", "within90", "within365", "undated");

    private final PrintWriter out;
    private final Language language;

    ListPrinter(PrintWriter out, Language language) {
        this.out = out;
        this.language = language;
    }

    /** Whether a view lists things: the rows of a roster, or what it derives. */
    static boolean isList(JsonNode view) {
        return view.has(LIST) || isDerivedList(view);
    }

    private static boolean isDerivedList(JsonNode view) {
        return switch (view.path(DERIVED).path("derivation").asText()) {
            case "due", "lead-times", "overlap", "quality", "reserve-sites", "settlement" -> true;
            default -> false;
        };
    }

    /** What the view derives, or else its list. */
    void print(JsonNode view) {
        JsonNode derived = view.path(DERIVED);
        switch (derived.path("derivation").asText()) {
            case "overlap" -> printOverlap(derived);
            case "lead-times" -> new LeadTimePrinter(out, language).print(view);
            case "reserve-sites" -> printReserveSites(derived);
            case "due" -> printDue(derived);
            case "settlement" -> new SettledPrinter(out, language).print(derived);
            case "quality" -> new QualityPrinter(out, language).print(view);
            default -> printRows(view);
        }
    }

    /** As CSV (RFC 4180); several values of one cell stand with a space between them. */
    void printCsv(JsonNode view) {
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
        JsonNode derived = view.path(DERIVED);
        switch (derived.path("derivation").asText()) {
            case "overlap" -> writeOverlap(csv, derived);
            case "lead-times" -> LeadTimePrinter.writeCsv(csv, derived);
            case "reserve-sites" -> writeReserveSites(csv, derived);
            case "due" -> writeDue(csv, derived);
            case "settlement" -> SettledPrinter.writeCsv(csv, derived);
            case "quality" -> QualityPrinter.writeCsv(csv, derived);
            default -> writeRows(csv, view.path(LIST));
        }
        out.flush();
    }

    private static void writeOverlap(CsvWriter csv, JsonNode derived) {
        csv.writeRecord("by", "subject", "from", "to", TRIALS, "regions", "ids");
        for (JsonNode row : derived.path("rows")) {
            FigureText pairs = FigureText.of(row.path("pairs"));
            csv.writeRecord(
                    row.path("by").asText(),
                    row.path("subject").asText(),
                    Long.toString(pairs.from()),
                    pairs.to() == FigureText.UNBOUNDED ? "" : Long.toString(pairs.to()),
                    row.path("count").asText(),
                    text(row.path("regions")),
                    firstIds(row.path(TRIALS), Integer.MAX_VALUE));
        }
    }

    private void printOverlap(JsonNode derived) {
        TextTable table = new TextTable(2, List.of("", "", in("pairs", "par"), in(TRIALS, "prövningar"), "", ""));
        for (JsonNode row : derived.path("rows")) {
            String subject = row.path("subject").asText();
            table.add(List.of(
                    row.path("by").asText(),
                    row.path("label").path(language.name()).asText(subject),
                    FigureText.of(row.path("pairs")).text(""),
                    row.path("count").asText(),
                    text(row.path("regions")),
                    firstIds(row.path(TRIALS), 2)));
        }
        table.print(out);
        printRest(derived);
    }

    private static void writeReserveSites(CsvWriter csv, JsonNode derived) {
        csv.writeRecord(
                "id",
                "place",
                "hospital",
                "reserves",
                "node",
                "unit",
                "unit_place",
                "unit_hospital",
                "period",
                "room",
                "unclear");
        for (JsonNode row : derived.path("rows")) {
            for (JsonNode unit : row.path(UNITS)) {
                csv.writeRecord(
                        row.path("ids").path(0).asText(),
                        row.path("place").asText(),
                        row.path("hospital").asText(),
                        row.path("reserves").asText(),
                        unit.path("node").asText(),
                        unit.path("id").asText(),
                        unit.path("place").asText(),
                        unit.path("hospital").asText(),
                        unit.path("period").asText(),
                        unit.path("room").asText(),
                        text(unit.path("unclear")));
            }
        }
    }

    private void printReserveSites(JsonNode derived) {
        TextTable table = new TextTable(
                2, List.of("", "", in("meet", "uppfyller"), in("unclear", "oklara"), in("room", "plats"), "", ""));
        for (JsonNode row : derived.path("rows")) {
            String id = row.path("ids").path(0).asText();
            String place = row.path("place").asText();
            String meets = row.path("meets").asText();
            String unclear = row.path("unclear").asText();
            if (row.path(UNITS).isEmpty()) {
                table.add(List.of(id, place, meets, unclear, "", "", ""));
            }
            for (JsonNode unit : row.path(UNITS)) {
                String asked = text(unit.path("unclear"));
                table.add(List.of(
                        id,
                        place,
                        meets,
                        unclear,
                        unit.path("room").asText(),
                        unit.path("place").asText() + " " + unit.path("id").asText(),
                        asked.isEmpty() ? "" : asked + "?"));
            }
        }
        table.print(out);
        printRest(derived);
        if (!derived.path("reads").path("silent").isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    in("no units are told by %s%n", "inga enheter har redovisats av %s%n"),
                    text(derived.path("reads").path("silent")));
        }
    }

    private static void writeDue(CsvWriter csv, JsonNode derived) {
        csv.writeRecord("node", "id", derived.path("by").asText(), "due", "day", "days", "amount_ore");
        for (JsonNode item : derived.path("items")) {
            csv.writeRecord(
                    item.path("node").asText(),
                    item.path("id").asText(),
                    item.path("code").asText(),
                    item.path("due").asText(),
                    item.path("day").asText(),
                    item.path("days").asText(),
                    item.path("amount").asText());
        }
    }

    /** By code and what is due, how many there are of each and how much, in kronor. */
    private void printDue(JsonNode derived) {
        List<String> header = new ArrayList<>(List.of(derived.path("day").asText(), ""));
        header.addAll(
                language == Language.sv
                        ? List.of("försenat", "30 dagar", "90 dagar", "365 dagar", "utan datum")
                        : List.of("overdue", "30 days", "90 days", "365 days", "undated"));
        TextTable table = new TextTable(2, header);
        for (JsonNode row : derived.path("rows")) {
            String label = row.path("label").path(language.name()).asText();
            String due = row.path("due").asText();
            table.add(line(label, due, row.path("things"), ""));
            if (row.has("amounts")) {
                table.add(line("", due + " (kronor)", row.path("amounts"), "amountOre"));
            }
        }
        table.print(out);
    }

    private static List<String> line(String label, String due, JsonNode figures, String measure) {
        List<String> line = new ArrayList<>(List.of(label, due));
        DUES.forEach(when -> line.add(FigureText.of(figures.path(when)).text(measure)));
        return line;
    }

    private static void writeRows(CsvWriter csv, JsonNode list) {
        List<String> columns = columns(list);
        csv.writeRecord(columns);
        for (JsonNode row : list) {
            csv.writeRecord(
                    columns.stream().map(column -> text(row.path(column))).toList());
        }
    }

    private void printRows(JsonNode view) {
        List<String> columns = columns(view.path(LIST));
        TextTable table = new TextTable(3, columns);
        for (JsonNode row : view.path(LIST)) {
            table.add(columns.stream().map(column -> text(row.path(column))).toList());
        }
        table.print(out);
    }

    /** All that any row tells, in the order of the first that tells it: period, member and name first. */
    private static List<String> columns(JsonNode list) {
        Set<String> columns = new LinkedHashSet<>(List.of("period", "node", "id"));
        list.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
        return List.copyOf(columns);
    }

    /** How many rows there are beyond those that are listed. */
    private void printRest(JsonNode derived) {
        int rest = derived.path("count").asInt() - derived.path("rows").size();
        if (rest > 0) {
            out.printf(Locale.ROOT, in("%d more%n", "%d till%n"), rest);
        }
    }

    /** One number of each trial, of so many of them. */
    private static String firstIds(JsonNode trials, int most) {
        List<String> ids = new ArrayList<>();
        trials.forEach(trial -> ids.add(trial.path("ids").path(0).asText()));
        return String.join(" ", ids.subList(0, Math.min(most, ids.size())));
    }

    /** A value, or several with a space between them. */
    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" "))
                : value.asText();
    }

    private String in(String english, String swedish) {
        return language == Language.sv ? swedish : english;
    }
}
