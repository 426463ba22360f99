package se.samsyn.protocol.dataset;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import se.samsyn.protocol.MalformedException;

/**
 * A way between two dates of a trial, of which views tell how many days it takes.
 *
 * @param name what definitions and views call it
 * @param label what people call it, by language
 * @param from where it begins: a milestone of the register, {@code start} or {@code end}
 * @param to where it ends
 */
public record Step(String name, Map<String, String> label, String from, String to) {
    /** Steps of one register. */
    public static final int MAX_STEPS = 16;
    /** What every register tells may be one end of a step. */
    public static final String START = "start";
    /** What a register may tell, and then be one end of a step. */
    public static final String END = "end";

    /** Characters of a date that says its day. */
    private static final int DAY_LENGTH = 10;

    public Step {
        Names.checkName("the name of a step", name);
        label = Map.copyOf(label);
        Names.checkLabels("step " + name, label);
        if (from.equals(to)) {
            throw new MalformedException("step " + name + " leads from \"" + from + "\" to itself");
        }
    }

    /**
     * The days from one date to another.
     *
     * @param from {@code YYYY}, {@code YYYY-MM} or {@code YYYY-MM-DD}
     * @param to written likewise
     * @return empty where one of them does not say its day, or the second is before the first
     */
    public static OptionalInt days(String from, String to) {
        if (from.length() != DAY_LENGTH || to.length() != DAY_LENGTH) {
            return OptionalInt.empty();
        }
        long days = ChronoUnit.DAYS.between(LocalDate.parse(from), LocalDate.parse(to));
        return days < 0 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(days));
    }

    /** Insists that steps lead between dates that the register tells, no two between the same. */
    static void check(List<Step> steps, Set<String> dates) {
        if (steps.size() > MAX_STEPS) {
            throw new MalformedException("a register has at most " + MAX_STEPS + " steps");
        }
        Names.checkDistinct("step", steps, Step::name);
        Names.checkDistinct("the way of a step", steps, step -> step.from + " to " + step.to);
        for (Step step : steps) {
            for (String date : List.of(step.from, step.to)) {
                if (!dates.contains(date)) {
                    throw new MalformedException("step " + step.name + " names \"" + date
                            + "\", which is no date of the register; there is " + String.join(", ", dates));
                }
            }
        }
    }
}
