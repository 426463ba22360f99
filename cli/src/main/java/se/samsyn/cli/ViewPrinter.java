package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** Prints a national view for people (a table, a small chart, and what stands behind the figures) or as CSV. */
public final class ViewPrinter {
    private static final int CHART_WIDTH = 48;
    private static final int PERCENT = 100;
    private static final String REPORTED = "reported";
    private static final String STALE = "stale";
    /** What {@code samsyn status} calls a member that nobody has ever vouched for. */
    private static final String SILENT = "silent";

    private final PrintWriter out;
    private final Language language;

    public ViewPrinter(PrintWriter out, Language language) {
        this.out = out;
        this.language = language;
    }

    /** Prints the view with its preferred measure: the first sum, or else the first measure. */
    public void printTable(JsonNode view) {
        printTable(view, Optional.empty());
    }

    /**
     * Prints the view as a table of one measure, with the periods beside each other.
     *
     * @throws RefusedException if the view has no such measure
     */
    public void printTable(JsonNode view, Optional<String> measureName) {
        String measure = measureName.isPresent() ? checked(view, measureName.get()) : preferredMeasure(view);
        out.printf(
                Locale.ROOT,
                "%s: %s%s%n%n",
                view.path("title").path(language.name()).asText(),
                measure,
                FigureText.unit(measure));
        // a line for every number of days would say nothing that percentiles do not
        boolean hasLines = !view.path("derived").path("derivation").asText().equals("percentiles");
        if (view.path("dimensions").isEmpty()) {
            printChart(view, measure);
        } else if (hasLines) {
            printGrid(view, measure);
            out.println();
            printChart(view, measure);
        }
        if (view.has("derived") || ListPrinter.isList(view)) {
            if (hasLines) {
                out.println();
            }
            if (ListPrinter.isList(view)) {
                new ListPrinter(out, language).print(view);
            } else {
                new DerivedPrinter(out, language, (dimension, code) -> label(view, dimension, code))
                        .print(view, measure);
            }
        }
        printBehind(view);
        out.flush();
    }

    /**
     * Prints every row and measure as CSV (RFC 4180): an exact figure has from and to alike, one that is at least has no to. If evidence
     * accuses members' logs, a column names those members: their part may be older than what they say now. If members told under
     * several versions of the definition, a last column names those of the period. A roster, and a list that a view derives, is printed
     * instead.
     */
    public void printCsv(JsonNode view) {
        if (ListPrinter.isList(view)) {
            new ListPrinter(out, language).printCsv(view);
            return;
        }
        List<String> dimensions = texts(view.path("dimensions"));
        // unbuffered: the writer underneath has a buffer, and one is enough to flush
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
        List<String> header = new ArrayList<>(List.of("period"));
        header.addAll(dimensions);
        header.addAll(List.of("measure", "from", "to"));
        List<String> accused = accused(view);
        if (!accused.isEmpty()) {
            header.add("accused");
        }
        Map<String, String> versions = VersionPrinter.byPeriod(view);
        if (!versions.isEmpty()) {
            header.add("versions");
        }
        csv.writeRecord(header);
        for (JsonNode row : view.path("rows")) {
            for (JsonNode measure : view.path("measures")) {
                String name = measure.path("name").asText();
                FigureText figure = FigureText.of(row.path("values").path(name));
                List<String> fields = new ArrayList<>(List.of(row.path("period").asText()));
                dimensions.forEach(dimension -> fields.add(row.path(dimension).asText()));
                fields.add(name);
                fields.add(Long.toString(figure.from()));
                fields.add(figure.to() == FigureText.UNBOUNDED ? "" : Long.toString(figure.to()));
                if (!accused.isEmpty()) {
                    fields.add(String.join(" ", accused));
                }
                if (!versions.isEmpty()) {
                    fields.add(versions.getOrDefault(row.path("period").asText(), ""));
                }
                csv.writeRecord(fields);
            }
        }
        out.flush();
    }

    private static List<String> accused(JsonNode view) {
        List<String> nodes = new ArrayList<>();
        for (JsonNode member : view.path("members")) {
            if (member.has("accused")) {
                nodes.add(member.path("node").asText());
            }
        }
        return nodes;
    }

