package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import se.samsyn.node.Json;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Measure;

/** Prints drafts for a release officer: what leaves, what does not, and why. */
final class DraftPrinter {
    private static final String AT = "at";
    private static final String VALUES = "values";
    private static final String REGISTER = "register";
    private static final String ROSTER = "roster";

    private final PrintWriter out;

    DraftPrinter(PrintWriter out) {
        this.out = out;
    }

    /** A draft as the node shows it. */
    void printDraft(JsonNode shown) {
        printHead(shown);
        if (shown.has("body")) {
            printBody(shown.path("body"), shown.path("columns"), shown.path("explanations"));
        }
    }

    /** A body, with nothing but itself and its definition to tell of. */
    void printBody(JsonNode body, DatasetDefinition definition) {
        ObjectNode columns = Json.object();
        definition.tables().forEach(table -> {
            ObjectNode one = columns.putObject(table.name());
            table.dimensions().stream().map(Dimension::name).forEach(one.putArray("dimensions")::add);
            table.measures().stream().map(Measure::name).forEach(one.putArray("measures")::add);
        });
        printBody(body, columns, Json.array());
    }

    /** What a draft changes of the last release. */
    void printDifference(JsonNode shown) {
        printHead(shown);
        if (!shown.has("draft")) {
            return;
        }
        if (!shown.path("released").asBoolean()) {
            out.println("nothing of this period is released: all of the draft is new");
        }
        shown.path("tables").properties().forEach(table -> {
            JsonNode changes = table.getValue();
            out.printf(
                    Locale.ROOT,
                    "table %s (%s): %d cells change%n",
                    table.getKey(),
                    texts(shown.path("columns").path(table.getKey()).path("measures")),
                    changes.path("cells").size());
            changes.path("cells").forEach(cell -> printChange(texts(cell.path(AT)), cell));
            printChange("total", changes.path("total"));
        });
        JsonNode rows = shown.path(shown.has(ROSTER) ? ROSTER : REGISTER);
        rows.path("added").forEach(row -> out.println("  + " + row));
        rows.path("removed").forEach(row -> out.println("  - " + row));
        rows.path("changed").forEach(row -> {
            out.println("  - " + row.path("before"));
            out.println("  + " + row.path("after"));
        });
    }

    private void printHead(JsonNode shown) {
        out.printf(
                Locale.ROOT,
                "%s %s: %s, %s%n",
                shown.path("dataset").asText(),
                shown.path("period").asText(),
                shown.path("state").asText(),
                shown.path("reason").asText());
        if (shown.has("draft")) {
            out.println("draft " + shown.path("draft").asText());
        }
    }

    private void printChange(String what, JsonNode change) {
        out.printf(Locale.ROOT, "  %s: %s → %s%n", what, told(change.path("before")), told(change.path("after")));
    }

    private static String told(JsonNode value) {
        return value.isTextual() ? value.asText() : texts(value);
    }

    private void printBody(JsonNode body, JsonNode columns, JsonNode explanations) {
        body.path("tables")
                .properties()
                .forEach(table -> printTable(
                        table.getKey(),
                        table.getValue(),
                        columns.path(table.getKey()),
                        body.path("k").asLong(),
                        reasons(table.getKey(), explanations)));
        if (body.has(ROSTER)) {
            out.printf(Locale.ROOT, "roster of %d:%n", body.path(ROSTER).size());
            body.path(ROSTER).forEach(row -> out.println("  " + row));
        }
        if (body.has(REGISTER)) {
            printRegister(body.path(REGISTER));
        }
    }

    private void printTable(String name, JsonNode table, JsonNode columns, long k, Map<String, String> reasons) {
        out.printf(Locale.ROOT, "table %s, at least %d persons in each figure:%n", name, k);
        if (table.has("withheld")) {
            out.println("  withheld: nothing of it is told");
            return;
        }
        List<String> measures = list(columns.path("measures"));
        List<String> header = new ArrayList<>(List.of(texts(columns.path("dimensions"))));
        header.addAll(measures);
        header.add("what happens");
        TextTable lines = new TextTable(1, header);
        table.path("cells")
                .forEach(cell -> lines.add(line(texts(cell.path(AT)), list(cell.path(VALUES)), "published")));
        List<String> untold = Collections.nCopies(measures.size(), "–");
        JsonNode pooled = table.path("pooled");
        pooled.path(AT).forEach(cell -> {
            String codes = texts(cell);
            // only a cell that holds records has a reason; the others are there to hide which do
            lines.add(line(codes, untold, reasons.getOrDefault(codes, "pooled")));
        });
        if (!pooled.isMissingNode()) {
            lines.add(line("pooled together", list(pooled.path(VALUES)), "published as one sum"));
        }
        lines.print(out);
        if (table.path("cells").isEmpty() && pooled.isMissingNode()) {
            out.println("  nothing: it says that there is none");
        }
    }

    private void printRegister(JsonNode rows) {
        out.printf(Locale.ROOT, "%d rows, all published:%n", rows.size());
        for (JsonNode row : rows) {
            out.println("  "
                    + row.properties().stream()
                            .map(field -> field.getKey() + " " + told(field.getValue()))
                            .collect(Collectors.joining("; ")));
        }
    }

    private static Map<String, String> reasons(String table, JsonNode explanations) {
        Map<String, String> reasons = new TreeMap<>();
        for (JsonNode cell : explanations) {
            if (cell.path("table").asText().equals(table)) {
                reasons.put(texts(cell.path(AT)), cell.path("reason").asText());
            }
        }
        return reasons;
    }

    private static List<String> line(String codes, List<String> values, String reason) {
        List<String> line = new ArrayList<>(List.of(codes));
        line.addAll(values);
        line.add(reason);
        return line;
    }

    private static String texts(JsonNode array) {
        return String.join(", ", list(array));
    }

    private static List<String> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
