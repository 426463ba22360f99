package se.samsyn.node.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import se.samsyn.node.release.ReleaseReport;

/**
 * What every member's people were told is done, kept without a look at what the nodes keep: what was released last of each period, and,
 * where a kill came before the answer, what it may be.
 */
final class Acknowledged {
    static final String NOTHING = "nothing";
    static final String WITHDRAWN = "withdrawn";

    private final SortedMap<Subject, List<Step>> steps = new TreeMap<>();

    /**
     * What was told.
     *
     * @param logSize entries that the log has at least if it was done
     */
    private record Step(long logSize, Set<String> may) {}

    /** What a member's part of a period may be. */
    Set<String> may(Subject subject) {
        List<Step> told = steps.getOrDefault(subject, List.of());
        return told.isEmpty() ? Set.of(NOTHING) : told.get(told.size() - 1).may();
    }

    /** What it may have been at any time. */
    Set<String> ever(Subject subject) {
        Set<String> ever = new TreeSet<>(Set.of(NOTHING));
        steps.getOrDefault(subject, List.of()).forEach(step -> ever.addAll(step.may()));
        return ever;
    }

    Set<Subject> subjects() {
        return steps.keySet();
    }

    /**
     * A release was done.
     *
     * @param asked periods that it was about: of others it says nothing
     */
    void released(String node, ReleaseReport report, Predicate<String> asked, MemberRecords records, long logSize) {
        for (String period : periods(node, report.dataset(), records).stream()
                .filter(asked)
                .filter(each -> report.released().contains(each)
                        || records.periods(report.dataset()).contains(each))
                .toList()) {
            Subject subject = new Subject(node, report.dataset(), period);
            String value = records.value(report.dataset(), period);
            boolean mayBeWithdrawn = may(subject).contains(WITHDRAWN);
            if (report.released().contains(period) || !(report.waiting().containsKey(period) || mayBeWithdrawn)) {
                add(subject, logSize, Set.of(value));
            }
        }
    }

    /** A release was asked for, and the node was killed before it answered. */
    void releaseUnclear(String node, String dataset, MemberRecords records, long logSizeBefore) {
        for (String period : periods(node, dataset, records)) {
            Subject subject = new Subject(node, dataset, period);
            unclear(subject, records.value(dataset, period), logSizeBefore);
        }
    }

    /** Those that there are records of, and those that were released before: with no record left they are zero. */
    private Set<String> periods(String node, String dataset, MemberRecords records) {
        Set<String> periods = new TreeSet<>(records.periods(dataset));
        steps.keySet().stream()
                .filter(subject ->
                        subject.node().equals(node) && subject.dataset().equals(dataset))
                .map(Subject::period)
                .forEach(periods::add);
        return periods;
    }

    void retracted(Subject subject, long logSize) {
        add(subject, logSize, Set.of(WITHDRAWN));
    }

    void retractionUnclear(Subject subject, long logSizeBefore) {
        unclear(subject, WITHDRAWN, logSizeBefore);
    }

    /** A disk was lost, and the log goes on from that size: what came after may not be there. */
    void goOnFrom(String node, long logSize) {
        for (Map.Entry<Subject, List<Step>> each : steps.entrySet()) {
            if (each.getKey().node().equals(node)) {
                each.getValue().removeIf(step -> step.logSize() > logSize);
            }
        }
    }

    private void unclear(Subject subject, String value, long logSizeBefore) {
        Set<String> may = new TreeSet<>(may(subject));
        may.add(value);
        add(subject, logSizeBefore + 1, may);
    }

    private void add(Subject subject, long logSize, Set<String> may) {
        if (!may.equals(may(subject))) {
            steps.computeIfAbsent(subject, key -> new ArrayList<>()).add(new Step(logSize, may));
        }
    }
}