    private void printGrid(JsonNode view, String measure) {
        List<String> dimensions = texts(view.path("dimensions"));
        List<String> periods = texts(view.path("periods"));
        boolean adds = addsOverPeriods(view, measure) && periods.size() > 1;
        List<String> header = new ArrayList<>(dimensions);
        header.addAll(periods);
        if (adds) {
            header.add(language.sum);
        }
        TextTable table = new TextTable(dimensions.size(), header);
        grid(view, dimensions, measure)
                .forEach((labels, figures) -> table.add(line(labels, figures, periods, measure, adds)));
        List<String> total = new ArrayList<>(List.of(language.total));
        for (int i = 1; i < dimensions.size(); i++) {
            total.add("");
        }
        table.add(line(total, totals(view, measure), periods, measure, adds));
        table.print(out);
    }

    private static List<String> line(
            List<String> labels, Map<String, FigureText> figures, List<String> periods, String measure, boolean adds) {
        List<String> line = new ArrayList<>(labels);
        FigureText sum = FigureText.ZERO;
        for (String period : periods) {
            FigureText figure = figures.getOrDefault(period, FigureText.ZERO);
            line.add(figure.text(measure));
            sum = sum.plus(figure);
        }
        if (adds) {
            line.add(sum.text(measure));
        }
        return line;
    }

