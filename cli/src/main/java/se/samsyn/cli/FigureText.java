package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * A national figure as people read it: exact ({@code 12}), an interval ({@code 3–9}), or at least ({@code ≥12}).
 *
 * @param from the least that it can be
 * @param to the most that it can be, or {@link #UNBOUNDED}
 */
record FigureText(long from, long to) {
    static final long UNBOUNDED = Long.MAX_VALUE;
    static final FigureText ZERO = new FigureText(0, 0);

    private static final String MONEY_SUFFIX = "Ore";
    private static final long ORE_PER_KRONA = 100;
    private static final char NO_BREAK_SPACE = '\u00a0';

    static FigureText of(JsonNode figure) {
        if (figure.has("exact")) {
            long value = figure.path("exact").asLong();
            return new FigureText(value, value);
        }
        if (figure.has("atLeast")) {
            return new FigureText(figure.path("atLeast").asLong(), UNBOUNDED);
        }
        return new FigureText(figure.path("from").asLong(), figure.path("to").asLong());
    }

    FigureText plus(FigureText other) {
        boolean unbounded = to == UNBOUNDED || other.to == UNBOUNDED;
        return new FigureText(Math.addExact(from, other.from), unbounded ? UNBOUNDED : Math.addExact(to, other.to));
    }

    /** The figure with thousands set apart; a measure in öre is shown in kronor. */
    String text(String measure) {
        if (to == UNBOUNDED) {
            return "≥" + number(from, measure);
        }
        return from == to ? number(from, measure) : number(from, measure) + "–" + number(to, measure);
    }

    /** The least that it is in amount, whatever its sign; credits are negative. */
    long leastAmount() {
        return from >= 0 ? from : to <= 0 ? -to : 0;
    }

    /** The most that it is known to be in amount, whatever its sign. */
    long mostAmount() {
        return to == UNBOUNDED ? Math.abs(from) : Math.max(Math.abs(from), Math.abs(to));
    }

    /** The unit in which {@link #text} shows a measure, in brackets; empty for counts. */
    static String unit(String measure) {
        return measure.endsWith(MONEY_SUFFIX) ? " (kronor)" : "";
    }

    private static String number(long value, String measure) {
        if (!measure.endsWith(MONEY_SUFFIX)) {
            return grouped(value);
        }
        // the sign apart: what is less than a krona has none of its own
        String sign = value < 0 ? "-" : "";
        long rest = Math.abs(value % ORE_PER_KRONA);
        String kronor = sign + grouped(Math.abs(value / ORE_PER_KRONA));
        return rest == 0 ? kronor : kronor + String.format(Locale.ROOT, ".%02d", rest);
    }

    /** A calculated number of a measure, with the decimals that it comes with; one in öre is shown in kronor with two. */
    static String decimal(String number, String measure, RoundingMode rounding) {
        BigDecimal value = new BigDecimal(number);
        BigDecimal shown =
                measure.endsWith(MONEY_SUFFIX) ? value.movePointLeft(2).setScale(2, rounding) : value;
        return String.format(Locale.ROOT, "%,." + Math.max(0, shown.scale()) + "f", shown)
                .replace(',', NO_BREAK_SPACE);
    }

    /** Thousands set apart by a no-break space, as Swedish does. */
    private static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value).replace(',', NO_BREAK_SPACE);
    }
}
