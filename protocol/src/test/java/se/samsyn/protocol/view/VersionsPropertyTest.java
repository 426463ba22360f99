package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.NextVersion;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Register;
import se.samsyn.protocol.summary.RegisterRow;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;

/**
 * Networks made by chance in which members tell under three versions of a table and two of a register, and go over when they like: what is
 * shown depends on what was said alone, and is what a few lines of the test count of what they wrote down.
 */
class VersionsPropertyTest {
    private static final String TODAY = "2022-06-01";
    private static final List<String> YEARS = List.of("2020", "2021", "2022");
    private static final List<String> PHASES = List.of("I", "I/II", "II", "unknown");
    private static final List<String> PLACES = List.of("01", "12", "14");
    private static final String REGIONS = "/dimensions/0/codes/codes";

    /** Beds by region and phase, and also staff; then beds alone, all the other way around; the first has a region more. */
    private static final DatasetDefinition ANCIENT = NextVersion.of(TestDefinitions.capacity(), json -> {
        json.put("version", 1);
        NextVersion.add(json, REGIONS, NextVersion.code("99"));
    });

    private static final DatasetDefinition OLDER = NextVersion.of(TestDefinitions.capacity(), json -> {
        NextVersion.add(json, "/measures", "{\"name\":\"staff\",\"aggregate\":\"sum\",\"field\":\"staff\"}");
        NextVersion.add(json, "/tables/0/measures", "\"staff\"");
    });
    private static final DatasetDefinition NEWEST = NextVersion.of(OLDER, json -> {
        NextVersion.remove(json, "/measures", "staff");
        NextVersion.remove(json, "/tables/0/measures", "staff");
        NextVersion.reverse(json, REGIONS);
        NextVersion.reverse(json, "/dimensions");
        NextVersion.reverse(json, "/tables/0/dimensions");
    });
    private static final DatasetDefinition NEWEST_TRIALS = NextVersion.of(TestDefinitions.trials(), json -> {
        NextVersion.remove(json, "/register/attributes/0/codes/codes", "I/II");
        NextVersion.reverse(json, "/register/attributes");
    });

    private final TestNetwork network =
            new TestNetwork(ANCIENT, TestDefinitions.trials(), OLDER, NEWEST, NEWEST_TRIALS);
    /** What counts in the end: by member and year the version, and the beds by region and phase. */
    private final Map<String, Integer> versions = new TreeMap<>();

