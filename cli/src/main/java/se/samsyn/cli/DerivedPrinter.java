package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Prints what a view derives from its figures, one way for each derivation. */
final class DerivedPrinter {
    private static final String VALUES = "values";
    private static final String UNKNOWN = "–";
    private static final String COEFFICIENT = "";
    private static final String AMOUNT = "amountOre";
    private static final List<String> PERCENTILES = List.of("p10", "p25", "p50", "p75", "p90");

    private final PrintWriter out;
    private final Language language;
    private final BinaryOperator<String> label;

    /** @param label the words for a dimension's code */
    DerivedPrinter(PrintWriter out, Language language, BinaryOperator<String> label) {
        this.out = out;
        this.language = language;
        this.label = label;
    }

    void print(JsonNode view, String measure) {
        JsonNode derived = view.path("derived");
        List<String> dimensions = new ArrayList<>();
        view.path("dimensions").forEach(dimension -> dimensions.add(dimension.asText()));
        switch (derived.path("derivation").asText()) {
            case "trend" -> printTrend(derived, dimensions, measure);
            case "board" -> printBoard(derived, dimensions);
            case "compensation" -> printCompensation(derived);
            case "percentiles" -> printPercentiles(derived, dimensions);
            default -> printAccess(view, derived, dimensions, measure);
        }
    }

    /** Each thing with its state and when that was told, and how many are in each state. */
    private void printBoard(JsonNode derived, List<String> dimensions) {
        String thing = dimensions.get(0);
        String state = dimensions.get(1);
        TextTable table = new TextTable(3, List.of(thing, state, ""));
        for (JsonNode row : derived.path("rows")) {
            List<String> states = new ArrayList<>();
            row.path("states").forEach(code -> states.add(label.apply(state, code.asText())));
            table.add(List.of(
                    label.apply(thing, row.path(thing).asText()),
                    String.join(" / ", states),
                    row.path("period").asText()));
        }
        table.print(out);
        List<String> counts = new ArrayList<>();
        derived.path("counts")
                .properties()
                .forEach(count -> counts.add(label.apply(state, count.getKey()) + " "
                        + count.getValue().asLong()));
        out.println(String.join(", ", counts));
    }

    /** What each party would bear under each rule, in kronor, period by period, and how unequal that is. */
    private void printCompensation(JsonNode derived) {
        for (JsonNode total : derived.path("totals")) {
            String period = total.path("period").asText();
            List<String> models = new ArrayList<>();
            List<List<String>> lines = new ArrayList<>();
            for (JsonNode row : derived.path("rows")) {
                if (row.path("period").asText().equals(period)) {
                    JsonNode bears = row.path("bearsOre");
                    models.clear();
                    bears.fieldNames().forEachRemaining(models::add);
                    List<String> line = new ArrayList<>();
                    line.add(
                            row.has("node")
                                    ? row.path("node").asText()
                                    : label.apply(
                                            "home-region", row.path("region").asText()));
                    models.forEach(
                            model -> line.add(FigureText.of(bears.path(model)).text(AMOUNT)));
                    lines.add(line);
                }
            }
            List<String> header = new ArrayList<>(List.of(period + FigureText.unit(AMOUNT)));
            models.forEach(model -> header.add(modelName(model)));
            TextTable table = new TextTable(1, header);
            lines.forEach(table::add);
            List<String> gini = new ArrayList<>(List.of("Gini"));
            models.forEach(model -> gini.add(decimals(total.path("gini").path(model), COEFFICIENT, "")));
            table.add(gini);
            table.print(out);
            out.println();
        }
    }

    private String modelName(String model) {
        return switch (model) {
            case "home-pays" -> language.text("home pays", "hemregionen betalar");
            case "study-pays" -> language.text("study pays", "studieregionen betalar");
            case "shared" -> language.text("by halves", "hälften var");
            case "per-inhabitant" -> language.text("per inhabitant", "per invånare");
            case "fixed-price" -> language.text("fixed price", "fast pris");
            default -> model;
        };
    }

