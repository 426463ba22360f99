package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints how many days the steps of whole trials took, a line a year, code and step. */
final class LeadTimePrinter {
    private static final List<String> COUNTS = List.of("reached", "waiting", "leftOut");
    private static final List<String> PERCENTILES = List.of("p10", "p25", "p50", "p75", "p90");
    private static final String TOGETHER = "together";
    private static final String OF_TOLD = "percentilesOfTold";
    private static final String NO_DAYS = "–";
    private static final String LABEL = "label";

    private final PrintWriter out;
    private final Language language;

    LeadTimePrinter(PrintWriter out, Language language) {
        this.out = out;
        this.language = language;
    }

    /** As CSV; {@code complete} tells whether every member told its part. */
    static void writeCsv(CsvWriter csv, JsonNode derived) {
        List<String> header = new ArrayList<>(List.of("period"));
        boolean isGrouped = derived.has("by");
        if (isGrouped) {
            header.add(derived.path("by").asText());
        }
        header.addAll(List.of("step", "complete", "reached", "waiting", "left_out"));
        header.addAll(PERCENTILES);
        csv.writeRecord(header);
        for (String rows : List.of("rows", TOGETHER)) {
            for (JsonNode row : derived.path(rows)) {
                List<String> line = new ArrayList<>(List.of(row.path("period").asText(TOGETHER)));
                if (isGrouped) {
                    line.add(row.path("code").asText());
                }
                line.add(row.path("step").asText());
                line.add(Boolean.toString(row.path("reached").has("exact")));
                COUNTS.forEach(name ->
                        line.add(Long.toString(FigureText.of(row.path(name)).from())));
                JsonNode days = percentiles(row);
                PERCENTILES.forEach(
                        name -> line.add(days.path(name).path("exact").asText()));
                csv.writeRecord(line);
            }
        }
    }

    void print(JsonNode view) {
        JsonNode derived = view.path("derived");
        Map<String, String> steps = new HashMap<>();
        derived.path("steps").forEach(step -> steps.put(step.path("step").asText(), label(step)));
        Map<String, String> codes = new HashMap<>();
        view.path("codes")
                .path(derived.path("by").asText())
                .forEach(code -> codes.put(code.path("code").asText(), label(code)));
        List<String> header = new ArrayList<>(List.of("", ""));
        if (derived.has("by")) {
            header.add(derived.path("by").asText());
        }
        int labels = header.size();
        header.add(language.text("reached", "nådda"));
        header.add(language.text("waiting", "väntar"));
        header.add(language.text("left out", "utan dagar"));
        PERCENTILES.forEach(name -> header.add(name.substring(1) + " %"));
        TextTable table = new TextTable(labels, header);
        for (String rows : List.of("rows", TOGETHER)) {
            for (JsonNode row : derived.path(rows)) {
                List<String> line = new ArrayList<>();
                line.add(steps.getOrDefault(row.path("step").asText(), ""));
                line.add(row.path("period").asText(language.text(TOGETHER, "tillsammans")));
                if (derived.has("by")) {
                    line.add(codes.getOrDefault(row.path("code").asText(), ""));
                }
                COUNTS.forEach(name -> line.add(FigureText.of(row.path(name)).text("")));
                JsonNode days = percentiles(row);
                PERCENTILES.forEach(name ->
                        line.add(days.has(name) ? FigureText.of(days.path(name)).text("") : NO_DAYS));
                table.add(line);
            }
        }
        table.print(out);
        out.println();
        out.println(
                language.text(
                        "percentiles of days: so many percent took no longer; left out: dates in the wrong order or without a day",
                        "percentiler av dagar: så många procent tog inte längre tid; utan dagar: datum i fel ordning eller utan dag"));
        if (!derived.findPath(OF_TOLD).isMissingNode()) {
            out.println(
                    language.text(
                            "≥ before a number: a member has not told its part, and the percentiles are of what was told",
                            "≥ framför ett antal: en medlem har inte redovisat sin del, och percentilerna gäller det redovisade"));
        }
        for (JsonNode slowest : derived.path("slowest")) {
            String code = codes.getOrDefault(slowest.path("code").asText(), "");
            out.printf(
                    Locale.ROOT,
                    language.text(
                            "slowest step%s: %s, median %d days%n", "långsammaste steget%s: %s, median %d dagar%n"),
                    code.isEmpty() ? "" : " (" + code + ")",
                    steps.getOrDefault(slowest.path("step").asText(), ""),
                    slowest.path("median").asLong());
        }
    }

    private static JsonNode percentiles(JsonNode row) {
        return row.has(OF_TOLD) ? row.path(OF_TOLD) : row.path("percentiles");
    }

    private String label(JsonNode labelled) {
        return labelled.path(LABEL).path(language.name()).asText();
    }
}
