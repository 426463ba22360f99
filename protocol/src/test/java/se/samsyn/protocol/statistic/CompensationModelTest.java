package se.samsyn.protocol.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.protocol.statistic.CompensationModel.FIXED_PRICE;
import static se.samsyn.protocol.statistic.CompensationModel.HOME_PAYS;
import static se.samsyn.protocol.statistic.CompensationModel.PER_INHABITANT;
import static se.samsyn.protocol.statistic.CompensationModel.SHARED;
import static se.samsyn.protocol.statistic.CompensationModel.STUDY_PAYS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.statistic.CompensationModel.Burden;
import se.samsyn.protocol.statistic.CompensationModel.Flow;

class CompensationModelTest {
    private static final int PARTIES = 5;
    private static final List<String> CATEGORIES = List.of("visit", "inpatient", "travel");

    private final Random random = new Random(20_261_123);

    @Test
    void letsTheHomeOrThePlaceOfTheStudyPayOrBothByHalves() {
        List<Flow> flows = List.of(flow(0, 1, "visit", 101, 1), flow(0, 0, "visit", 50, 1), flow(1, 0, "visit", 8, 1));
        long[] people = {3, 1};

        assertThat(HOME_PAYS.burdens(flows, people)).contains(exactly(58, 101));
        assertThat(STUDY_PAYS.burdens(flows, people)).contains(exactly(151, 8));
        assertThat(SHARED.burdens(flows, people)).contains(exactly(51 + 50 + 4, 50 + 4));
        // 159 by 3 to 1 is 119.25 and 39.75: the öre that is left goes to the larger remainder
        assertThat(PER_INHABITANT.burdens(flows, people)).contains(exactly(119, 40));
    }

    @Test
    void pricesEachItemByTheMeanOfItsCategory() {
        // visits cost 100 and 300, in the mean 200; each party's patient is at the other's
        List<Flow> flows = List.of(flow(0, 1, "visit", 100, 1), flow(1, 0, "visit", 300, 1));

        // the first is paid 200 for what cost 100, and pays 200: it bears 100 - 200 + 200
        assertThat(FIXED_PRICE.burdens(flows, new long[] {1, 1})).contains(exactly(100, 300));
        assertThat(FIXED_PRICE.burdens(List.of(flow(0, 1, "visit", 100, 1), flow(1, 1, "visit", 300, 1)), new long[2]))
                .contains(exactly(-100, 500));
    }

    @Test
    void cannotPriceWhatIsToldTogetherOrShareAmongNobody() {
        Flow pooled = new Flow(0, List.of(0, 1), Optional.empty(), 10, 2, 2);

        assertThat(FIXED_PRICE.burdens(List.of(pooled), new long[] {1, 1})).isEmpty();
        assertThat(PER_INHABITANT.burdens(List.of(pooled), new long[] {0, 0})).isEmpty();
    }

    @Test
    void preservesTheTotalUnderEveryRule() {
        for (int i = 0; i < 300; i++) {
            List<Flow> flows = flows();
            long total = flows.stream().mapToLong(Flow::amountOre).sum();
            long[] people = random.longs(PARTIES, 0, 1_000_000).toArray();
            people[0] = 1;
            for (CompensationModel model : CompensationModel.values()) {
                List<Burden> burdens = model.burdens(flows, people).orElseThrow();
                assertThat(burdens).allMatch(Burden::isExact);
                assertThat(burdens.stream().mapToLong(Burden::low).sum())
                        .as(model.word())
                        .isEqualTo(total);
            }
        }
    }

    @Test
    void keepsTheTruthWithinItsRangesWhenCellsAreToldTogether() {
        for (int i = 0; i < 300; i++) {
            List<Flow> flows = flows();
            long[] people = random.longs(PARTIES, 1, 1_000_000).toArray();
            List<Flow> told = pooled(flows);
            for (CompensationModel model : List.of(HOME_PAYS, STUDY_PAYS, SHARED, PER_INHABITANT)) {
                List<Burden> truth = model.burdens(flows, people).orElseThrow();
                List<Burden> ranges = model.burdens(told, people).orElseThrow();
                for (int party = 0; party < PARTIES; party++) {
                    assertThat(truth.get(party).low())
                            .as(model.word())
                            .isBetween(
                                    ranges.get(party).low(), ranges.get(party).high());
                }
            }
        }
    }

    /** Some cells of one place of study become one. */
    private List<Flow> pooled(List<Flow> flows) {
        List<Flow> kept = new ArrayList<>();
        List<Flow> together = new ArrayList<>();
        for (Flow flow : flows) {
            (flow.study() == 0 && random.nextInt(3) > 0 ? together : kept).add(flow);
        }
        if (together.size() < 2) {
            return flows;
        }
        TreeSet<Integer> homes = new TreeSet<>();
        together.forEach(flow -> homes.addAll(flow.homes()));
        kept.add(new Flow(
                0,
                List.copyOf(homes),
                Optional.empty(),
                together.stream().mapToLong(Flow::amountOre).sum(),
                together.stream().mapToLong(Flow::items).sum(),
                together.size()));
        return kept;
    }

    private List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        for (int study = 0; study < PARTIES; study++) {
            for (int home = 0; home < PARTIES; home++) {
                for (String category : CATEGORIES) {
                    if (random.nextInt(3) > 0) {
                        flows.add(flow(study, home, category, random.nextInt(1_000_000), 1 + random.nextInt(50)));
                    }
                }
            }
        }
        return flows;
    }

    private static Flow flow(int study, int home, String category, long amountOre, long items) {
        return new Flow(study, List.of(home), Optional.of(category), amountOre, items, 1);
    }

    private static List<Burden> exactly(long... burdens) {
        return Arrays.stream(burdens).mapToObj(one -> new Burden(one, one)).toList();
    }
}
