package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.cli.ViewPrinterTest.TRIALS;
import static se.samsyn.cli.ViewPrinterTest.printed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import se.samsyn.node.Json;

/** What views derive from their figures, printed letter by letter. */
final class DerivedPrinterTest {
    @Test
    void showsATrendBesideWhatOthersPublished() {
        JsonNode view = derived("""
                {"derivation": "trend", "period": "2012", "rows": [],
                 "total": {"values": {"trials": {"exact": 48}}, "against": [
                   {"period": "2007", "values": {"trials": {"exact": 60}}, "changePercent": {"trials": {"exact": "-20.0"}}},
                   {"period": "2002", "values": {"trials": {"exact": 0}}, "changePercent": {}}]},
                 "comparisons": [{"name": "x", "title": {"sv": "Ansökningar", "en": "Applications"}, "source": "the agency",
                   "byYear": {"2011": 1292}}]}
                """);

        assertThat(printed(printer -> printer.printTable(view))).contains("""
                       2012  2007   change  2002  change
                total    48    60  -20.0 %     0       –

                Applications (the agency)

                2011  1_292
                """.replace('_', '\u00a0'));
    }

    @Test
    void listsOverlapsAsATableAndAsCsv() {
        JsonNode view = derived("""
                {"derivation": "overlap", "count": 3, "rows": [
                  {"by": "condition", "subject": "C83", "pairs": {"from": 1, "to": 3}, "regions": ["01", "12"], "count": 3,
                   "trials": [{"ids": ["NCT1", "NCT2"]}, {"ids": ["NCT3"]}]},
                  {"by": "product", "subject": "x-cel", "label": {"sv": "Xcel", "en": "X cel"}, "pairs": {"atLeast": 2},
                   "regions": ["01"], "count": 2, "trials": [{"ids": ["NCT4"]}]}]}
                """);

        assertThat(printed(printer -> printer.printTable(view))).contains("""
                                  pairs  trials
                condition  C83      1–3       3  01 12  NCT1 NCT3
                product    X cel     ≥2       2     01       NCT4
                1 more
                """);
        assertThat(printed(printer -> printer.printCsv(view)).lines())
                .containsExactly(
                        "by,subject,from,to,trials,regions,ids",
                        "condition,C83,1,3,3,01 12,NCT1 NCT3",
                        "product,x-cel,2,,2,01,NCT4");
    }

    @Test
    void showsWhoOwesWhomAndThePaymentsThatSettleIt() {
        JsonNode view = derived("""
                {"derivation": "settlement", "rows": [
                  {"period": "2025-Q3", "issuer": "a.ex", "payer": "b.ex", "state": "open", "tellers": ["a", "b"], "withheld": true,
                   "agreement": "4f1c", "totals": [
                     {"outcome": "matched", "lines": 1204, "amountOre": 90000050, "payerAmountOre": 90000050, "participants": 9}]},
                  {"period": "2025-Q3", "issuer": "b.ex", "payer": "a.ex", "state": "contradicting", "tellers": ["a", "b"],
                   "withheld": false, "totals": []}],
                 "members": [
                  {"period": "2025-Q3", "node": "a.ex", "inhabitants": 10, "owesOre": {"atLeast": 0}, "isOwedOre": {"exact": 90000050},
                   "owesPerThousandOre": {"atLeast": "0.00"}},
                  {"period": "2025-Q3", "node": "b.ex", "inhabitants": 10, "owesOre": {"exact": 90000050}, "isOwedOre": {"exact": 0},
                   "balanceOre": -90000050, "owesPerThousandOre": {"exact": "1.00"}}],
                 "payments": [{"period": "2025-Q3", "from": "b.ex", "to": "a.ex", "amountOre": 90000050}],
                 "pairs": [{"period": "2025-Q3", "state": "silent", "count": 4}]}
                """);

        assertThat(printed(printer -> printer.printTable(view))).contains("""
                         payer  issuer                 outcome     lines      kronor  payer's kronor
                2025-Q3  b      a       open           matched     1_204  900_000.50      900_000.50
                2025-Q3  b      a       open           (withheld)
                2025-Q3  a      b       contradicting  –

                            owes (kronor)  is owed (kronor)  balance (kronor)
                2025-Q3  a             ≥0        900_000.50                 ?
                2025-Q3  b     900_000.50                 0       -900_000.50

                         pays  to      kronor
                2025-Q3  b     a   900_000.50
                2025-Q3: pairs of which neither has told anything: 4
                """.replace('_', '\u00a0'));
        assertThat(printed(printer -> printer.printCsv(view)).lines())
                .containsExactly(
                        "period,issuer,payer,state,withheld,outcome,lines,amount_ore,payer_amount_ore,participants,agreement",
                        "2025-Q3,a.ex,b.ex,open,true,matched,1204,90000050,90000050,9,4f1c",
                        "2025-Q3,b.ex,a.ex,contradicting,false,,,,,,");
    }