    /** How many, and the five percentiles: of each period, and of all together where there are several. */
    private void printPercentiles(JsonNode derived, List<String> dimensions) {
        List<String> groups = dimensions.subList(0, dimensions.size() - 1);
        List<String> header = new ArrayList<>(groups);
        header.add("");
        header.add(language.text("number", "antal"));
        header.addAll(PERCENTILES.stream().map(name -> name.substring(1) + " %").toList());
        TextTable table = new TextTable(groups.size() + 1, header);
        derived.path("rows")
                .forEach(row -> table.add(
                        percentileLine(labels(row, groups), row.path("period").asText(), row)));
        derived.path("together")
                .forEach(row ->
                        table.add(percentileLine(labels(row, groups), language.text("together", "tillsammans"), row)));
        table.print(out);
        out.println();
        out.printf(
                Locale.ROOT,
                language.text(
                        "percentiles of %s: so many percent took no longer%n",
                        "percentiler av %s: så många procent tog inte längre tid%n"),
                derived.path("dimension").asText());
        if (!derived.path("together").findPath("percentilesOfTold").isMissingNode()) {
            out.println(
                    language.text(
                            "≥ before a number: a member has not told its part, and the percentiles are of what was told",
                            "≥ framför ett antal: en medlem har inte redovisat sin del, och percentilerna gäller det redovisade"));
        }
        if (derived.has("largestMedian")) {
            out.printf(
                    Locale.ROOT,
                    language.text("largest median: %s%n", "största medianen: %s%n"),
                    String.join(", ", labels(derived.path("largestMedian"), groups)));
        }
    }

    private static List<String> percentileLine(List<String> labels, String period, JsonNode row) {
        List<String> line = new ArrayList<>(labels);
        line.add(period);
        line.add(FigureText.of(row.path("told")).text(COEFFICIENT));
        JsonNode values = row.has("percentiles") ? row.path("percentiles") : row.path("percentilesOfTold");
        PERCENTILES.forEach(name -> line.add(FigureText.of(values.path(name)).text(COEFFICIENT)));
        return line;
    }

    private void printTrend(JsonNode derived, List<String> dimensions, String measure) {
        if (derived.has("total")) {
            List<String> header = new ArrayList<>(dimensions.isEmpty() ? List.of("") : dimensions);
            header.add(derived.path("period").asText());
            for (JsonNode earlier : derived.path("total").path("against")) {
                header.add(earlier.path("period").asText());
                header.add(language.change);
            }
            TextTable table = new TextTable(Math.max(1, dimensions.size()), header);
            if (!dimensions.isEmpty()) {
                derived.path("rows").forEach(row -> table.add(trendLine(labels(row, dimensions), row, measure)));
            }
            List<String> total = new ArrayList<>(List.of(language.total));
            while (total.size() < dimensions.size()) {
                total.add("");
            }
            table.add(trendLine(total, derived.path("total"), measure));
            table.print(out);
            out.println();
        }
        for (JsonNode comparison : derived.path("comparisons")) {
            printComparison(comparison);
        }
    }

    private static List<String> trendLine(List<String> labels, JsonNode row, String measure) {
        List<String> line = new ArrayList<>(labels);
        line.add(FigureText.of(row.path(VALUES).path(measure)).text(measure));
        for (JsonNode earlier : row.path("against")) {
            line.add(FigureText.of(earlier.path(VALUES).path(measure)).text(measure));
            line.add(decimals(earlier.path("changePercent").path(measure), COEFFICIENT, " %"));
        }
        return line;
    }

