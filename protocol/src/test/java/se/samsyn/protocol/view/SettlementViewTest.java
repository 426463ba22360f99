package se.samsyn.protocol.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.summary.Roster;
import se.samsyn.protocol.summary.RosterRow;

/** What pairs of members tell of their settlements, and what follows nationally. */
class SettlementViewTest {
    private static final String Q1 = "2024-Q1";
    private static final String TODAY = "2024-05-20";
    /** Those that speak for regions; D speaks for none. */
    private static final List<String> REGIONS = List.of(A, B, C);

    private final TestNetwork network = new TestNetwork(TestDefinitions.settlement());
    private final DatasetDefinition settlement = network.open;

    @Test
    void aPairThatTellsAlikeHasAgreedAndIsNetted() {
        release(A, row(A, B, 1, "matched", 4, 900_000, 9), row(B, A, 2, "matched", 3, 300_000, 8));
        release(B, row(A, B, 1, "matched", 4, 900_000, 9), row(B, A, 2, "matched", 3, 300_000, 8));
        release(C);

        JsonNode derived = derived();

        assertThat(derived.path("rows").findValuesAsText("state")).containsExactly("agreed", "agreed");
        assertThat(derived.path("rows").path(0).path("tellers")).hasToString("[\"a.example\",\"b.example\"]");
        // B owes 9 000 kronor and is owed 3 000
        assertThat(derived.path("payments"))
                .hasToString("[{\"period\":\"2024-Q1\",\"from\":\"b.example\",\"to\":\"a.example\","
                        + "\"amountOre\":600000}]");
        assertThat(pairs(derived)).isEqualTo(Map.of("agreed", 2L, "silent", 4L));
        // nobody knows what A and C owe one another
        assertThat(member(derived, A).path("isOwedOre")).hasToString("{\"atLeast\":900000}");
        assertThat(member(derived, A).has("balanceOre")).isFalse();
        // 300,000 öre over 2.4 million people
        assertThat(member(derived, A).path("owesPerThousandOre")).hasToString("{\"atLeast\":\"125.00\"}");
    }

    @Test
    void nothingIsOwedOnOnesWordOrOnContradictingWords() {
        release(A, row(A, B, 1, "matched", 4, 900_000, 9), row(A, C, 2, "matched", 4, 500_000, 9));
        release(B, row(A, B, 1, "matched", 4, 900_001, 9));
        release(C);

        JsonNode derived = derived();

        assertThat(derived.path("rows").findValuesAsText("state")).containsExactly("contradicting", "one-sided");
        assertThat(derived.path("rows").path(0).path("totals")).isEmpty();
        assertThat(derived.path("rows").path(1).path("totals")).hasSize(1);
        assertThat(derived.path("payments")).isEmpty();
        assertThat(member(derived, B).path("owesOre")).hasToString("{\"atLeast\":0}");
    }