    @Test
    void showsWhatIsWrongWithTheDataMemberByMemberAndInAll() {
        JsonNode view = derived("""
                {"derivation": "quality", "reads": {"dataset": "trials", "definition": "4f1c"},
                 "findings": [{"kind": "duplicate", "count": {"exact": 2}}, {"kind": "missing-milestone", "count": {"atLeast": 1204}}],
                 "conflicts": {"exact": 3}, "attributes": [{"attribute": "phase", "count": {"exact": 3}}],
                 "rows": [{"node": "a", "stale": true, "untold": 4, "rejected": 1, "conflicts": 3, "overruled": 2,
                   "findings": {"missing-milestone": 1204}}]}
                """);

        assertThat(printed(printer -> printer.printTable(view))).contains("""
                   findings  conflicts  overruled  periods untold  rejected
                a     1_204          3          2               4         1  stale

                                   findings
                duplicate                 2
                missing-milestone    ≥1_204

                trials on which members disagree
                phase                             3
                in all                            3
                """.replace('_', '\u00a0'));
        assertThat(printed(printer -> printer.printCsv(view)).lines())
                .containsExactly(
                        "node,stale,conflicts,overruled,untold,rejected,duplicate,missing-milestone",
                        "a,true,3,2,4,1,0,1204");
    }

    @Test
    void showsAccessForEachRegionAndHowUnequalItIs() {
        ObjectNode view = ViewPrinterTest.COSTS.deepCopy();
        view.set("derived", Json.parse("""
                {"derivation": "access", "per": 100000, "rows": [
                  {"period": "2024-Q1", "home-region": "12", "inhabitants": 1377827, "values": {
                    "amountOre": {"from": "0.00", "to": "7257.81"}}},
                  {"period": "2024-Q2", "home-region": "12", "inhabitants": 1377827, "values": {
                    "amountOre": {"atLeast": "14515.61"}}}],
                 "totals": [
                  {"period": "2024-Q1", "inhabitants": 10327589, "values": {"amountOre": {"exact": "3873.13"}},
                   "gini": {"amountOre": "0.412"}},
                  {"period": "2024-Q2", "inhabitants": 10327589, "values": {"amountOre": {"atLeast": "1936.57"}}, "gini": {}}]}
                """.getBytes(UTF_8)));

        assertThat(printed(printer -> printer.printTable(view))).contains("""
                for each 100_000 inhabitants
                home-region  inhabitants     2024-Q1  2024-Q2
                Scania         1_377_827  0.00–72.58  ≥145.15
                total         10_327_589       38.73   ≥19.36
                Gini                           0.412        –
                """.replace('_', '\u00a0'));
    }

    @Test
    void showsABoardOfStates() {
        JsonNode view = Json.parse("""
                {"title": {"sv": "Förslagen", "en": "Proposals"}, "dimensions": ["proposal", "colour"],
                 "codes": {"proposal": [{"code": "1", "label": {"sv": "Förslag 1", "en": "Proposal 1"}},
                     {"code": "2", "label": {"sv": "Förslag 2", "en": "Proposal 2"}}],
                   "colour": [{"code": "green", "label": {"sv": "Grönt", "en": "Green"}},
                     {"code": "red", "label": {"sv": "Rött", "en": "Red"}}]},
                 "measures": [{"name": "statuses", "aggregate": "count", "addsOverPeriods": true}],
                 "periods": ["2020"], "rows": [], "totals": [], "members": [], "notes": [],
                 "coverage": {"members": 1, "all": ["a"], "some": [], "none": [], "stale": []},
                 "derived": {"derivation": "board", "rows": [
                   {"proposal": "1", "period": "2020", "states": ["green"]},
                   {"proposal": "2", "period": "2020", "states": ["green", "red"]}],
                   "counts": {"green": 1, "red": 0}}}
                """.getBytes(UTF_8));

        assertThat(printed(printer -> printer.printTable(view))).contains("""
                proposal    colour
                Proposal 1  Green        2020
                Proposal 2  Green / Red  2020
                Green 1, Red 0
                """);
    }

    @Test
    void showsWhatEachPartyWouldBearUnderEachRule() {
        JsonNode view = derived("""
                {"derivation": "compensation", "baseline": "home-pays", "rows": [
                  {"period": "2024", "node": "a.example", "inhabitants": 10,
                   "bearsOre": {"home-pays": {"exact": 100000}, "fixed-price": {"exact": -50000}},
                   "gainsOre": {"fixed-price": {"exact": 150000}}},
                  {"period": "2024", "region": "13", "inhabitants": 10,
                   "bearsOre": {"home-pays": {"from": 0, "to": 200000}, "fixed-price": {"exact": 350000}},
                   "gainsOre": {}}],
                 "totals": [{"period": "2024", "totalOre": {"exact": 300000}, "gini": {"fixed-price": "0.250"}}]}
                """);

        assertThat(printed(printer -> printer.printTable(view))).contains("""
                2024 (kronor)  home pays  fixed price
                a.example          1_000         -500
                13               0–2_000        3_500
                Gini                   –        0.250
                """.replace('_', '\u00a0'));
    }

