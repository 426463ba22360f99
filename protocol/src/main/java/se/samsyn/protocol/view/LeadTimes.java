package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.OverlapRule;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.Step;
import se.samsyn.protocol.statistic.Figure;
import se.samsyn.protocol.statistic.Histogram;

/**
 * How many days the steps of whole trials took, by the milestones of a register, in which a trial that several members tell counts once:
 * by the trial's year and over all periods together, by the codes of one attribute where the query groups by it.
 *
 * <p>A trial that tells both ends of a step has either <em>reached</em> its end, in days, or is <em>left out</em>: one of the dates does
 * not say its day, or they are in the wrong order. One that tells only where the step begins is <em>waiting</em>, unless it is over or
 * never was. One that does not tell where the step begins says nothing of it.
 */
final class LeadTimes {
    private final NationalView view;
    private final RegisterRule register;
    private final List<Step> steps;
    private final List<Code> codes;
    /** By period (after the last one: all together), code and step, each in its order; what nobody tells anything of has none. */
    private final SortedMap<Key, Tally> tallies = new TreeMap<>();

    private record Key(int period, int code, int step) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = Integer.compare(period, other.period);
            order = order != 0 ? order : Integer.compare(code, other.code);
            return order != 0 ? order : Integer.compare(step, other.step);
        }
    }

    /** What trials tell of one step. */
    private static final class Tally {
        private final Histogram days = new Histogram();
        private long waiting;
        private long leftOut;
    }

    LeadTimes(NationalView view) {
        this.view = view;
        this.register = view.definition.register().orElseThrow();
        this.steps = register.steps();
        this.codes = view.axes.isEmpty() ? List.of() : view.axes.get(0).codes();
        count();
    }

    /**
     * Insists on a register with steps, whose trials are counted once.
     *
     * @throws MalformedException if the dataset has none, or the query groups by more than one attribute or by region
     */
    static void check(DatasetDefinition definition, ViewQuery query) {
        if (definition.register().filter(rule -> !rule.steps().isEmpty()).isEmpty()) {
            throw new MalformedException("derive=lead-times needs a register that names the steps of trials, such as"
                    + " trials; dataset " + definition.dataset() + " has none");
        }
        if (query.group().size() > 1) {
            throw new MalformedException(
                    "derive=lead-times groups by one attribute, not by " + String.join(" and ", query.group()));
        }
        if (query.byRegion()) {
            throw new MalformedException(
                    "derive=lead-times counts a trial once, wherever it has sites: leave out by=region");
        }
    }

    void write(ObjectNode json) {
        ArrayNode names = json.putArray("steps");
        for (Step step : steps) {
            ObjectNode name = names.addObject().put("step", step.name());
            step.label().forEach(name.putObject("label")::put);
            name.put("from", step.from()).put("to", step.to());
        }
        view.query.group().forEach(attribute -> json.put("by", attribute));
        ArrayNode rows = json.putArray("rows");
        ArrayNode together = json.putArray("together");
        boolean whole = IntStream.range(0, view.periods.size()).allMatch(view::isComplete);
        tallies.forEach((key, tally) -> {
            if (key.period == view.periods.size()) {
                write(together.addObject(), key, tally, whole);
            } else {
                Period period = view.periods.get(key.period);
                write(rows.addObject().put("period", period.toString()), key, tally, view.isComplete(key.period));
            }
        });
        writeSlowest(json.putArray("slowest"));
    }

    private void count() {
        int attribute = view.query.group().stream()
                .mapToInt(register::indexOfAttribute)
                .findFirst()
                .orElse(-1);
        Map<Period, Integer> periods = new HashMap<>();
        for (int period = 0; period < view.periods.size(); period++) {
            periods.put(view.periods.get(period), period);
        }
        for (MergedTrial trial : view.trials) {
            Integer period = periods.get(trial.year().period());
            if (period == null) {
                throw new IllegalStateException("trial " + trial.ids() + " is of no period that was asked for");
            }
            int code = attribute < 0
                    ? 0
                    : register.attributes()
                            .get(attribute)
                            .codes()
                            .indexOf(trial.attributes().get(attribute));
            count(trial, period, code);
            count(trial, view.periods.size(), code);
        }
        if (tallies.size() > NationalView.MAX_ROWS) {
            throw new MalformedException("derive=lead-times would have more than " + NationalView.MAX_ROWS
                    + " rows: ask for fewer periods, or do not group");
        }
    }

    private void count(MergedTrial trial, int period, int code) {
        for (int index = 0; index < steps.size(); index++) {
            Optional<String> from = trial.date(register, steps.get(index).from());
            Optional<String> to = trial.date(register, steps.get(index).to());
            if (from.isEmpty() || (to.isEmpty() && isOver(trial))) {
                continue;
            }
            Tally tally = tallies.computeIfAbsent(new Key(period, code, index), key -> new Tally());
            if (to.isEmpty()) {
                tally.waiting++;
                continue;
            }
            OptionalInt days = Step.days(from.get(), to.get());
            if (days.isPresent()) {
                tally.days.add(days.getAsInt(), 1);
            } else {
                tally.leftOut++;
            }
        }
    }

    /** Whether it waits for nothing any more. */
    private boolean isOver(MergedTrial trial) {
        OverlapRule statuses = register.overlap().orElseThrow();
        String status = trial.attributes().get(register.indexOfAttribute(statuses.status()));
        return statuses.over().contains(status) || statuses.never().contains(status);
    }

    private void write(ObjectNode row, Key key, Tally tally, boolean complete) {
        row.put("step", steps.get(key.step).name());
        writeCode(row, key.code);
        row.set("reached", Figure.of(tally.days.size(), 0, complete).json());
        row.set("waiting", Figure.of(tally.waiting, 0, complete).json());
        row.set("leftOut", Figure.of(tally.leftOut, 0, complete).json());
        if (tally.days.size() > 0) {
            Percentiles.write(row, tally.days, complete, Integer.MAX_VALUE);
        }
    }

    /** Of each code the step with the largest median over all periods, the first of several. */
    private void writeSlowest(ArrayNode array) {
        for (int code = 0; code < Math.max(1, codes.size()); code++) {
            int slowest = -1;
            int median = -1;
            for (int step = 0; step < steps.size(); step++) {
                Tally tally = tallies.get(new Key(view.periods.size(), code, step));
                int days = tally == null
                        ? -1
                        : tally.days.percentile(Percentiles.MEDIAN).orElse(-1);
                if (days > median && !isMadeUp(steps.get(step))) {
                    slowest = step;
                    median = days;
                }
            }
            if (slowest >= 0) {
                ObjectNode json =
                        array.addObject().put("step", steps.get(slowest).name());
                writeCode(json, code);
                json.put("median", median);
            }
        }
    }

    /** Whether other steps, one after the other, lead from where it begins to where it ends: then it is no step of its own. */
    private boolean isMadeUp(Step whole) {
        Set<String> reached = new HashSet<>(Set.of(whole.from()));
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Step step : steps) {
                if (!step.equals(whole) && reached.contains(step.from())) {
                    grows |= reached.add(step.to());
                }
            }
        }
        return reached.contains(whole.to());
    }

    private void writeCode(ObjectNode json, int code) {
        if (!codes.isEmpty()) {
            json.put("code", codes.get(code).code());
        }
    }
}
