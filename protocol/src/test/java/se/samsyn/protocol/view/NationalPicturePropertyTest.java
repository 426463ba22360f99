package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.RegisterRow;

/** Networks made by chance: what they show depends on what was said, and on nothing else. */
class NationalPicturePropertyTest {
    private static final String TODAY = "2022-06-01";
    private static final List<String> PHASES = List.of("I", "II", "III", "unknown");
    private static final List<String> CLASSES = List.of("commercial", "non-commercial", "unknown");
    private static final List<String> STATUSES =
            List.of("approved", "recruiting", "recruiting", "completed", "completed", "refused", "unknown");
    private static final List<String> CONDITIONS = List.of("", "C83.1", "C83.3", "C83.3,D46", "D46.9");
    private static final List<String> PRODUCTS = List.of("", "", "alpha-cel", "beta-vec");
    private static final List<String> QUARTERS = List.of("2024-Q1", "2024-Q2", "2024-Q3");

    private final TestNetwork network = new TestNetwork(TestDefinitions.measures(), TestDefinitions.timedTrials());
    /** What counts in the end, kept by the test itself: live rows by node and period. */
    private final Map<String, List<RegisterRow>> liveRows = new TreeMap<>();
    /** Live participants by quarter, node and region. */
    private final Map<String, Map<String, Long>> liveCosts = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesTheSameBytesInWhateverOrderEntriesArrive(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        fill(random);
        List<String> expected = views(network.picture());
        for (int round = 0; round < 4; round++) {
            NationalPicture picture = network.emptyPicture();
            arriveByChance(picture, random);
            assertThat(views(picture)).as("seed %d, round %d", seed, round).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void countsTrialsAsAFewLinesOfTheTestDo(long seed) {
        fill(new SplittableRandom(seed));
        Map<String, Integer> byYear = new TreeMap<>();
        Map<String, Integer> byPhaseAndRegion = new TreeMap<>();
        for (List<RegisterRow> trial : Recount.components(
                liveRows.values().stream().flatMap(List::stream).toList())) {
            RegisterRow first = Recount.earliest(trial);
            String year = Recount.yearOf(trial);
            byYear.merge(year, 1, Integer::sum);
            for (String region : Recount.regions(trial)) {
                byPhaseAndRegion.merge(year + " " + Recount.phase(trial, first) + " " + region, 1, Integer::sum);
            }
        }

        JsonNode view = network.view(network.trials, TODAY, "group=phase", "by=region");

        Map<String, Integer> totals = new TreeMap<>();
        view.get("totals").forEach(row -> putNonzero(totals, row.get("period").textValue(), row));
        assertThat(totals).as("seed %d", seed).isEqualTo(byYear);
        Map<String, Integer> rows = new TreeMap<>();
        view.get("rows")
                .forEach(row -> putNonzero(
                        rows,
                        row.get("period").textValue() + " " + row.get("phase").textValue() + " "
                                + row.get("region").textValue(),
                        row));
        assertThat(rows).as("seed %d", seed).isEqualTo(byPhaseAndRegion);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
    void findsOverlapsAsLookingAtEveryPairDoes(long seed) {
        fill(new SplittableRandom(seed));
        List<OverlapRecount> trials =
                Recount.components(
                                liveRows.values().stream().flatMap(List::stream).toList())
                        .stream()
                        .map(rows -> new OverlapRecount(rows, TODAY))
                        .toList();
        Map<String, String> expected = new TreeMap<>();
        for (String subject : List.of("C83", "D46", "alpha-cel", "beta-vec")) {
            int sure = 0;
            int possible = 0;
            for (int i = 0; i < trials.size(); i++) {
                for (int j = 0; j < i; j++) {
                    OverlapRecount.Pair pair = trials.get(i).with(trials.get(j), subject);
                    sure += pair == OverlapRecount.Pair.SURE ? 1 : 0;
                    possible += pair == OverlapRecount.Pair.NONE ? 0 : 1;
                }
            }
            if (possible > 0) {
                expected.put(subject, sure + (sure == possible ? "" : "-" + possible));
            }
        }

        JsonNode derived = network.view(network.trials, TODAY, "derive=overlap").path("derived");

        Map<String, String> found = new TreeMap<>();
        derived.path("rows").forEach(row -> {
            JsonNode pairs = row.path("pairs");
            String sure = pairs.elements().next().asText();
            found.put(
                    row.path("subject").asText(),
                    pairs.has("to") ? sure + "-" + pairs.path("to").asText() : sure);
        });
        boolean complete = derived.path("rows").findValues("atLeast").isEmpty();
        if (!complete) {
            expected.replaceAll((subject, pairs) -> pairs.replaceFirst("-.*", ""));
        }
        assertThat(found).as("seed %d", seed).isEqualTo(expected);
        assertThat(derived.path("count").asInt()).isEqualTo(expected.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43, 44, 45, 46, 47, 48})
    void tellsLeadTimesAsLookingAtEveryTrialDoes(long seed) {
        fill(new SplittableRandom(seed));
        LeadTimesRecount expected = new LeadTimesRecount(Recount.components(
                liveRows.values().stream().flatMap(List::stream).toList()));

        JsonNode plain =
                network.view(network.trials, TODAY, "derive=lead-times").path("derived");
        JsonNode byPhase = network.view(network.trials, TODAY, "derive=lead-times", "group=phase")
                .path("derived");
        JsonNode two = network.view(network.trials, TODAY, "derive=lead-times", "from=2019", "to=2020")
                .path("derived");

        List<String> all = List.of("2018", "2019", "2020", "2021", "unknown");
        assertThat(LeadTimesRecount.told(plain)).as("seed %d", seed).isEqualTo(expected.rows(all, false));
        assertThat(LeadTimesRecount.told(byPhase)).as("seed %d", seed).isEqualTo(expected.rows(all, true));
        assertThat(LeadTimesRecount.told(two))
                .as("seed %d", seed)
                .isEqualTo(expected.rows(List.of("2019", "2020"), false));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void addsCellsAsAFewLinesOfTheTestDo(long seed) {
        fill(new SplittableRandom(seed));
        Map<String, Long> expected = new TreeMap<>();
        liveCosts.forEach((key, cells) -> cells.forEach((region, participants) ->
                expected.merge(key.substring(key.indexOf(' ') + 1) + " " + region, participants, Long::sum)));

        Map<String, Long> shown = new TreeMap<>();
        network.view(network.costs, "2024-12-01").get("rows").forEach(row -> {
            long value = row.at("/values/participants").elements().next().longValue();
            if (value > 0) {
                shown.put(
                        row.get("period").textValue() + " "
                                + row.get("home-region").textValue(),
                        value);
            }
        });

        assertThat(shown).as("seed %d", seed).isEqualTo(expected);
    }

    /** Releases, revisions, replays and retractions of both datasets by all members. */
    private void fill(SplittableRandom random) {
        for (String node : TestNetwork.NODES) {
            for (String period : List.of("2018", "2019", "2020", "2021", "unknown")) {
                fillTrials(random, node, period);
            }
            for (String quarter : QUARTERS) {
                fillCosts(random, node, quarter);
            }
        }
    }

    private void fillTrials(SplittableRandom random, String node, String period) {
        Optional<Hash> head = Optional.empty();
        String key = node + " " + period;
        for (int revisions = random.nextInt(4); revisions > 0; revisions--) {
            Set<RegisterRow> rows = new HashSet<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                rows.add(randomTrial(random, node, period));
            }
            Optional<Hash> named = random.nextInt(5) == 0 ? Optional.of(Hash.sha256(new byte[9])) : head;
            Hash leaf = network.release(node, network.trials, period, named, network.register(rows));
            if (named.equals(head)) {
                head = Optional.of(leaf);
                liveRows.put(key, List.copyOf(rows));
            }
        }
        if (head.isPresent() && random.nextInt(8) == 0) {
            network.retract(node, head.get());
            liveRows.remove(key);
        }
    }

    /** Few numbers, so that many rows share one: at different members, in different years, with different facts. */
    private static RegisterRow randomTrial(SplittableRandom random, String node, String period) {
        boolean unknown = period.equals("unknown");
        Set<String> ids = new TreeSet<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            ids.add("NCT000000" + (10 + random.nextInt(60)));
        }
        boolean derived = !unknown && random.nextInt(4) == 0;
        if (derived) {
            ids.add(period + "-00000" + random.nextInt(9) + "-11");
        }
        String month = String.format(Locale.ROOT, "-%02d", 1 + random.nextInt(12));
        String start = unknown || derived ? "" : random.nextBoolean() ? period : period + month;
        List<String> scope = List.of(TestNetwork.SCOPES.get(node).split(",", -1));
        String places = random.nextInt(3) == 0 ? String.join(",", scope) : scope.get(random.nextInt(scope.size()));
        String end = random.nextInt(3) > 0 ? "" : "20" + (18 + random.nextInt(6)) + (random.nextBoolean() ? "" : month);
        RegisterRow row = TestNetwork.trial(
                String.join(",", ids),
                start,
                PHASES.get(random.nextInt(PHASES.size())),
                CLASSES.get(random.nextInt(CLASSES.size())),
                places);
        RegisterRow open = TestNetwork.openTrial(
                row,
                end,
                STATUSES.get(random.nextInt(STATUSES.size())),
                CONDITIONS.get(random.nextInt(CONDITIONS.size())),
                PRODUCTS.get(random.nextInt(PRODUCTS.size())),
                random.nextInt(3));
        return TestNetwork.timedTrial(open, randomDate(random), randomDate(random), randomDate(random));
    }

    /** Often a day, and often in the order that it should be. */
    private static String randomDate(SplittableRandom random) {
        LocalDate day = LocalDate.of(2018, 1, 1).plusDays(random.nextInt(4 * 365));
        return switch (random.nextInt(8)) {
            case 0, 1 -> "";
            case 2 -> day.toString().substring(0, random.nextBoolean() ? 4 : 7);
            default -> day.toString();
        };
    }

    private void fillCosts(SplittableRandom random, String node, String quarter) {
        Optional<Hash> head = Optional.empty();
        for (int revisions = 1 + random.nextInt(2); revisions > 0; revisions--) {
            // far enough from one another that any revision of any cell is allowed
            long base = revisions * 1_000L;
            Map<String, Long> cells = new TreeMap<>();
            for (String region : List.of("01", "03", "12")) {
                cells.put(region, base + random.nextInt(50));
            }
            Cell[] content = cells.entrySet().stream()
                    .map(cell -> network.cell(cell.getKey(), cell.getValue(), cell.getValue(), 10 * base, 3))
                    .toArray(Cell[]::new);
            head = Optional.of(network.release(node, network.costs, quarter, head, network.costs(content)));
            liveCosts.put(node + " " + quarter, cells);
        }
        if (random.nextInt(6) == 0) {
            network.retract(node, head.orElseThrow());
            liveCosts.remove(node + " " + quarter);
        }
    }

    private void arriveByChance(NationalPicture picture, SplittableRandom random) {
        List<String> waiting = new ArrayList<>(TestNetwork.NODES);
        while (!waiting.isEmpty()) {
            String node = waiting.get(random.nextInt(waiting.size()));
            List<VerifiedStatement> log = network.logs.get(node);
            int from = (int) picture.size(node);
            int to = Math.min(log.size(), from + random.nextInt(4));
            picture.advance(node, from, log.subList(from, to), network::heldBody);
            if (to == log.size()) {
                waiting.remove(node);
            }
        }
    }

    private List<String> views(NationalPicture picture) {
        Basis basis = network.basis(TODAY);
        Basis later = network.basis("2024-12-01");
        return Stream.of(
                        picture.view(TestNetwork.query(network.trials), basis),
                        picture.view(
                                TestNetwork.query(network.trials, "group=sponsor-class,phase", "by=region"), basis),
                        picture.view(TestNetwork.query(network.trials, "group=phase", "from=2019", "to=2020"), basis),
                        picture.view(TestNetwork.query(network.trials, "derive=overlap"), basis),
                        picture.view(
                                TestNetwork.query(network.trials, "derive=lead-times", "group=sponsor-class"), basis),
                        picture.view(TestNetwork.query(network.costs), later))
                .map(view -> new String(view.encode(), StandardCharsets.UTF_8))
                .toList();
    }

    private static void putNonzero(Map<String, Integer> counts, String key, JsonNode row) {
        int value = row.at("/values/trials").elements().next().intValue();
        if (value > 0) {
            counts.put(key, value);
        }
    }
}