    @Test
    void showsPercentilesByGroupAndSaysWhenTheyAreOfAPart() {
        JsonNode view = Json.parse("""
                {"dataset": "lead-times", "title": {"sv": "Ledtider", "en": "Lead times"},
                 "dimensions": ["step", "days"],
                 "codes": {"step": [{"code": "a-to-b", "label": {"sv": "A till B", "en": "A to B"}}], "days": []},
                 "measures": [{"name": "steps", "aggregate": "count", "addsOverPeriods": true}],
                 "periods": ["2020"], "rows": [{"period": "2020", "step": "a-to-b", "days": "12", "values":
                   {"steps": {"atLeast": 4}}}], "totals": [], "members": [], "notes": [],
                 "coverage": {"members": 1, "all": ["a"], "some": [], "none": [], "stale": []},
                 "derived": {"derivation": "percentiles", "dimension": "days", "upTo": 365, "rows": [
                   {"period": "2020", "step": "a-to-b", "told": {"atLeast": 4}, "percentilesOfTold":
                     {"p10": {"exact": 1}, "p25": {"exact": 12}, "p50": {"exact": 12}, "p75": {"exact": 30},
                      "p90": {"atLeast": 366}}}],
                   "together": [{"step": "a-to-b", "told": {"atLeast": 4}, "percentilesOfTold":
                     {"p10": {"exact": 1}, "p25": {"exact": 12}, "p50": {"exact": 12}, "p75": {"exact": 30},
                      "p90": {"atLeast": 366}}}],
                   "largestMedian": {"step": "a-to-b"}}}
                """.getBytes(UTF_8));

        assertThat(printed(printer -> printer.printTable(view)))
                .startsWith("Lead times: steps")
                .contains("""
                        step              number  10 %  25 %  50 %  75 %  90 %
                        A to B  2020          ≥4     1    12    12    30  ≥366
                        A to B  together      ≥4     1    12    12    30  ≥366

                        percentiles of days: so many percent took no longer
                        ≥ before a number: a member has not told its part, and the percentiles are of what was told
                        largest median: A to B
                        """);
    }

    @Test
    void showsLeadTimesOfWholeTrialsAsATableAndAsCsv() {
        ObjectNode view = (ObjectNode) derived("""
                {"derivation": "lead-times", "by": "sponsor-class", "steps": [
                   {"step": "a-to-b", "label": {"sv": "A till B", "en": "A to B"}, "from": "a", "to": "b"}],
                 "rows": [
                   {"period": "2020", "step": "a-to-b", "code": "commercial", "reached": {"exact": 4}, "waiting": {"exact": 1},
                    "leftOut": {"exact": 2}, "percentiles": {"p10": {"exact": 1}, "p25": {"exact": 12}, "p50": {"exact": 12},
                    "p75": {"exact": 30}, "p90": {"exact": 1366}}},
                   {"period": "2021", "step": "a-to-b", "code": "commercial", "reached": {"atLeast": 0},
                    "waiting": {"atLeast": 3}, "leftOut": {"atLeast": 0}}],
                 "together": [
                   {"step": "a-to-b", "code": "commercial", "reached": {"atLeast": 4}, "waiting": {"atLeast": 4},
                    "leftOut": {"atLeast": 2}, "percentilesOfTold": {"p10": {"exact": 1}, "p25": {"exact": 12},
                    "p50": {"exact": 12}, "p75": {"exact": 30}, "p90": {"exact": 1366}}}],
                 "slowest": [{"step": "a-to-b", "code": "commercial", "median": 12}]}
                """);
        view.set("codes", Json.parse("""
                {"sponsor-class": [{"code": "commercial", "label": {"sv": "kommersiell", "en": "industry"}}]}
                """.getBytes(UTF_8)));

        assertThat(printed(printer -> printer.printTable(view))).contains("""
                                  sponsor-class  reached  waiting  left out  10 %  25 %  50 %  75 %   90 %
                A to B  2020      industry             4        1         2     1    12    12    30  1_366
                A to B  2021      industry            ≥0       ≥3        ≥0     –     –     –     –      –
                A to B  together  industry            ≥4       ≥4        ≥2     1    12    12    30  1_366

                percentiles of days: so many percent took no longer; left out: dates in the wrong order or without a day
                ≥ before a number: a member has not told its part, and the percentiles are of what was told
                slowest step (industry): A to B, median 12 days
                """.replace('_', '\u00a0'));
        assertThat(printed(printer -> printer.printCsv(view)).lines())
                .containsExactly(
                        "period,sponsor-class,step,complete,reached,waiting,left_out,p10,p25,p50,p75,p90",
                        "2020,commercial,a-to-b,true,4,1,2,1,12,12,30,1366",
                        "2021,commercial,a-to-b,false,0,3,0,,,,,",
                        "together,commercial,a-to-b,false,4,4,2,1,12,12,30,1366");
    }

    private static JsonNode derived(String json) {
        ObjectNode view = TRIALS.deepCopy();
        view.set("derived", Json.parse(json.getBytes(UTF_8)));
        return view;
    }
}
