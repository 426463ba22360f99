package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.Column;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.OverlapRule;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.statistic.Figure;

/**
 * Trials in different regions that are about the same thing and open at the same time. Two trials are about the same thing if they share a
 * subject of a term of the register: a category of diagnoses, an ATC code, a product. They are in different regions unless both are in one
 * and the same region alone. Pairs are counted without looking at each, since a hostile member can name one diagnosis in fifty thousand
 * rows.
 */
final class Overlap {
    /** Subjects that are listed; all are counted. */
    static final int MAX_SUBJECTS_LISTED = 500;
    /** Trials that are listed of one subject; all are counted. */
    static final int MAX_TRIALS_LISTED = 16;

    private final NationalView view;
    private final RegisterRule register;
    private final OverlapRule rule;

    /** A trial that is open at some time, and where. */
    private record Open(MergedTrial trial, String status, OpenTime time, SortedSet<String> regions) {
        boolean isPlaceKnown() {
            return !regions.contains(CodeList.UNKNOWN_PLACE);
        }

        /** The one region that it is in; empty if there are several, or none is known. */
        Optional<String> onlyRegion() {
            return regions.size() == 1 && isPlaceKnown() ? Optional.of(regions.first()) : Optional.empty();
        }

        OpenTime.Days possible() {
            return new OpenTime.Days(time.from(), time.to());
        }

        Optional<OpenTime.Days> sure() {
            return isPlaceKnown() ? time.sure() : Optional.empty();
        }
    }

    /** A trial with the number of others that surely, and that possibly, are open at the same time elsewhere. */
    private record Partnered(Open open, long sure, long possible) {}

    Overlap(NationalView view) {
        this.view = view;
        this.register = view.definition.register().orElseThrow();
        this.rule = register.overlap().orElseThrow();
    }

    /**
     * Insists on a register that says what open means.
     *
     * @throws MalformedException if the dataset has none
     */
    static void check(DatasetDefinition definition) {
        if (definition.register().flatMap(RegisterRule::overlap).isEmpty()) {
            throw new MalformedException(
                    "derive=overlap needs a register that says when a trial is open, such as trials;" + " dataset "
                            + definition.dataset() + " has none");
        }
    }

    void write(ObjectNode json) {
        List<Open> open = openTrials();
        List<ObjectNode> rows = new ArrayList<>();
        for (int term = 0; term < register.terms().size(); term++) {
            Column column = register.terms().get(term);
            bySubject(open, term).forEach((subject, trials) -> {
                List<Partnered> partnered = partnered(trials);
                if (!partnered.isEmpty()) {
                    rows.add(row(column, subject, partnered));
                }
            });
        }
        json.put("count", rows.size());
        ArrayNode array = json.putArray("rows");
        rows.stream().limit(MAX_SUBJECTS_LISTED).forEach(array::add);
    }

    private List<Open> openTrials() {
        int status = register.indexOfAttribute(rule.status());
        List<Open> open = new ArrayList<>();
        for (MergedTrial trial : view.trials) {
            String code = trial.attributes().get(status);
            SortedSet<String> regions = new TreeSet<>();
            trial.places()
                    .forEach(place -> regions.add(register.places().codes().topOf(place)));
            OpenTime.of(rule, trial, code, view.basis.today())
                    .ifPresent(time -> open.add(new Open(trial, code, time, regions)));
        }
        return open;
    }

    private SortedMap<String, List<Open>> bySubject(List<Open> open, int term) {
        SortedMap<String, List<Open>> bySubject = new TreeMap<>();
        for (Open one : open) {
            one.trial.terms().get(term).stream()
                    .map(register.terms().get(term).type()::subject)
                    .distinct()
                    .forEach(subject -> bySubject
                            .computeIfAbsent(subject, key -> new ArrayList<>())
                            .add(one));
        }
        return bySubject;
    }

    /** Those of the trials that may be open at the same time as another of them in another region. */
    private static List<Partnered> partnered(List<Open> trials) {
        DaySpans possible = possible(trials);
        DaySpans sure = sure(trials);
        Map<String, List<Open>> inOneRegion = new HashMap<>();
        trials.forEach(open -> open.onlyRegion()
                .ifPresent(region -> inOneRegion
                        .computeIfAbsent(region, key -> new ArrayList<>())
                        .add(open)));
        Map<String, DaySpans> possibleThere = new HashMap<>();
        Map<String, DaySpans> sureThere = new HashMap<>();
        inOneRegion.forEach((region, there) -> {
            possibleThere.put(region, possible(there));
            sureThere.put(region, sure(there));
        });
        List<Partnered> partnered = new ArrayList<>();
        for (Open open : trials) {
            long possibly = partners(open, open.possible(), possible, possibleThere);
            long surely = open.sure()
                    .map(days -> partners(open, days, sure, sureThere))
                    .orElse(0L);
            if (possibly > 0) {
                partnered.add(new Partnered(open, surely, possibly));
            }
        }
        return partnered;
    }

    /** How many others meet its days, less those that are in the one region that it is in; the trial itself meets them too. */
    private static long partners(Open open, OpenTime.Days days, DaySpans all, Map<String, DaySpans> there) {
        Optional<DaySpans> neighbours = open.onlyRegion().flatMap(region -> Optional.ofNullable(there.get(region)));
        return all.meeting(days.from(), days.to())
                - neighbours.map(spans -> spans.meeting(days.from(), days.to())).orElse(1L);
    }

    private static DaySpans possible(Collection<Open> trials) {
        return new DaySpans(trials.stream().map(Open::possible).toList());
    }

    private static DaySpans sure(Collection<Open> trials) {
        return new DaySpans(
                trials.stream().flatMap(open -> open.sure().stream()).toList());
    }

    private ObjectNode row(Column term, String subject, List<Partnered> partnered) {
        long sure = partnered.stream().mapToLong(Partnered::sure).sum() / 2;
        long possible = partnered.stream().mapToLong(Partnered::possible).sum() / 2;
        boolean complete = IntStream.range(0, view.periods.size()).allMatch(view::isComplete);
        ObjectNode row = ViewJson.object().put("by", term.name()).put("subject", subject);
        term.codes()
                .flatMap(codes -> codes.get(subject))
                .ifPresent(code -> code.label().forEach(row.putObject("label")::put));
        row.set("pairs", Figure.of(sure, possible - sure, complete).json());
        SortedSet<String> regions = new TreeSet<>();
        partnered.forEach(one -> regions.addAll(one.open.regions));
        regions.forEach(row.putArray("regions")::add);
        row.put("count", partnered.size());
        ArrayNode listed = row.putArray("trials");
        partnered.stream()
                .sorted(Comparator.comparing(
                        one -> one.sure == 0)) // stable: the rest stays in the order of the numbers
                .limit(MAX_TRIALS_LISTED)
                .forEach(one -> write(listed.addObject(), one));
        return row;
    }

    private static void write(ObjectNode json, Partnered partnered) {
        MergedTrial trial = partnered.open.trial;
        trial.writeIds(json);
        json.put("status", partnered.open.status).put("surely", partnered.sure > 0);
        trial.start().ifPresent(start -> json.put("start", start));
        trial.end().ifPresent(end -> json.put("end", end));
        partnered.open.regions.forEach(json.putArray("regions")::add);
    }
}