    @Test
    void whatIsWithheldIsNoZero() {
        for (String node : List.of(A, B)) {
            release(
                    node,
                    row(A, B, 1, "matched", 4, 900_000, 9),
                    withheld(A, B, 1),
                    row(B, A, 2, "matched", 0, 0, 0),
                    withheld(A, C, 3));
        }

        JsonNode rows = derived().path("rows");

        // B may not speak of A and C, so its summary does not count
        assertThat(rows.findValuesAsText("state")).containsExactly("one-sided", "one-sided", "one-sided");
        assertThat(network.picture().rejectedSummaries())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).contains("is no settlement of b.example"));
        assertThat(rows.path(0).path("withheld").asBoolean()).isTrue();
        assertThat(rows.path(1).path("withheld").asBoolean()).isTrue();
        assertThat(rows.path(1).path("totals")).isEmpty();
        assertThat(rows.path(2).path("totals").path(0).path("amountOre").asLong())
                .isZero();
    }

    @Test
    void equalsABruteForceSumOverGeneratedPairsAndNettingKeepsEveryBalance() {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TestNetwork made = new TestNetwork(TestDefinitions.settlement());
            Map<String, List<RosterRow>> told = new TreeMap<>();
            REGIONS.forEach(node -> told.put(node, new ArrayList<>()));
            Map<String, Long> expected = new HashMap<>();
            Map<String, Long> states = new TreeMap<>();
            for (String issuer : REGIONS) {
                for (String payer : REGIONS) {
                    if (!issuer.equals(payer)) {
                        String state = tell(random, issuer, payer, told, expected);
                        states.merge(state, 1L, Long::sum);
                    }
                }
            }
            states.putIfAbsent("silent", 0L);
            told.forEach((node, rows) -> release(made, node, rows));

            JsonNode derived =
                    made.view(made.open, TODAY, "to=" + Q1, "derive=settlement").path("derived");

            assertThat(pairs(derived)).as("seed %d", seed).isEqualTo(states);
            Map<String, Long> balances = new HashMap<>();
            derived.path("payments").forEach(payment -> {
                balances.merge(
                        payment.path("from").asText(),
                        -payment.path("amountOre").asLong(),
                        Long::sum);
                balances.merge(
                        payment.path("to").asText(), payment.path("amountOre").asLong(), Long::sum);
            });
            balances.values().removeIf(balance -> balance == 0);
            expected.values().removeIf(balance -> balance == 0);
            assertThat(balances).as("seed %d", seed).isEqualTo(expected);
            assertThat(derived.path("payments").size()).isLessThan(REGIONS.size());
        }
    }

    @Test
    void showsTheSameBytesInWhateverOrderReleasesArrive() {
        release(A, row(A, B, 1, "matched", 4, 900_000, 9));
        release(B, row(A, B, 1, "matched", 4, 900_000, 9));
        byte[] first = network.picture()
                .view(TestNetwork.query(settlement, "derive=settlement"), network.basis(TODAY))
                .encode();
        NationalPicture other = network.emptyPicture();
        for (String node : List.of(B, A, D, C)) {
            other.advance(node, 0, network.logs.get(node), network::heldBody);
        }
        assertThat(other.view(TestNetwork.query(settlement, "derive=settlement"), network.basis(TODAY))
                        .encode())
                .asString(UTF_8)
                .isEqualTo(new String(first, UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "b.example # c.example # matched # 4 # 9 # is no settlement of a.example",
                "a.example # a.example # matched # 4 # 9 # is no settlement of a.example",
                "a.example # b.example # matched # 4 # 4 # covers 4 participants, fewer than k = 5",
                "a.example # b.example # disputed # 0 # 0 # covers 0 participants, fewer than k = 5",
                "a.example # b.example # withheld # 4 # 9 # tells lines of what is withheld"
            })
    void rejectsWhatMayNotBeTold(
            String issuer, String payer, String outcome, long lines, long participants, String reason) {
        release(A, row(issuer, payer, 1, outcome, lines, lines * 1000, participants));

        assertThat(network.picture().rejectedSummaries())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).contains(reason));
    }

    @Test
    void rejectsOneAgreementToldInTwoWays() {
        Hash first = release(A, row(A, B, 1, "matched", 4, 900_000, 9));
        network.release(A, settlement, Q1, Optional.of(first), roster(row(A, B, 1, "matched", 4, 800_000, 9)));

        assertThat(network.picture().rejectedSummaries())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).contains("was told with other numbers before"));
    }

    @Test
    void rejectsTwoAgreementsOfOnePair() {
        release(A, row(A, B, 1, "matched", 4, 900_000, 9), row(A, B, 2, "disputed", 4, 900_000, 9));

        assertThat(network.picture().rejectedSummaries())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).contains("is of another agreement"));
    }

    @Test
    void isNotAskedOfWhatSaysNothingOfIt() {
        assertThatThrownBy(() -> TestNetwork.query(TestDefinitions.units(), "derive=settlement"))
                .hasMessageContaining("needs a roster of what pairs of members have settled");
    }

    /** Makes up what the two tell; gives the state of the pair, and adds what is owed to the balances. */
    private static String tell(
            SplittableRandom random,
            String issuer,
            String payer,
            Map<String, List<RosterRow>> told,
            Map<String, Long> balances) {
        int agreement = random.nextInt(1_000_000);
        long amount = 1L + random.nextInt(1_000_000);
        List<RosterRow> rows = new ArrayList<>(List.of(row(issuer, payer, agreement, "matched", 3, amount, 9)));
        boolean open = random.nextInt(4) == 0;
        if (open) {
            rows.add(
                    random.nextBoolean()
                            ? withheld(issuer, payer, agreement)
                            : row(issuer, payer, agreement, "disputed", 2, 77, 6));
        }
        switch (random.nextInt(5)) {
            case 0 -> {
                return "silent";
            }
            case 1 -> {
                told.get(random.nextBoolean() ? issuer : payer).addAll(rows);
                return "one-sided";
            }
            case 2 -> {
                told.get(issuer).addAll(rows);
                told.get(payer).add(row(issuer, payer, agreement + 1, "matched", 3, amount, 9));
                return "contradicting";
            }
            default -> {
                told.get(issuer).addAll(rows);
                told.get(payer).addAll(rows);
                balances.merge(issuer, amount, Long::sum);
                balances.merge(payer, -amount, Long::sum);
                return open ? "open" : "agreed";
            }
        }
    }

    private JsonNode derived() {
        return network.view(settlement, TODAY, "to=" + Q1, "derive=settlement").path("derived");
    }

    private static JsonNode member(JsonNode derived, String node) {
        for (JsonNode member : derived.path("members")) {
            if (member.path("node").asText().equals(node)) {
                return member;
            }
        }
        throw new AssertionError("no member " + node + " in " + derived);
    }

    private static Map<String, Long> pairs(JsonNode derived) {
        Map<String, Long> pairs = new TreeMap<>();
        derived.path("pairs")
                .forEach(pair -> pairs.put(
                        pair.path("state").asText(), pair.path("count").asLong()));
        return pairs;
    }

    private Hash release(String node, RosterRow... rows) {
        return release(network, node, List.of(rows));
    }

    private static Hash release(TestNetwork network, String node, List<RosterRow> rows) {
        return network.release(node, network.open, Q1, roster(network.open, rows));
    }

    private Roster roster(RosterRow... rows) {
        return roster(settlement, List.of(rows));
    }

    private static Roster roster(DatasetDefinition definition, List<RosterRow> rows) {
        return new Roster(
                definition.roster().orElseThrow(), rows.stream().sorted().toList());
    }

    private static RosterRow row(
            String issuer, String payer, int agreement, String outcome, long lines, long amount, long participants) {
        return row(
                issuer,
                payer,
                agreement,
                outcome,
                List.of(
                        List.of(Long.toString(lines)),
                        List.of(Long.toString(amount)),
                        List.of(Long.toString(amount)),
                        List.of(Long.toString(participants))));
    }

    private static RosterRow withheld(String issuer, String payer, int agreement) {
        return row(issuer, payer, agreement, "withheld", List.of(List.of(), List.of(), List.of(), List.of()));
    }

    private static RosterRow row(
            String issuer, String payer, int agreement, String outcome, List<List<String>> numbers) {
        List<List<String>> cells = new ArrayList<>(List.of(
                List.of(issuer),
                List.of(payer),
                List.of(Hash.sha256(("agreement " + agreement).getBytes(UTF_8)).toHex()),
                List.of(outcome)));
        cells.addAll(numbers);
        return new RosterRow(issuer + "." + payer + "." + outcome, cells, Optional.empty());
    }
}
