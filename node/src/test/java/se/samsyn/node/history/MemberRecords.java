package se.samsyn.node.history;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The records that one member's people have: in each of its quarters cost items, each with a power of two of its own in öre, and in each of
 * its years trials, each with a phase of its own. So a sum tells of each item whether it is in, and a count by phase of each trial.
 */
final class MemberRecords {
    static final String COSTS = "costs";
    static final String TRIALS = "trials";
    /** Quarters that there are items of. */
    static final List<String> QUARTERS = List.of("2026-Q1", "2026-Q2", "2026-Q3");
    /** Items in one file: more persons than the network's threshold, so that each correction may be released. */
    static final int ITEMS = 6;

    private static final Map<String, String> DAYS =
            Map.of("2026-Q1", "2026-02-03", "2026-Q2", "2026-05-11", "2026-Q3", "2026-08-20");
    private static final int MAX_ITEMS = 36;
    private static final int FIRST_YEAR = 2006;
    private static final int YEARS = 2;
    private static final List<String> PHASES = List.of("I", "I/II", "II", "II/III", "III", "IV", "none");
    private static final List<String> PHASE_WORDS =
            List.of("PHASE1", "PHASE1|PHASE2", "PHASE2", "PHASE2|PHASE3", "PHASE3", "PHASE4", "Not Applicable");
    private static final List<String> STATUS_WORDS =
            List.of("RECRUITING", "ACTIVE_NOT_RECRUITING", "COMPLETED", "TERMINATED");
    private static final List<String> STATUSES =
            List.of("recruiting", "closed-to-recruitment", "completed", "stopped-early");

    private final int index;
    private final String county;
    private final SortedMap<String, Integer> items;
    private final SortedMap<String, SortedMap<Integer, Integer>> trials;

    MemberRecords(int index, String county) {
        this(index, county, new TreeMap<>(), new TreeMap<>());
    }

    private MemberRecords(
            int index,
            String county,
            SortedMap<String, Integer> items,
            SortedMap<String, SortedMap<Integer, Integer>> trials) {
        this.index = index;
        this.county = county;
        this.items = items;
        this.trials = trials;
    }

    /** The same records, which do not change with these. */
    MemberRecords copy() {
        SortedMap<String, SortedMap<Integer, Integer>> copied = new TreeMap<>();
        trials.forEach((year, ofYear) -> copied.put(year, new TreeMap<>(ofYear)));
        return new MemberRecords(index, county, new TreeMap<>(items), copied);
    }

    /** The years of the member's trials. */
    static List<String> years(int index) {
        int first = FIRST_YEAR + YEARS * index;
        return List.of(Integer.toString(first), Integer.toString(first + 1));
    }

    /** Takes in more items of a quarter; false if there is no room for any. */
    boolean addItems(String quarter) {
        int count = items.getOrDefault(quarter, 0);
        if (count + ITEMS > MAX_ITEMS) {
            return false;
        }
        items.put(quarter, count + ITEMS);
        return true;
    }

    /** Takes in one more trial of a year; false if there is no room for one. */
    boolean addTrial(String year, int status) {
        SortedMap<Integer, Integer> ofYear = trials.computeIfAbsent(year, key -> new TreeMap<>());
        if (ofYear.size() == PHASES.size()) {
            return false;
        }
        ofYear.put(ofYear.size(), status % STATUSES.size());
        return true;
    }

    /** Gives a trial another status; false if there is no trial in the year. */
    boolean correctTrial(String year, int which) {
        SortedMap<Integer, Integer> ofYear = trials.getOrDefault(year, new TreeMap<>());
        if (ofYear.isEmpty()) {
            return false;
        }
        ofYear.merge(which % ofYear.size(), 1, (status, next) -> (status + next) % STATUSES.size());
        return true;
    }

    /** All items of a quarter as a file. */
    String costs(String quarter) {
        StringBuilder csv =
                new StringBuilder("item_id,trial_id,participant,home_region,study_region,date,category,amount_ore\n");
        for (int item = 0; item < items.getOrDefault(quarter, 0); item++) {
            csv.append(String.format(
                    Locale.ROOT,
                    "I-%d-%s-%d,2018-00123%d-12,P-%d-%s-%d,%s,%s,%s,visit,%d\n",
                    index,
                    quarter,
                    item,
                    item % 3,
                    index,
                    quarter,
                    item,
                    county,
                    county,
                    DAYS.get(quarter),
                    1L << item));
        }
        return csv.toString();
    }

    /** All trials of a year as a file. */
    String trials(String year) {
        StringBuilder csv = new StringBuilder("trial_id,registry,sponsor_class,study_type,phase,status,start_date\n");
        trials.getOrDefault(year, new TreeMap<>())
                .forEach((phase, status) -> csv.append(trialId(year, phase) + ",ctgov,OTHER,INTERVENTIONAL,"
                        + PHASE_WORDS.get(phase) + "," + STATUS_WORDS.get(status) + "," + year + "-03-01\n"));
        return csv.toString();
    }

    /** Where the trials of a year are, as a file. */
    String sites(String year) {
        StringBuilder csv = new StringBuilder("trial_id,city,region\n");
        trials.getOrDefault(year, new TreeMap<>())
                .keySet()
                .forEach(phase -> csv.append(trialId(year, phase) + ",Ort," + county + "\n"));
        return csv.toString();
    }

    /** The periods of a dataset that there are records of. */
    SortedSet<String> periods(String dataset) {
        return dataset.equals(COSTS) ? new TreeSet<>(items.keySet()) : new TreeSet<>(trials.keySet());
    }

    /** What the records of a period come to, in the words of {@link #told}. */
    String value(String dataset, String period) {
        if (dataset.equals(COSTS)) {
            int count = items.getOrDefault(period, 0);
            return told(count, (1L << count) - 1);
        }
        return trials.getOrDefault(period, new TreeMap<>()).entrySet().stream()
                .map(trial -> told(PHASES.get(trial.getKey()), STATUSES.get(trial.getValue()), 1))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** So many items, of that many öre: each that is in by its number. */
    static String told(long count, long amountOre) {
        StringBuilder items = new StringBuilder(count + " items:");
        for (int item = 0; item < Long.SIZE - 1; item++) {
            if ((amountOre >> item & 1) == 1) {
                items.append(" I").append(item);
            }
        }
        return items.toString();
    }

    /** So many trials of a phase and a status. */
    static String told(String phase, String status, long count) {
        return "trial " + phase + " " + status + (count == 1 ? "" : " " + count + " times");
    }

    private String trialId(String year, int phase) {
        return String.format(Locale.ROOT, "NCT%02d%s%02d", index, year, phase);
    }
}