    private void printComparison(JsonNode comparison) {
        out.printf(
                Locale.ROOT,
                "%s (%s)%n",
                comparison.path("title").path(language.name()).asText(),
                comparison.path("source").asText());
        TextTable table = new TextTable(1, List.of("", ""));
        comparison.path("byYear").properties().forEach(year -> {
            FigureText figure =
                    new FigureText(year.getValue().asLong(), year.getValue().asLong());
            table.add(List.of(year.getKey(), figure.text("")));
        });
        table.print(out);
    }

    private void printAccess(JsonNode view, JsonNode derived, List<String> dimensions, String measure) {
        FigureText per =
                new FigureText(derived.path("per").asLong(), derived.path("per").asLong());
        out.printf(Locale.ROOT, language.per + "%n", per.text(""));
        List<String> header = new ArrayList<>(dimensions);
        header.add(language.people);
        view.path("periods").forEach(period -> header.add(period.asText()));
        TextTable table = new TextTable(dimensions.size(), header);
        Map<List<String>, Map<String, JsonNode>> rows = new LinkedHashMap<>();
        for (JsonNode row : derived.path("rows")) {
            List<String> labels = labels(row, dimensions);
            labels.add(people(row));
            rows.computeIfAbsent(labels, key -> new LinkedHashMap<>())
                    .put(row.path("period").asText(), row.path(VALUES).path(measure));
        }
        rows.forEach((labels, values) -> table.add(accessLine(view, labels, values, "0", measure)));
        Map<String, JsonNode> totals = new LinkedHashMap<>();
        Map<String, JsonNode> gini = new LinkedHashMap<>();
        String everybody = "";
        for (JsonNode total : derived.path("totals")) {
            totals.put(total.path("period").asText(), total.path(VALUES).path(measure));
            gini.put(total.path("period").asText(), total.path("gini").path(measure));
            everybody = people(total);
        }
        table.add(accessLine(view, padded(language.total, dimensions.size(), everybody), totals, UNKNOWN, measure));
        table.add(accessLine(view, padded("Gini", dimensions.size(), ""), gini, UNKNOWN, COEFFICIENT));
        table.print(out);
    }

    private static List<String> accessLine(
            JsonNode view, List<String> labels, Map<String, JsonNode> values, String absent, String measure) {
        List<String> line = new ArrayList<>(labels);
        for (JsonNode period : view.path("periods")) {
            JsonNode value = values.get(period.asText());
            line.add(value == null ? absent : decimals(value, measure));
        }
        return line;
    }

    private static List<String> padded(String first, int columns, String last) {
        List<String> labels = new ArrayList<>(List.of(first));
        while (labels.size() < columns) {
            labels.add("");
        }
        labels.add(last);
        return labels;
    }

    private List<String> labels(JsonNode row, List<String> dimensions) {
        List<String> labels = new ArrayList<>();
        dimensions.forEach(dimension ->
                labels.add(label.apply(dimension, row.path(dimension).asText())));
        return labels;
    }

    private static String people(JsonNode row) {
        long inhabitants = row.path("inhabitants").asLong();
        return new FigureText(inhabitants, inhabitants).text("");
    }

    /** A calculated figure; what cannot be said is a dash. */
    private static String decimals(JsonNode figure, String measure, String unit) {
        return figure.isMissingNode() ? UNKNOWN : decimals(figure, measure) + unit;
    }

    private static String decimals(JsonNode figure, String measure) {
        if (figure.isTextual() || figure.has("exact")) {
            String text =
                    figure.isTextual() ? figure.asText() : figure.path("exact").asText();
            return FigureText.decimal(text, measure, RoundingMode.HALF_EVEN);
        }
        if (figure.has("atLeast")) {
            return "≥" + FigureText.decimal(figure.path("atLeast").asText(), measure, RoundingMode.FLOOR);
        }
        return figure.has("from")
                ? FigureText.decimal(figure.path("from").asText(), measure, RoundingMode.FLOOR) + "–"
                        + FigureText.decimal(figure.path("to").asText(), measure, RoundingMode.CEILING)
                : UNKNOWN;
    }
}
