package se.samsyn.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The demo's trials counted a second time, by an independent route: files read with FastCSV alone, words mapped and aliases merged by
 * hand. It uses nothing of this project, so that an error of ours cannot be in both counts.
 */
final class SecondCount {
    private static final String REGION_UNKNOWN = "-";
    private static final Map<String, String> PHASES = Map.ofEntries(
            Map.entry("1", "I"),
            Map.entry("Phase 1", "I"),
            Map.entry("PHASE1", "I"),
            Map.entry("Early Phase 1", "I"),
            Map.entry("Phase 1/Phase 2", "I/II"),
            Map.entry("PHASE1/PHASE2", "I/II"),
            Map.entry("2", "II"),
            Map.entry("Phase 2", "II"),
            Map.entry("PHASE2", "II"),
            Map.entry("Phase 2/Phase 3", "II/III"),
            Map.entry("PHASE2/PHASE3", "II/III"),
            Map.entry("3", "III"),
            Map.entry("Phase 3", "III"),
            Map.entry("PHASE3", "III"),
            Map.entry("4", "IV"),
            Map.entry("Phase 4", "IV"),
            Map.entry("PHASE4", "IV"),
            Map.entry("Not Applicable", "none"),
            Map.entry("NA", "none"));

    /** A row of a node's file, with the counties of its sites there. */
    private record Row(String node, Set<String> numbers, String start, String phase, Set<String> counties) {
        /** Where the year of a row is from: 0 a true date, 1 a number that tells a year, 2 nowhere. */
        int rank() {
            return !start.isEmpty() ? 0 : yearOfNumbers(numbers).equals("unknown") ? 2 : 1;
        }

        String when() {
            return start.isEmpty() ? yearOfNumbers(numbers) : start;
        }

        boolean nowhere() {
            return counties.equals(Set.of(REGION_UNKNOWN));
        }
    }

    /** What is counted: one trial, once. */
    private record Trial(String year, String phase, Set<String> counties) {}

    private final Set<String> numbers = new TreeSet<>();
    private final List<Trial> trials = new ArrayList<>();

    /** Counts the files below a folder with a folder for each node. */
    static SecondCount of(Path demo) throws IOException {
        SecondCount count = new SecondCount();
        List<Row> rows = new ArrayList<>();
        try (Stream<Path> nodes = Files.list(demo)) {
            for (Path node : nodes.filter(Files::isDirectory).toList()) {
                rows.addAll(count.read(node));
            }
        }
        for (List<Row> same : unite(rows)) {
            count.trials.add(merge(same));
        }
        return count;
    }

    /** The numbers under which trials are filed. */
    Set<String> numbers() {
        return numbers;
    }

    int trials() {
        return trials.size();
    }

    Map<String, Long> byYear() {
        return count(trial -> Stream.of(trial.year));
    }

    Map<String, Long> byYearAndPhase() {
        return count(trial -> Stream.of(trial.year + " " + trial.phase));
    }

    /** A trial counts once in each county where it has a site. */
    Map<String, Long> byYearAndCounty() {
        return count(trial -> trial.counties.stream().map(county -> trial.year + " " + county));
    }

    /** By number: what each node's file says of start, phase and status, and the counties of all sites; nodes that differ make two. */
    static Map<String, Set<String>> facts(Path demo) throws IOException {
        Map<String, Set<String>> counties = new TreeMap<>();
        Map<String, Set<String>> said = new TreeMap<>();
        try (Stream<Path> nodes = Files.list(demo)) {
            for (Path node : nodes.filter(Files::isDirectory).toList()) {
                for (NamedCsvRecord site : records(node.resolve("site.csv"))) {
                    counties.computeIfAbsent(site.getField("trial_id"), id -> new TreeSet<>())
                            .add(site.getField("region").substring(0, 2));
                }
                for (NamedCsvRecord trial : records(node.resolve("trial.csv"))) {
                    said.computeIfAbsent(trial.getField("trial_id"), id -> new TreeSet<>())
                            .add(fact(trial));
                }
            }
        }
        said.forEach((id, facts) -> facts.add("in " + counties.getOrDefault(id, Set.of())));
        return said;
    }

