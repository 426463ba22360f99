package se.samsyn.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.protect.CellExplanation;
import se.samsyn.node.protect.CellExplanation.Reason;
import se.samsyn.node.protect.Draft;
import se.samsyn.node.protect.Protector;
import se.samsyn.node.record.ImportReport;
import se.samsyn.node.record.RecordImport;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.record.RecordStore;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.node.tabulate.Tabulation;
import se.samsyn.node.tabulate.Tabulator;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.Scope;

/**
 * What becomes of the synthetic costs when a node imports, tabulates and protects them: every state is there in the
 * first year.
 */
final class DemoCostStatesTest {
    private static final long SEED = SyntheticCosts.DEMO_SEED;
    private static final List<Period> YEAR =
            List.of(Period.parse("2024-Q1"), Period.parse("2024-Q2"), Period.parse("2024-Q3"), Period.parse("2024-Q4"));
    private static final Map<String, byte[]> DEMO = NetworkFiles.resources("/se/samsyn/config/demo");
    private static final DatasetDefinition COSTS = NetworkFiles.shipped().definitions().stream()
            .filter(definition -> definition.dataset().equals("costs"))
            .findFirst()
            .orElseThrow();

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"norra", "mellansverige", "stockholm-gotland", "vastra", "sydostra", "sodra"})
    void publishesLargeCellsAndPoolsSmallOnesAtEveryNode(String node) {
        assertThat(reasons(node, "2024-Q3", "2024-Q1", "2024-Q4")).contains(Reason.PUBLISHED, Reason.FEW_PERSONS);
    }

    @Test
    void poolsACellThatOneTrialDominates() {
        assertThat(reasons("vastra", "2024-Q1")).contains(Reason.DOMINANCE, Reason.PUBLISHED);
    }

    @Test
    void withholdsATableOfTooFewPersons() {
        assertThat(reasons("norra", "2024-Q2")).containsExactly(Reason.WITHHELD);
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(reasons("sydostra", "2024-Q3")).isEmpty();
    }

    @Test
    void publishesWhatWasCredited() {
        assertThat(reasons("mellansverige", "2024-Q2")).contains(Reason.PUBLISHED);
        assertThat(costs("mellansverige", List.of(Period.parse("2024-Q2")))).contains(",credit-note,");
    }

    private Set<Reason> reasons(String node, String... quarters) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        try (Store store = Store.create(folder.resolve("store"), new StoreIdentity(node, Hash.sha256()))) {
            RecordStore records = new RecordStore(store, new Scope(Set.copyOf(SyntheticCosts.REGIONS)));
            RecordImport imports = new RecordImport(records, NetworkFiles.shipped());
            imports.importCsv(RecordKind.TRIAL, DEMO.get(node + "/trial.csv"));
            imports.importCsv(RecordKind.SITE, DEMO.get(node + "/site.csv"));
            ImportReport report =
                    imports.importCsv(RecordKind.COST_ITEM, costs(node, YEAR).getBytes(UTF_8));
            assertThat(report.warnings()).isEmpty();
            Map<Period, Tabulation> tabulations = new Tabulator().tabulate(COSTS, records);
            for (String quarter : quarters) {
                Period period = Period.parse(quarter);
                Tabulation tabulation = tabulations.getOrDefault(period, Tabulator.empty(COSTS, period));
                Draft draft = (Draft) Protector.protect(COSTS, tabulation, Protector.NOT_RAISED, List.of());
                draft.explanations().stream().map(CellExplanation::reason).forEach(reasons::add);
            }
        }
        return reasons;
    }

    private static String costs(String node, List<Period> quarters) {
        List<StudySite> sites = StudySite.parse(new String(DEMO.get(node + "/site.csv"), UTF_8));
        return new SyntheticCosts(SEED).csv(node, sites, quarters);
    }
}
