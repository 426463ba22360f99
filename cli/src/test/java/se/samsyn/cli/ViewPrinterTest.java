package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import se.samsyn.node.Json;
import se.samsyn.protocol.view.MemberState;

/** Small views printed, letter by letter. */
final class ViewPrinterTest {
    private static final String ACCUSED =
            "{\"key\":\"b/log+0a1b2c3d\",\"fault\":\"two-roots\",\"size\":7,\"reason\":\"it did\"}";

    @Test
    void saysOfWhichMemberNothingMoreIsMergedAndWhy() {
        ObjectNode view = COSTS.deepCopy();
        ((ObjectNode) view.path("members").path(1)).set("accused", Json.parse(ACCUSED.getBytes(UTF_8)));

        StringWriter english = new StringWriter();
        new ViewPrinter(new PrintWriter(english), Language.en).printTable(view);
        assertThat(english.toString())
                .contains("b: nothing from size 7 on is merged, since b/log+0a1b2c3d signed two roots of one size");
        StringWriter swedish = new StringWriter();
        new ViewPrinter(new PrintWriter(swedish), Language.sv).printTable(view);
        assertThat(swedish.toString())
                .contains("b: från storlek 7 räknas ingenting, eftersom b/log+0a1b2c3d har signerat");
        StringWriter csv = new StringWriter();
        new ViewPrinter(new PrintWriter(csv), Language.en).printCsv(view);
        assertThat(csv.toString().lines()).first().asString().endsWith("from,to,accused");
        assertThat(csv.toString().lines().skip(1)).isNotEmpty().allMatch(line -> line.endsWith(",b"));
    }

    @Test
    void tellsEvidenceInBothLanguages() {
        JsonNode status = Json.parse("""
                {"evidence": [{"accusation": "x", "fault": "went-back", "key": "a/witness+00112233",
                 "origin": "b/log", "size": 5, "sha256": "00ff"}]}
                """.getBytes(UTF_8));
        StringWriter both = new StringWriter();
        PrintWriter out = new PrintWriter(both);
        StatusCommand.printEvidence(out, status, Language.en);
        StatusCommand.printEvidence(out, status, Language.sv);
        out.flush();
        assertThat(both.toString())
                .contains(
                        "evidence against a/witness+00112233: it signed a smaller tree at a later time, in b/log at size 5")
                .contains("bevis mot a/witness+00112233: den har signerat ett mindre träd vid en senare tid, i b/log")
                .contains("/api/v1/evidence/00ff");
    }