    static String fact(NamedCsvRecord trial) {
        return trial.getField("start_date") + "; " + trial.getField("phase") + "; " + trial.getField("status");
    }

    private Map<String, Long> count(Function<Trial, Stream<String>> groups) {
        Map<String, Long> counts = new TreeMap<>();
        trials.forEach(trial -> groups.apply(trial).forEach(group -> counts.merge(group, 1L, Long::sum)));
        return counts;
    }

    private List<Row> read(Path node) throws IOException {
        Map<String, Set<String>> counties = new HashMap<>();
        for (NamedCsvRecord site : records(node.resolve("site.csv"))) {
            // a municipality's code begins with its county's
            String county = site.getField("region").substring(0, 2);
            counties.computeIfAbsent(site.getField("trial_id"), id -> new TreeSet<>())
                    .add(county);
        }
        List<Row> rows = new ArrayList<>();
        for (NamedCsvRecord trial : records(node.resolve("trial.csv"))) {
            String id = trial.getField("trial_id");
            numbers.add(id);
            Set<String> all = new TreeSet<>(Set.of(id));
            Stream.of(trial.getField("other_ids").split("\\|"))
                    .filter(other -> !other.isEmpty())
                    .forEach(all::add);
            rows.add(new Row(
                    node.getFileName().toString(),
                    all,
                    trial.getField("start_date"),
                    PHASES.getOrDefault(trial.getField("phase"), "unknown"),
                    counties.getOrDefault(id, Set.of(REGION_UNKNOWN))));
        }
        return rows;
    }

    static List<NamedCsvRecord> records(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return reader.stream().toList();
        }
    }

    /** Rows that share a number, over any number of steps, stand together. */
    private static Set<List<Row>> unite(List<Row> rows) {
        Map<String, List<Row>> byNumber = new HashMap<>();
        for (Row row : rows) {
            Set<Row> together = new HashSet<>(Set.of(row));
            row.numbers.forEach(number -> together.addAll(byNumber.getOrDefault(number, List.of())));
            List<Row> joined = List.copyOf(together);
            joined.forEach(one -> one.numbers.forEach(number -> byNumber.put(number, joined)));
        }
        return new HashSet<>(byNumber.values());
    }

    /** Each fact is from the row with the earliest true start; a known region goes before an unknown one, and then the node's name. */
    private static Trial merge(List<Row> rows) {
        List<Row> ordered = rows.stream()
                .sorted(Comparator.comparingInt(Row::rank)
                        .thenComparing(Row::when)
                        .thenComparing(Row::nowhere)
                        .thenComparing(Row::node)
                        .thenComparing(row -> String.join(" ", row.numbers)))
                .toList();
        Set<String> numbers = new TreeSet<>();
        Set<String> counties = new TreeSet<>();
        ordered.forEach(row -> numbers.addAll(row.numbers));
        ordered.forEach(row -> counties.addAll(row.counties));
        if (counties.size() > 1) {
            counties.remove(REGION_UNKNOWN);
        }
        String start = ordered.get(0).start;
        String phase = ordered.stream()
                .map(Row::phase)
                .filter(code -> !code.equals("unknown"))
                .findFirst()
                .orElse("unknown");
        return new Trial(start.isEmpty() ? yearOfNumbers(numbers) : start.substring(0, 4), phase, counties);
    }

    /** EudraCT and EU CT numbers begin with the year in which they were given. */
    private static String yearOfNumbers(Set<String> numbers) {
        return numbers.stream()
                .filter(number -> number.matches("20[0-9]{2}-.*"))
                .map(number -> number.substring(0, 4))
                .min(Comparator.naturalOrder())
                .orElse("unknown");
    }
}
