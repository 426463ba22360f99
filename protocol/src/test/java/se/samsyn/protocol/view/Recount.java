package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.TrialYear;
import se.samsyn.protocol.summary.RegisterRow;

/** A second count of trials, plain and slow, which shares nothing with the merge. */
final class Recount {
    private Recount() {}

    /** Rows that share a number, directly or through others, found by repeated passes. */
    static List<List<RegisterRow>> components(List<RegisterRow> rows) {
        int[] label = IntStream.range(0, rows.size()).toArray();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < label.length; i++) {
                for (int j = 0; j < label.length; j++) {
                    boolean shared =
                            rows.get(i).ids().stream().anyMatch(rows.get(j).ids()::contains);
                    if (shared && label[i] < label[j]) {
                        label[j] = label[i];
                        changed = true;
                    }
                }
            }
        }
        Map<Integer, List<RegisterRow>> byLabel = new HashMap<>();
        for (int i = 0; i < label.length; i++) {
            byLabel.computeIfAbsent(label[i], key -> new ArrayList<>()).add(rows.get(i));
        }
        return List.copyOf(byLabel.values());
    }

    /** The row whose word comes first; every member here has its own places, so the place tells the node. */
    static RegisterRow earliest(List<RegisterRow> trial) {
        RegisterRow first = trial.get(0);
        for (RegisterRow row : trial) {
            if (sortKey(row).compareTo(sortKey(first)) < 0) {
                first = row;
            }
        }
        return first;
    }

    static String sortKey(RegisterRow row) {
        TrialYear year = TrialYear.of(row.start(), row.ids());
        String rank = row.start().isPresent() ? "0" : year.year().isPresent() ? "1" : "2";
        String date = row.start().orElse(String.valueOf(year.year().orElse(0)));
        boolean unknownRegion = row.places().equals(List.of("-"));
        String node = TestNetwork.NODES.stream()
                .filter(name -> List.of(TestNetwork.SCOPES.get(name).split(",", -1))
                        .contains(row.places().get(0)))
                .findFirst()
                .orElseThrow();
        return rank + " " + date + " ".repeat(11 - date.length()) + unknownRegion + node + end(row.ids())
                + end(row.attributes()) + end(row.places()) + row.end().orElse("") + "\u0000"
                + row.terms().stream().map(Recount::end).collect(Collectors.joining()) + end(row.sites())
                + end(row.milestones().stream().map(told -> told.orElse("")).toList());
    }

    /** Sorts as lists do: a list before those that go on. */
    private static String end(List<?> items) {
        return items.stream().map(item -> item + " ").collect(Collectors.joining()) + "\u0000";
    }

    static String phase(List<RegisterRow> trial, RegisterRow first) {
        List<RegisterRow> ordered = new ArrayList<>(trial);
        ordered.sort((a, b) -> sortKey(a).compareTo(sortKey(b)));
        assertThat(ordered.get(0)).isEqualTo(first);
        return ordered.stream()
                .map(row -> row.attributes().get(0))
                .filter(code -> !code.equals("unknown"))
                .findFirst()
                .orElse("unknown");
    }

    static String yearOf(List<RegisterRow> trial) {
        Optional<String> start =
                trial.stream().map(RegisterRow::start).flatMap(Optional::stream).min(String::compareTo);
        if (start.isPresent()) {
            return start.get().substring(0, 4);
        }
        return trial.stream()
                .flatMap(row -> row.ids().stream())
                .map(Object::toString)
                .filter(id -> id.startsWith("20"))
                .map(id -> id.substring(0, 4))
                .min(String::compareTo)
                .orElse(Period.UNKNOWN.toString());
    }

    static Set<String> regions(List<RegisterRow> trial) {
        Set<String> regions = new TreeSet<>();
        trial.forEach(row ->
                row.places().forEach(place -> regions.add(place.substring(0, Math.min(2, place.length())))));
        if (regions.size() > 1) {
            regions.remove("-");
        }
        return regions;
    }
}