    static final JsonNode COSTS = Json.parse("""
            {"title": {"sv": "Kostnader", "en": "Costs"},
             "dimensions": ["home-region"],
             "codes": {"home-region": [
               {"code": "12", "label": {"sv": "Skåne", "en": "Scania"}},
               {"code": "14", "label": {"sv": "Västra Götaland", "en": "Western Götaland"}}]},
             "measures": [
               {"name": "participants", "aggregate": "distinct", "addsOverPeriods": false},
               {"name": "amountOre", "aggregate": "sum", "addsOverPeriods": true},
               {"name": "creditOre", "aggregate": "sum", "addsOverPeriods": true}],
             "periods": ["2024-Q1", "2024-Q2"],
             "rows": [
               {"period": "2024-Q1", "home-region": "14", "values": {
                 "participants": {"exact": 1234}, "amountOre": {"exact": 400000000}, "creditOre": {"exact": -150}}},
               {"period": "2024-Q1", "home-region": "12", "values": {
                 "participants": {"from": 5, "to": 9}, "amountOre": {"from": 0, "to": 100000000},
                 "creditOre": {"from": -2000, "to": 0}}},
               {"period": "2024-Q2", "home-region": "12", "values": {
                 "participants": {"atLeast": 7}, "amountOre": {"atLeast": 200000050}, "creditOre": {"atLeast": -900}}}],
             "totals": [
               {"period": "2024-Q1", "values": {
                 "participants": {"exact": 1240}, "amountOre": {"from": 400000000, "to": 500000000},
                 "creditOre": {"exact": -2000}}},
               {"period": "2024-Q2", "values": {
                 "participants": {"atLeast": 7}, "amountOre": {"atLeast": 200000050}, "creditOre": {"atLeast": -900}}}],
             "coverage": {"members": 4, "all": ["b"], "some": ["a"], "none": ["c", "d"], "stale": ["c", "d"]},
             "members": [
               {"node": "a", "stale": false, "periods": [
                 {"from": "2024-Q1", "to": "2024-Q1", "state": "reported"},
                 {"from": "2024-Q2", "to": "2024-Q2", "state": "rejected", "reason": "3 is below k = 5"}]},
               {"node": "b", "stale": false, "periods": [
                 {"from": "2024-Q1", "to": "2024-Q2", "state": "zero"}]},
               {"node": "c", "stale": true, "ageSeconds": 93601, "periods": [
                 {"from": "2024-Q1", "to": "2024-Q2", "state": "missing"}]},
               {"node": "d", "stale": true, "periods": [
                 {"from": "2024-Q1", "to": "2024-Q1", "state": "awaited"},
                 {"from": "2024-Q2", "to": "2024-Q2", "state": "awaited"}]}],
             "conflicts": {"count": 2},
             "notes": [{"note": "x", "sv": "Något att veta.", "en": "Something to know."}]}
            """.getBytes(UTF_8));
    static final JsonNode TRIALS = Json.parse("""
            {"title": {"sv": "Prövningar", "en": "Trials"}, "dimensions": [], "codes": {},
             "measures": [{"name": "trials", "aggregate": "count", "addsOverPeriods": true}],
             "periods": ["2010", "2011", "2012"],
             "rows": [{"period": "2010", "values": {"trials": {"exact": 24}}},
                      {"period": "2012", "values": {"trials": {"exact": 48}}}],
             "totals": [{"period": "2010", "values": {"trials": {"exact": 24}}},
                        {"period": "2011", "values": {"trials": {"exact": 0}}},
                        {"period": "2012", "values": {"trials": {"exact": 48}}}],
             "coverage": {"members": 1, "all": ["a"], "some": [], "none": [], "stale": []},
             "members": [{"node": "a", "stale": false, "periods": [{"from": "2010", "to": "2012", "state": "reported"}]}],
             "conflicts": {"count": 0}, "notes": []}
            """.getBytes(UTF_8));

    @Test
    void saysForHowManyInhabitantsItStands() {
        ObjectNode view = TRIALS.deepCopy();
        ((ObjectNode) view.path("coverage")).put("inhabitants", 1000);
        long[] told = {1000, 620, 1000};
        for (int i = 0; i < told.length; i++) {
            ((ObjectNode) view.path("totals").path(i)).put("inhabitantsTold", told[i]);
        }

        assertThat(printed(printer -> printer.printTable(view)))
                .contains("inhabitants for whom members told their part, by period: 62–100 % of the population");
    }

    @Test
    void showsATableAChartAndWhatStandsBehindThem() {
        assertThat(printed(printer -> printer.printTable(COSTS))).isEqualTo("""
                Costs: amountOre (kronor)

                home-region                   2024-Q1        2024-Q2            sum
                Scania                    0–1_000_000  ≥2_000_000.50  ≥2_000_000.50
                Western Götaland            4_000_000              0      4_000_000
                total             4_000_000–5_000_000  ≥2_000_000.50  ≥6_000_000.50

                total
                2024-Q1  ██████████████████████████████████████░░░░░░░░░░  4_000_000–5_000_000
                2024-Q2  ███████████████████…                                    ≥2_000_000.50

                1 of 4 members told their part of every period
                  a: rejected 2024-Q2 (3 is below k = 5)
                  b: zero 2024-Q1 to 2024-Q2
                  c: missing 2024-Q1 to 2024-Q2; stale
                  d: awaited 2024-Q1, 2024-Q2; silent
                  awaited = no summary yet, and none is due
                  missing = no summary, and the due date has passed
                  rejected = there is a summary, and it does not count
                  silent = the member has published nothing yet
                  stale = nobody has vouched for the member's log for more than 26 hours
                  zero = the member says that it has nothing
                2 trials on which members disagree are counted once, by rule
                Something to know.
                """.replace('_', '\u00a0'));
    }

