package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints settlements: amounts in öre in CSV and JSON, in kronor in tables. */
final class SettlementPrinter {
    private static final List<String> OUTCOMES =
            List.of("matched", "differing", "disputed", "unknown-to-payer", "unknown-to-issuer");
    private static final List<String> OF_QUARTER =
            List.of("quarter", "counterpart", "side", "revision", "state", "lines", "amountOre");
    private static final List<String> OF_LINE = List.of(
            "counterpart",
            "side",
            "invoice",
            "studyRegion",
            "trial",
            "homeRegion",
            "amountOre",
            "payerAmountOre",
            "outcome",
            "reason");
    /** Columns of a line that its counterpart is told by, and not the line itself. */
    private static final List<String> OF_COUNTERPART = List.of("counterpart", "side");
    /** The first columns that are repeated where a table does not fit beside itself: they tell a row from all others. */
    private static final int LABELS = 3;

    private final PrintWriter out;
    private final Format format;

    SettlementPrinter(PrintWriter out, Format format) {
        this.out = out;
        this.format = format;
    }

    /** All quarters with all counterparts. */
    void printList(JsonNode answer) {
        List<String> header = new ArrayList<>(OF_QUARTER);
        header.addAll(OUTCOMES);
        header.add("trouble");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode settlement : answer.path("settlements")) {
            List<String> row = new ArrayList<>(cells(settlement, OF_QUARTER));
            OUTCOMES.forEach(outcome -> row.add(
                    settlement.path("totals").path(outcome).path("lines").asText(settlement.has("totals") ? "0" : "")));
            row.add(settlement.path("trouble").asText(""));
            rows.add(row);
        }
        print(answer, header, rows, "nothing is settled with anybody yet");
    }

    /** A quarter line by line. */
    void printLines(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode settlement : answer.path("settlements")) {
            for (JsonNode line : settlement.path("lineByLine")) {
                List<String> row = new ArrayList<>(cells(settlement, OF_COUNTERPART));
                row.addAll(cells(line, OF_LINE.subList(OF_COUNTERPART.size(), OF_LINE.size())));
                rows.add(row);
            }
        }
        print(
                answer,
                OF_LINE,
                rows,
                "no invoice line of " + answer.path("quarter").asText());
    }

    /** What a word to send has done. */
    void printSent(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        answer.path("sent").forEach(to -> rows.add(List.of(to.asText(), "a new revision is being sent")));
        answer.path("unchanged")
                .forEach(to -> rows.add(List.of(to.asText(), "unchanged: agreed, or its answer is waited for")));
        answer.path("leftOut")
                .forEach(left -> rows.add(List.of(
                        "-",
                        left.path("lines").asText() + " lines left out: "
                                + left.path("reason").asText())));
        print(answer, List.of("counterpart", "result"), rows, "there is no other member that speaks for a region");
    }

    private void print(JsonNode answer, List<String> header, List<List<String>> rows, String none) {
        switch (format) {
            case json -> out.println(answer.toPrettyString());
            case csv -> {
                CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
                csv.writeRecord(header);
                rows.forEach(csv::writeRecord);
            }
            case table -> {
                if (rows.isEmpty()) {
                    out.println(none);
                } else {
                    TextTable table = new TextTable(
                            Math.min(LABELS, header.size()),
                            header.stream()
                                    .map(column -> column + FigureText.unit(column))
                                    .toList());
                    rows.forEach(row -> table.add(forPeople(header, row)));
                    table.print(out);
                }
            }
        }
    }

    private static List<String> forPeople(List<String> header, List<String> row) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String column = header.get(i);
            String cell = row.get(i);
            boolean isAmount = !FigureText.unit(column).isEmpty() && !cell.isEmpty();
            shown.add(isAmount ? kronor(Long.parseLong(cell), column) : cell);
        }
        return shown;
    }

    private static String kronor(long ore, String column) {
        return new FigureText(ore, ore).text(column);
    }

    private static List<String> cells(JsonNode json, List<String> fields) {
        return fields.stream().map(field -> json.path(field).asText("")).toList();
    }
}