    /** By the labels of a group: its figures by period. Groups come in the order of their codes. */
    private Map<List<String>, Map<String, FigureText>> grid(JsonNode view, List<String> dimensions, String measure) {
        Map<List<String>, Map<String, FigureText>> grid = new LinkedHashMap<>();
        for (List<String> codes : presentCodes(view, dimensions)) {
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < codes.size(); i++) {
                labels.add(label(view, dimensions.get(i), codes.get(i)));
            }
            Map<String, FigureText> figures = new LinkedHashMap<>();
            for (JsonNode row : view.path("rows")) {
                if (codesOf(row, dimensions).equals(codes)) {
                    figures.put(
                            row.path("period").asText(),
                            FigureText.of(row.path("values").path(measure)));
                }
            }
            grid.put(labels, figures);
        }
        return grid;
    }

    private static List<List<String>> presentCodes(JsonNode view, List<String> dimensions) {
        Map<List<String>, List<Integer>> present = new LinkedHashMap<>();
        for (JsonNode row : view.path("rows")) {
            List<String> codes = codesOf(row, dimensions);
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < codes.size(); i++) {
                order.add(position(view, dimensions.get(i), codes.get(i)));
            }
            present.put(codes, order);
        }
        List<Map.Entry<List<String>, List<Integer>>> sorted = new ArrayList<>(present.entrySet());
        sorted.sort((a, b) -> compare(a.getValue(), b.getValue()));
        return sorted.stream().map(Map.Entry::getKey).toList();
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = Integer.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<String> codesOf(JsonNode row, List<String> dimensions) {
        return dimensions.stream()
                .map(dimension -> row.path(dimension).asText())
                .toList();
    }

    private static int position(JsonNode view, String dimension, String code) {
        JsonNode codes = view.path("codes").path(dimension);
        for (int i = 0; i < codes.size(); i++) {
            if (codes.get(i).path("code").asText().equals(code)) {
                return i;
            }
        }
        return codes.size();
    }

    private String label(JsonNode view, String dimension, String code) {
        for (JsonNode entry : view.path("codes").path(dimension)) {
            if (entry.path("code").asText().equals(code)) {
                return entry.path("label").path(language.name()).asText(code);
            }
        }
        return code;
    }

    /** A bar a period: what is certain is solid, what is possible beyond it is light. */
    private void printChart(JsonNode view, String measure) {
        Map<String, FigureText> totals = totals(view, measure);
        long most =
                totals.values().stream().mapToLong(FigureText::mostAmount).max().orElse(0);
        TextTable table = new TextTable(2, List.of(language.total, "", ""));
        totals.forEach((period, figure) -> table.add(List.of(period, bar(figure, most), figure.text(measure))));
        table.print(out);
    }

    private static String bar(FigureText figure, long most) {
        if (most == 0) {
            return "";
        }
        int solid = (int) (CHART_WIDTH * figure.leastAmount() / most);
        if (figure.to() == FigureText.UNBOUNDED) {
            return "█".repeat(solid) + "…";
        }
        int light = (int) (CHART_WIDTH * figure.mostAmount() / most) - solid;
        return "█".repeat(solid) + "░".repeat(light);
    }

    private static Map<String, FigureText> totals(JsonNode view, String measure) {
        Map<String, FigureText> totals = new LinkedHashMap<>();
        texts(view.path("periods")).forEach(period -> totals.put(period, FigureText.ZERO));
        for (JsonNode total : view.path("totals")) {
            totals.put(
                    total.path("period").asText(),
                    FigureText.of(total.path("values").path(measure)));
        }
        return totals;
    }

    /** What stands behind the figures: members whose part is not simply told, what that means, conflicts, and notes. */
    private void printBehind(JsonNode view) {
        out.println();
        JsonNode coverage = view.path("coverage");
        out.printf(
                Locale.ROOT,
                language.coverage,
                coverage.path("all").size(),
                coverage.path("members").asInt());
        if (coverage.has("inhabitants")) {
            printInhabitants(view, coverage.path("inhabitants").asLong());
        }
        Set<String> explained = new TreeSet<>();
        for (JsonNode member : view.path("members")) {
            Map<String, List<String>> states = states(member);
            if (!states.isEmpty()) {
                out.printf(Locale.ROOT, "  %s: %s%n", member.path("node").asText(), String.join("; ", texts(states)));
            }
            JsonNode accused = member.path("accused");
            if (accused.isObject()) {
                out.printf(
                        Locale.ROOT,
                        language.accused,
                        member.path("node").asText(),
                        accused.path("size").asLong(),
                        accused.path("key").asText(),
                        language.fault(accused.path("fault").asText()));
            }
            explained.addAll(states.keySet());
        }
        explained.stream()
                .filter(state -> !language.meaning(state).isEmpty())
                .forEach(state ->
                        out.printf(Locale.ROOT, "  %s = %s%n", language.state(state), language.meaning(state)));
        new VersionPrinter(out, language).print(view);
        long conflicts = view.path("conflicts").path("count").asLong();
        if (conflicts > 0) {
            out.printf(Locale.ROOT, language.conflicts(conflicts), conflicts);
        }
        for (JsonNode note : view.path("notes")) {
            out.println(note.path(language.name()).asText());
        }
    }

    /** For how large a part of the population the totals stand, in the periods where it is least and most. */
    private void printInhabitants(JsonNode view, long all) {
        LongSummaryStatistics told = StreamSupport.stream(view.path("totals").spliterator(), false)
                .mapToLong(total -> total.path("inhabitantsTold").asLong())
                .summaryStatistics();
        if (told.getCount() > 0 && all > 0) {
            long least = PERCENT * told.getMin() / all;
            long most = PERCENT * told.getMax() / all;
            out.printf(Locale.ROOT, language.inhabitants, least == most ? least + " %" : least + "–" + most + " %");
        }
    }

    /** By state, in the order of its words: the periods in which a member is in it, each run with its reason if there is one. */
    private Map<String, List<String>> states(JsonNode member) {
        Map<String, List<String>> states = new TreeMap<>();
        for (JsonNode run : member.path("periods")) {
            String state = run.path("state").asText();
            if (!state.equals(REPORTED)) {
                states.computeIfAbsent(state, key -> new ArrayList<>()).add(runText(run));
            }
        }
        if (member.path("stale").asBoolean()) {
            states.put(member.has("ageSeconds") ? STALE : SILENT, List.of());
        }
        return states;
    }

    private List<String> texts(Map<String, List<String>> states) {
        List<String> texts = new ArrayList<>();
        states.forEach(
                (state, runs) -> texts.add((language.state(state) + " " + String.join(", ", runs)).stripTrailing()));
        return texts;
    }

    private String runText(JsonNode run) {
        String from = run.path("from").asText();
        String to = run.path("to").asText();
        String periods = from.equals(to) ? from : from + language.range + to;
        return run.has("reason") ? periods + " (" + run.path("reason").asText() + ")" : periods;
    }

    private static String preferredMeasure(JsonNode view) {
        for (JsonNode measure : view.path("measures")) {
            if (measure.path("aggregate").asText().equals("sum")) {
                return measure.path("name").asText();
            }
        }
        return view.path("measures").path(0).path("name").asText();
    }

    private static String checked(JsonNode view, String name) {
        List<String> names = new ArrayList<>();
        view.path("measures").forEach(measure -> names.add(measure.path("name").asText()));
        if (!names.contains(name)) {
            throw new RefusedException("the view has no measure \"" + name + "\"; it has " + String.join(", ", names));
        }
        return name;
    }

    private static boolean addsOverPeriods(JsonNode view, String name) {
        for (JsonNode measure : view.path("measures")) {
            if (measure.path("name").asText().equals(name)) {
                return measure.path("addsOverPeriods").asBoolean();
            }
        }
        return false;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
