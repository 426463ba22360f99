package se.samsyn.node;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.config.Role;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.release.ReleaseReport;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;

class SummaryTravelsTest {
    private static final String QUARTER = "2026-Q2";
    private static final String DAY = "2026-05-11";

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra", "sodra", "sydostra");

    private final String tenPersons = Costs.in("24").persons(0, 10, "24", DAY).csv();

    @Test
    void reachesEveryNodeWhichThenGivesTheSameBytes() throws IOException {
        federation.node("norra").importRecords(RecordKind.COST_ITEM, tenPersons);
        String vastra =
                Costs.in("14").persons(0, 7, "14", DAY).persons(0, 6, "01", DAY).csv();
        federation.node("vastra").importRecords(RecordKind.COST_ITEM, vastra);
        federation.awaitAgreement();

        assertThat(federation
                        .node("sodra")
                        .total("costs", QUARTER, "participants")
                        .path("atLeast")
                        .asLong())
                .as("10 of Norra and 13 of Västra; the others have said nothing")
                .isEqualTo(23);
        byte[] first = federation.node("norra").view("costs").encode();
        assertThat(federation.nodes())
                .allMatch(node -> Arrays.equals(first, node.view("costs").encode()));
        for (RegionNode node : federation.nodes()) {
            assertThat(node.user()
                            .get("/api/v1/views/costs?at=" + TestFederation.START, node.token(Role.COORDINATOR))
                            .body())
                    .as("over HTTP at " + node.name())
                    .isEqualTo(first);
        }
    }

    @Test
    void isNotReleasedAnewBecauseOfTheSameFile() {
        RegionNode norra = federation.node("norra");
        norra.importRecords(RecordKind.COST_ITEM, tenPersons);
        long size = norra.node().logSize();

        ReleaseReport again =
                norra.importRecords(RecordKind.COST_ITEM, tenPersons).get(0);

        assertThat(again.released()).isEmpty();
        assertThat(again.unchanged()).isEqualTo(1);
        assertThat(norra.node().logSize()).isEqualTo(size);
    }

    @Test
    void tellsOfNothingOnlyOnAPersonsWord() {
        RegionNode norra = federation.node("norra");

        ReleaseReport byRule =
                norra.importRecords(RecordKind.COST_ITEM, tenPersons).get(0);
        ReleaseReport byPerson = norra.node().intake().release("costs", Set.of());

        assertThat(byRule.released()).as("only the quarter that has records").hasSize(1);
        assertThat(byPerson.released()).as("the other ended quarters: zero").hasSize(10);
    }

    @Test
    void isWithdrawnEverywhereByARetraction() {
        RegionNode norra = federation.node("norra");
        norra.importRecords(RecordKind.COST_ITEM, tenPersons);
        federation.awaitAgreement();
        assertThat(federation.nodes())
                .allMatch(node -> node.stateOf(norra, "costs", QUARTER).equals("reported"));

        norra.retract("costs", QUARTER);
        federation.awaitAgreement();

        assertThat(federation.nodes())
                .allMatch(node -> node.stateOf(norra, "costs", QUARTER).equals("withdrawn"));
        for (RegionNode node : federation.nodes()) {
            node.stop();
            try (Store store = node.openStore()) {
                StoredLog log = node.logIn(store, norra.name());
                assertThat(log.entries(0, log.head().size()))
                        .as("bodies of " + QUARTER + " at " + node.name())
                        .filteredOn(entry -> SignedStatement.verify(entry, federation.root(), norra.name())
                                                .statement()
                                        instanceof SummaryStatement summary
                                && summary.period().toString().equals(QUARTER)
                                && log.body(summary.sha256()).isPresent())
                        .isEmpty();
            }
        }
    }

    @Test
    void isReplacedByItsCorrectionAndNeverCountedTwice() {
        RegionNode norra = federation.node("norra");
        norra.importRecords(RecordKind.COST_ITEM, tenPersons);
        federation.awaitAgreement();

        ReleaseReport corrected = norra.importRecords(
                        RecordKind.COST_ITEM,
                        Costs.in("24").persons(0, 15, "24", DAY).csv())
                .get(0);
        assertThat(corrected.released()).hasSize(1);

        soon().untilAsserted(() -> assertThat(federation.nodes())
                .allSatisfy(node -> assertThat(node.total("costs", QUARTER, "participants")
                                .path("atLeast")
                                .asLong())
                        .as("persons at " + node.name())
                        .isEqualTo(15)));
    }

    @Test
    void isNotCorrectedByFewerPersonsThanACellMustCover() {
        RegionNode norra = federation.node("norra");
        norra.importRecords(RecordKind.COST_ITEM, tenPersons);

        ReleaseReport waiting = norra.importRecords(
                        RecordKind.COST_ITEM,
                        Costs.in("24").persons(0, 12, "24", DAY).csv())
                .get(0);

        assertThat(waiting.released()).isEmpty();
        assertThat(waiting.waiting()).containsOnlyKeys(QUARTER);
    }
}
