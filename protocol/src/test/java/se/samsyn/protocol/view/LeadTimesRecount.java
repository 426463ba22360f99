package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import se.samsyn.protocol.summary.RegisterRow;

/** A second count of lead times, which keeps all days in lists and shares nothing with the first. */
final class LeadTimesRecount {
    private static final String NOTHING = "";
    private static final List<List<Integer>> STEPS =
            List.of(List.of(0, 1), List.of(1, 2), List.of(0, 2), List.of(2, -1));
    private static final List<String> NAMES =
            List.of("submitted-to-validated", "validated-to-decision", "submitted-to-decision", "decision-to-start");

    private final List<List<RegisterRow>> trials;

    LeadTimesRecount(List<List<RegisterRow>> trials) {
        this.trials = trials;
    }

    /** By period (or {@code together}), step and phase: how many reached, wait and are left out, and the percentiles. */
    Map<String, String> rows(List<String> periods, boolean byPhase) {
        Map<String, List<Integer>> days = new TreeMap<>();
        Map<String, int[]> others = new TreeMap<>();
        for (List<RegisterRow> trial : trials) {
            String year = Recount.yearOf(trial);
            if (!periods.contains(year)) {
                continue;
            }
            List<RegisterRow> ordered = new ArrayList<>(trial);
            ordered.sort((a, b) -> Recount.sortKey(a).compareTo(Recount.sortKey(b)));
            String phase = byPhase ? Recount.phase(trial, ordered.get(0)) : "";
            String status = first(ordered, row -> row.attributes().get(2).replace("unknown", NOTHING));
            for (int step = 0; step < STEPS.size(); step++) {
                String from = date(ordered, STEPS.get(step).get(0));
                String to = date(ordered, STEPS.get(step).get(1));
                for (String period : List.of(year, "together")) {
                    String key = period + " " + NAMES.get(step) + " " + phase;
                    tell(key, from, to, List.of("completed", "refused").contains(status), days, others);
                }
            }
        }
        Map<String, String> rows = new TreeMap<>();
        others.forEach((key, counts) -> {
            List<Integer> sorted =
                    days.getOrDefault(key, List.of()).stream().sorted().toList();
            rows.put(key, sorted.size() + " " + counts[0] + " " + counts[1] + percentiles(sorted));
        });
        return rows;
    }

    /** The same of a view. */
    static Map<String, String> told(JsonNode derived) {
        Map<String, String> rows = new TreeMap<>();
        Stream.of("rows", "together")
                .forEach(name -> derived.path(name).forEach(row -> {
                    String key = row.path("period").asText("together") + " "
                            + row.path("step").asText() + " " + row.path("code").asText();
                    StringBuilder text = new StringBuilder();
                    for (String figure : List.of("reached", "waiting", "leftOut")) {
                        text.append(text.isEmpty() ? "" : " ").append(number(row.path(figure)));
                    }
                    JsonNode percentiles =
                            row.has("percentiles") ? row.path("percentiles") : row.path("percentilesOfTold");
                    for (String percent : List.of("p10", "p25", "p50", "p75", "p90")) {
                        text.append(percentiles.has(percent) ? " " + number(percentiles.path(percent)) : "");
                    }
                    rows.put(key, text.toString());
                }));
        return rows;
    }

    private static String number(JsonNode figure) {
        return figure.elements().next().asText();
    }

    private static void tell(
            String key,
            String from,
            String to,
            boolean isOver,
            Map<String, List<Integer>> days,
            Map<String, int[]> others) {
        if (from.equals(NOTHING) || (to.equals(NOTHING) && isOver)) {
            return;
        }
        int[] counts = others.computeIfAbsent(key, any -> new int[2]);
        if (to.equals(NOTHING)) {
            counts[0]++;
        } else if (from.length() == 10 && to.length() == 10 && from.compareTo(to) <= 0) {
            int count = 0;
            for (LocalDate day = LocalDate.parse(from); !day.toString().equals(to); day = day.plusDays(1)) {
                count++;
            }
            days.computeIfAbsent(key, any -> new ArrayList<>()).add(count);
        } else {
            counts[1]++;
        }
    }

    /** The smallest of the numbers that so many percent of them are not above. */
    private static String percentiles(List<Integer> sorted) {
        StringBuilder text = new StringBuilder();
        for (int percent : new int[] {10, 25, 50, 75, 90}) {
            for (int i = 0; i < sorted.size(); i++) {
                if ((i + 1) * 100 >= percent * sorted.size()) {
                    text.append(' ').append(sorted.get(i));
                    break;
                }
            }
        }
        return text.toString();
    }

    private static String date(List<RegisterRow> ordered, int milestone) {
        return first(
                ordered, row -> (milestone < 0 ? row.start() : row.milestones().get(milestone)).orElse(NOTHING));
    }

    private static String first(List<RegisterRow> ordered, Function<RegisterRow, String> fact) {
        return ordered.stream()
                .map(fact)
                .filter(text -> !text.equals(NOTHING))
                .findFirst()
                .orElse(NOTHING);
    }
}