    private final Map<String, Map<String, Long>> beds = new TreeMap<>();
    /** By member and year the rows as the newest version has them, phase first. */
    private final Map<String, List<RegisterRow>> rows = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesTheSameBytesInWhateverOrderEntriesArrive(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        fill(random);
        List<String> expected = views(network.picture());
        for (int round = 0; round < 4; round++) {
            NationalPicture picture = network.emptyPicture();
            List<String> waiting = new ArrayList<>(TestNetwork.NODES);
            while (!waiting.isEmpty()) {
                String node = waiting.get(random.nextInt(waiting.size()));
                List<VerifiedStatement> log = network.logs.get(node);
                int from = (int) picture.size(node);
                int to = Math.min(log.size(), from + random.nextInt(3));
                picture.advance(node, from, log.subList(from, to), network::heldBody);
                if (to == log.size()) {
                    waiting.remove(node);
                }
            }
            assertThat(views(picture)).as("seed %d, round %d", seed, round).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void addsWhatCanBeComparedAndTellsTheRestAsNotTold(long seed) {
        fill(new SplittableRandom(seed));
        JsonNode view = network.view(NEWEST, TODAY, "to=2022");

        Map<String, Long> expected = new TreeMap<>();
        Map<String, Boolean> complete = new TreeMap<>();
        Map<String, String> states = new TreeMap<>();
        for (String year : YEARS) {
            for (String node : TestNetwork.NODES) {
                int version = versions.getOrDefault(node + " " + year, 0);
                complete.merge(year, version > 1, Boolean::logicalAnd);
                boolean zero = beds.getOrDefault(node + " " + year, Map.of()).isEmpty();
                if (version > 0) {
                    states.put(
                            node + " " + year,
                            (version == 1 ? "other-version" : zero ? "zero" : "reported")
                                    + (version < 3 ? " " + version : ""));
                }
                if (version > 1) {
                    beds.get(node + " " + year)
                            .forEach((cell, value) -> expected.merge(year + " " + cell, value, Long::sum));
                }
            }
        }
        Map<String, Long> shown = new TreeMap<>();
        view.path("rows").forEach(row -> {
            JsonNode value = row.path("values").path("beds");
            String year = row.path("period").asText();
            assertThat(value.has("exact")).as("seed %d, %s", seed, year).isEqualTo(complete.get(year));
            long least = value.elements().next().asLong();
            if (least > 0) {
                shown.put(
                        year + " " + row.path("region").asText() + " "
                                + row.path("phase").asText(),
                        least);
            }
        });
        assertThat(shown).as("seed %d", seed).isEqualTo(expected);
        assertThat(statesIn(view)).as("seed %d", seed).isEqualTo(states);
        assertThat(breaksIn(view)).as("seed %d", seed).isEqualTo(breaks());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void countsTrialsOfBothVersionsAsAFewLinesOfTheTestDo(long seed) {
        fill(new SplittableRandom(seed));
        Map<String, Integer> expected = new TreeMap<>();
        for (List<RegisterRow> trial :
                Recount.components(rows.values().stream().flatMap(List::stream).toList())) {
            expected.merge(
                    Recount.yearOf(trial) + " " + Recount.phase(trial, Recount.earliest(trial)), 1, Integer::sum);
        }

        JsonNode view = network.view(NEWEST_TRIALS, TODAY, "group=phase");

        Map<String, Integer> shown = new TreeMap<>();
        view.path("rows").forEach(row -> {
            int trials = row.at("/values/trials").elements().next().asInt();
            if (trials > 0) {
                shown.put(row.path("period").asText() + " " + row.path("phase").asText(), trials);
            }
        });
        assertThat(shown).as("seed %d", seed).isEqualTo(expected);
    }

    /** Where a member's version changes from one told year to the next. */
    private Set<String> breaks() {
        Map<String, Set<String>> nodes = new TreeMap<>();
        for (String node : TestNetwork.NODES) {
            int before = 0;
            for (String year : YEARS) {
                int version = versions.getOrDefault(node + " " + year, 0);
                if (version > 0 && before > 0 && version != before) {
                    nodes.computeIfAbsent(year + " " + before + " " + version, key -> new TreeSet<>())
                            .add(node);
                }
                before = version > 0 ? version : before;
            }
        }
        return nodes.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.toSet());
    }

    private static Set<String> breaksIn(JsonNode view) {
        Set<String> breaks = new HashSet<>();
        view.path("breaks").forEach(one -> {
            List<String> nodes = new ArrayList<>();
            one.path("nodes").forEach(node -> nodes.add(node.asText()));
            breaks.add(one.path("period").asText() + " " + one.path("from").asInt() + " "
                    + one.path("to").asInt() + " " + nodes);
        });
        return breaks;
    }

    /** By member and year what is told, with the version where that is an older one. */
    private static Map<String, String> statesIn(JsonNode view) {
        Map<String, String> states = new TreeMap<>();
        view.path("members")
                .forEach(member -> member.path("periods").forEach(run -> {
                    String state = run.path("state").asText();
                    for (String year : YEARS) {
                        boolean within = year.compareTo(run.path("from").asText()) >= 0
                                && year.compareTo(run.path("to").asText()) <= 0;
                        if (within && !Set.of("missing", "awaited", "withdrawn").contains(state)) {
                            states.put(
                                    member.path("node").asText() + " " + year,
                                    state
                                            + (run.has("version")
                                                    ? " " + run.path("version").asInt()
                                                    : ""));
                        }
                    }
                }));
        return states;
    }

    /** Releases and revisions of both datasets under any version, forwards and back, and retractions. */
    private void fill(SplittableRandom random) {
        for (String node : List.of(TestNetwork.A, TestNetwork.B, TestNetwork.C, TestNetwork.D)) {
            for (String year : YEARS) {
                fillBeds(random, node, year);
                fillTrials(random, node, year);
            }
        }
    }

    private void fillBeds(SplittableRandom random, String node, String year) {
        Optional<Hash> head = Optional.empty();
        String key = node + " " + year;
        for (int revisions = random.nextInt(4); revisions > 0; revisions--) {
            int version = 1 + random.nextInt(3);
            DatasetDefinition definition = List.of(ANCIENT, OLDER, NEWEST).get(version - 1);
            Map<String, Long> cells = new TreeMap<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                String place =
                        List.of(TestNetwork.SCOPES.get(node).split(",", -1)).get(0);
                cells.put(place + " " + PHASES.get(random.nextInt(PHASES.size())), 1L + random.nextInt(90));
            }
            head = Optional.of(network.release(node, definition, year, head, content(definition, cells)));
            versions.put(key, version);
            beds.put(key, cells);
        }
        if (head.isPresent() && random.nextInt(6) == 0) {
            network.retract(node, head.get());
            versions.remove(key);
            beds.remove(key);
        }
    }

    private static Tables content(DatasetDefinition definition, Map<String, Long> cells) {
        Table table = definition.tables().get(0);
        boolean regionFirst = table.dimensions().get(0).name().equals("region");
        List<Cell> content = new ArrayList<>();
        cells.forEach((cell, value) -> {
            List<String> codes = new ArrayList<>(List.of(cell.split(" ", 2)));
            if (!regionFirst) {
                codes.add(codes.remove(0));
            }
            long[] values = table.measures().stream()
                    .mapToLong(measure -> measure.name().equals("beds") ? value : 7)
                    .toArray();
            content.add(new Cell(table.shape().position(codes), Values.of(values)));
        });
        content.sort((a, b) -> Integer.compare(a.position(), b.position()));
        return new Tables(Tables.OPEN, List.of(new Published(table, Tables.OPEN, content, Optional.empty())));
    }

    private void fillTrials(SplittableRandom random, String node, String year) {
        Optional<Hash> head = Optional.empty();
        String key = node + " " + year;
        for (int revisions = random.nextInt(3); revisions > 0; revisions--) {
            boolean isNewest = random.nextBoolean();
            DatasetDefinition definition = isNewest ? NEWEST_TRIALS : network.trials;
            Set<RegisterRow> told = new HashSet<>();
            Set<RegisterRow> read = new HashSet<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                String phase = PHASES.get(random.nextInt(PHASES.size()));
                String known = phase.equals("I/II") ? "unknown" : phase;
                String id = "NCT000000" + (10 + random.nextInt(40));
                String place = PLACES.get(List.of(TestNetwork.A, TestNetwork.B, TestNetwork.C, TestNetwork.D)
                                .indexOf(node)
                        % PLACES.size());
                String own = node.equals(TestNetwork.D) ? "-" : place;
                RegisterRow row = TestNetwork.trial(id, year, known, "unknown", own);
                read.add(row);
                told.add(
                        isNewest
                                ? new RegisterRow(row.ids(), row.start(), List.of("unknown", known), row.places())
                                : TestNetwork.trial(id, year, phase, "unknown", own));
            }
            Register register = new Register(
                    definition.register().orElseThrow(), told.stream().sorted().toList());
            head = Optional.of(network.release(node, definition, year, head, register));
            rows.put(key, List.copyOf(read));
        }
        if (head.isPresent() && random.nextInt(6) == 0) {
            network.retract(node, head.get());
            rows.remove(key);
        }
    }

    private List<String> views(NationalPicture picture) {
        Basis basis = network.basis(TODAY);
        return Stream.of(
                        picture.view(TestNetwork.query(NEWEST), basis),
                        picture.view(TestNetwork.query(NEWEST_TRIALS, "group=phase", "by=region"), basis))
                .map(view -> new String(view.encode(), StandardCharsets.UTF_8))
                .toList();
    }
}
