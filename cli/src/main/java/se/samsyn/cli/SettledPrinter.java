package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints who owes whom for care by what pairs of members tell: amounts in kronor in tables, in öre in CSV. */
final class SettledPrinter {
    private static final String AMOUNT = "amountOre";
    private static final String PERIOD = "period";
    private static final String STATE = "state";
    private static final Map<String, String> SWEDISH_STATES = Map.of(
            "agreed", "överens",
            "open", "öppen",
            "one-sided", "ensidig",
            "contradicting", "motsägs",
            "silent", "tyst");
    private static final Map<String, String> SWEDISH_OUTCOMES = Map.of(
            "matched", "lika",
            "differing", "olika belopp",
            "disputed", "bestridd",
            "unknown-to-payer", "okänd för betalaren");

    private final PrintWriter out;
    private final Language language;

    SettledPrinter(PrintWriter out, Language language) {
        this.out = out;
        this.language = language;
    }

    /** A line a pair and outcome; one without an outcome where nothing is told or more than is told. */
    static void writeCsv(CsvWriter csv, JsonNode derived) {
        csv.writeRecord(
                PERIOD,
                "issuer",
                "payer",
                STATE,
                "withheld",
                "outcome",
                "lines",
                "amount_ore",
                "payer_amount_ore",
                "participants",
                "agreement");
        for (JsonNode row : derived.path("rows")) {
            for (JsonNode total : row.path("totals")) {
                writePair(csv, row, total);
            }
            if (row.path("totals").isEmpty()) {
                writePair(csv, row, row.path("totals").path(0));
            }
        }
    }

    private static void writePair(CsvWriter csv, JsonNode row, JsonNode total) {
        csv.writeRecord(
                row.path(PERIOD).asText(),
                row.path("issuer").asText(),
                row.path("payer").asText(),
                row.path(STATE).asText(),
                row.path("withheld").asText(),
                total.path("outcome").asText(),
                total.path("lines").asText(),
                total.path(AMOUNT).asText(),
                total.path("payerAmountOre").asText(),
                total.path("participants").asText(),
                row.path("agreement").asText());
    }

    /** The pairs, what each member owes and is owed, and the payments. */
    void print(JsonNode derived) {
        NodeNames names = new NodeNames(derived.path("members").findValuesAsText("node"));
        TextTable pairs = new TextTable(
                5,
                List.of(
                        "",
                        in("payer", "betalare"),
                        in("issuer", "utställare"),
                        "",
                        in("outcome", "utfall"),
                        in("lines", "rader"),
                        in("kronor", "kronor"),
                        in("payer's kronor", "betalarens kronor")));
        for (JsonNode row : derived.path("rows")) {
            List<String> head = List.of(
                    row.path(PERIOD).asText(),
                    names.of(row.path("payer").asText()),
                    names.of(row.path("issuer").asText()),
                    state(row.path(STATE).asText()));
            for (JsonNode total : row.path("totals")) {
                List<String> line = new ArrayList<>(head);
                String outcome = total.path("outcome").asText();
                line.add(language == Language.sv ? SWEDISH_OUTCOMES.getOrDefault(outcome, outcome) : outcome);
                line.add(count(total.path("lines")));
                line.add(money(total.path(AMOUNT)));
                line.add(money(total.path("payerAmountOre")));
                pairs.add(line);
            }
            if (row.path("withheld").asBoolean() || row.path("totals").isEmpty()) {
                List<String> line = new ArrayList<>(head);
                boolean isWithheld = row.path("withheld").asBoolean();
                line.addAll(List.of(isWithheld ? in("(withheld)", "(får inte berättas)") : "–", "", "", ""));
                pairs.add(line);
            }
        }
        pairs.print(out);
        out.println();
        printMembers(derived, names);
        printPayments(derived, names);
        for (JsonNode pair : derived.path("pairs")) {
            if (pair.path(STATE).asText().equals("silent") && pair.path("count").asLong() > 0) {
                out.println(pair.path(PERIOD).asText() + ": "
                        + in("pairs of which neither has told anything: ", "par där ingen har berättat något: ")
                        + count(pair.path("count")));
            }
        }
        out.flush();
    }

    private void printMembers(JsonNode derived, NodeNames names) {
        TextTable members = new TextTable(
                2,
                List.of(
                        "",
                        "",
                        in("owes (kronor)", "är skyldig (kronor)"),
                        in("is owed (kronor)", "ska få (kronor)"),
                        in("balance (kronor)", "saldo (kronor)")));
        for (JsonNode member : derived.path("members")) {
            members.add(List.of(
                    member.path(PERIOD).asText(),
                    names.of(member.path("node").asText()),
                    FigureText.of(member.path("owesOre")).text(AMOUNT),
                    FigureText.of(member.path("isOwedOre")).text(AMOUNT),
                    member.has("balanceOre") ? money(member.path("balanceOre")) : "?"));
        }
        members.print(out);
        out.println();
    }

    private void printPayments(JsonNode derived, NodeNames names) {
        if (derived.path("payments").isEmpty()) {
            out.println(in("nothing that both tell is owed", "inget som båda berättar är obetalt"));
            return;
        }
        TextTable payments =
                new TextTable(3, List.of("", in("pays", "betalar"), in("to", "till"), in("kronor", "kronor")));
        derived.path("payments")
                .forEach(payment -> payments.add(List.of(
                        payment.path(PERIOD).asText(),
                        names.of(payment.path("from").asText()),
                        names.of(payment.path("to").asText()),
                        money(payment.path(AMOUNT)))));
        payments.print(out);
    }

    private String state(String state) {
        return language == Language.sv ? SWEDISH_STATES.getOrDefault(state, state) : state;
    }

    private static String money(JsonNode ore) {
        return new FigureText(ore.asLong(), ore.asLong()).text(AMOUNT);
    }

    private static String count(JsonNode number) {
        return new FigureText(number.asLong(), number.asLong()).text("");
    }

    private String in(String english, String swedish) {
        return language == Language.sv ? swedish : english;
    }
}
