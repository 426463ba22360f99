package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints what is wrong with the data: member by member, and in all. */
final class QualityPrinter {
    private static final List<String> COUNTS = List.of("conflicts", "overruled", "untold", "rejected");

    private final PrintWriter out;
    private final Language language;

    QualityPrinter(PrintWriter out, Language language) {
        this.out = out;
        this.language = language;
    }

    /** A line a member. */
    static void writeCsv(CsvWriter csv, JsonNode derived) {
        List<String> kinds = derived.path("findings").findValuesAsText("kind");
        List<String> header = new ArrayList<>(List.of("node", "stale"));
        header.addAll(COUNTS);
        header.addAll(kinds);
        csv.writeRecord(header);
        for (JsonNode row : derived.path("rows")) {
            List<String> line = new ArrayList<>(
                    List.of(row.path("node").asText(), row.path("stale").asText()));
            COUNTS.forEach(count -> line.add(row.path(count).asText()));
            kinds.forEach(kind -> line.add(row.path("findings").path(kind).asText("0")));
            csv.writeRecord(line);
        }
    }

    /** The members, then what is found of each kind, then what members disagree about. */
    void print(JsonNode view) {
        JsonNode derived = view.path("derived");
        NodeNames names = new NodeNames(derived.path("rows").findValuesAsText("node"));
        TextTable members = new TextTable(
                1,
                List.of(
                        "",
                        in("findings", "brister"),
                        in("conflicts", "konflikter"),
                        in("overruled", "överröstad"),
                        in("periods untold", "otalda perioder"),
                        in("rejected", "underkänt"),
                        ""));
        for (JsonNode row : derived.path("rows")) {
            long findings = 0;
            for (JsonNode count : row.path("findings")) {
                findings += count.asLong();
            }
            List<String> line =
                    new ArrayList<>(List.of(names.of(row.path("node").asText()), count(findings)));
            COUNTS.forEach(count -> line.add(count(row.path(count).asLong())));
            line.add(row.path("stale").asBoolean() ? in("stale", "inaktuell") : "");
            members.add(line);
        }
        members.print(out);
        out.println();
        TextTable kinds = new TextTable(1, List.of("", in("findings", "brister")));
        for (JsonNode finding : derived.path("findings")) {
            kinds.add(List.of(
                    label(view, finding.path("kind").asText()),
                    FigureText.of(finding.path("count")).text("")));
        }
        kinds.print(out);
        out.println();
        TextTable attributes = new TextTable(
                1, List.of(in("trials on which members disagree", "prövningar som medlemmar är oense om"), ""));
        for (JsonNode attribute : derived.path("attributes")) {
            attributes.add(List.of(
                    attribute.path("attribute").asText(),
                    FigureText.of(attribute.path("count")).text("")));
        }
        attributes.add(List.of(
                in("in all", "totalt"), FigureText.of(derived.path("conflicts")).text("")));
        attributes.print(out);
        out.flush();
    }

    private String label(JsonNode view, String kind) {
        for (JsonNode code : view.path("codes").path("kind")) {
            if (code.path("code").asText().equals(kind)) {
                return code.path("label").path(language.name()).asText(kind);
            }
        }
        return kind;
    }

    private static String count(long number) {
        return new FigureText(number, number).text("");
    }

    private String in(String english, String swedish) {
        return language == Language.sv ? swedish : english;
    }
}