    @Test
    void speaksOneLanguageAtATime() {
        assertThat(printed(Language.sv, printer -> printer.printTable(COSTS))).isEqualTo("""
                Kostnader: amountOre (kronor)

                home-region                  2024-Q1        2024-Q2          summa
                Skåne                    0–1_000_000  ≥2_000_000.50  ≥2_000_000.50
                Västra Götaland            4_000_000              0      4_000_000
                totalt           4_000_000–5_000_000  ≥2_000_000.50  ≥6_000_000.50

                totalt
                2024-Q1  ██████████████████████████████████████░░░░░░░░░░  4_000_000–5_000_000
                2024-Q2  ███████████████████…                                    ≥2_000_000.50

                1 av 4 medlemmar har redovisat sin del av varje period
                  a: avvisat 2024-Q2 (3 is below k = 5)
                  b: noll 2024-Q1 till 2024-Q2
                  c: saknas 2024-Q1 till 2024-Q2; inaktuell
                  d: väntas 2024-Q1, 2024-Q2; tyst
                  väntas = ingen sammanställning ännu, och ingen har förfallit
                  saknas = ingen sammanställning, och förfallodagen har passerat
                  avvisat = det finns en sammanställning, men den räknas inte
                  tyst = medlemmen har inte publicerat något ännu
                  inaktuell = ingen har bekräftat medlemmens logg på mer än 26 timmar
                  noll = medlemmen säger att den inget har
                2 prövningar som medlemmar redovisar olika räknas en gång, enligt regel
                Något att veta.
                """.replace('_', '\u00a0'));
    }

    @Test
    void countsOneTrialInTheSingular() {
        ObjectNode one = COSTS.deepCopy();
        one.putObject("conflicts").put("count", 1);

        assertThat(printed(printer -> printer.printTable(one)))
                .contains("\n1 trial on which members disagree is counted once, by rule\n");
    }

    @Test
    void explainsEveryStateInBothLanguages() {
        for (MemberState state : MemberState.values()) {
            for (Language language : Language.values()) {
                assertThat(language.meaning(state.word()).isEmpty())
                        .as("%s in %s", state, language)
                        .isEqualTo(state == MemberState.REPORTED);
            }
            assertThat(Language.sv.state(state.word())).isNotEqualTo(state.word());
        }
    }

    @Test
    void showsOnlyAChartWhereNothingIsGrouped() {
        assertThat(printed(printer -> printer.printTable(TRIALS))).isEqualTo("""
                Trials: trials

                total
                2010   ████████████████████████                          24
                2011                                                      0
                2012   ████████████████████████████████████████████████  48

                1 of 1 members told their part of every period
                """);
    }

    @Test
    void doesNotAddUpPersonsOverPeriods() {
        assertThat(printed(printer -> printer.printTable(COSTS, Optional.of("participants"))))
                .contains("Costs: participants\n")
                .doesNotContain(" sum\n")
                .contains("5–9", "≥7", "1\u00a0234");
    }

    @Test
    void showsCreditsWhichAreNegative() {
        assertThat(printed(printer -> printer.printTable(COSTS, Optional.of("creditOre"))))
                .contains("-20–0", "-1.50", "≥-9");
    }

    @Test
    void refusesAMeasureThatTheViewDoesNotHave() {
        assertThatThrownBy(() -> printed(printer -> printer.printTable(COSTS, Optional.of("amount"))))
                .isInstanceOf(RefusedException.class)
                .hasMessage("the view has no measure \"amount\"; it has participants, amountOre, creditOre");
    }

    @Test
    void writesEveryRowAndMeasureAsCsv() {
        assertThat(printed(printer -> printer.printCsv(COSTS))).isEqualTo("""
                period,home-region,measure,from,to
                2024-Q1,14,participants,1234,1234
                2024-Q1,14,amountOre,400000000,400000000
                2024-Q1,14,creditOre,-150,-150
                2024-Q1,12,participants,5,9
                2024-Q1,12,amountOre,0,100000000
                2024-Q1,12,creditOre,-2000,0
                2024-Q2,12,participants,7,
                2024-Q2,12,amountOre,200000050,
                2024-Q2,12,creditOre,-900,
                """.replace("\n", "\r\n"));
    }

    static String printed(Consumer<ViewPrinter> print) {
        return printed(Language.en, print);
    }

    static String printed(Language language, Consumer<ViewPrinter> print) {
        StringWriter text = new StringWriter();
        print.accept(new ViewPrinter(new PrintWriter(text, true), language));
        return text.toString();
    }
}
