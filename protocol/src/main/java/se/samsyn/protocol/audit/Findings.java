package se.samsyn.protocol.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;

/** Collects what the checks of one audit find. */
final class Findings {
    /** UTF-16 units of one reason: it may quote what a stranger wrote. */
    private static final int MAX_DETAIL_LENGTH = 1_000;

    private static final Pattern LINES = Pattern.compile("\\s*\n\\s*");

    /** A check that throws {@link RefutedException} or {@link MalformedException} if something does not hold. */
    @FunctionalInterface
    interface Claim {
        void check();
    }

    final List<Check> checks = new ArrayList<>();
    final List<String> attested = new ArrayList<>();
    final List<String> rejected = new ArrayList<>();
    final List<String> accusations = new ArrayList<>();
    final SortedMap<String, Integer> unchecked = new TreeMap<>();
    int rootVersions;
    int logs;
    long entries;
    long bodies;
    long cosignatures;
    int views;
    private int refuted;

    void verified(CheckKind kind, String where, String detail) {
        checks.add(new Check(kind, shown(where), Check.Result.VERIFIED, shown(detail)));
    }

    void refuted(CheckKind kind, String where, String reason) {
        refuted++;
        checks.add(new Check(kind, shown(where), Check.Result.REFUTED, shown(reason)));
    }

    void notChecked(CheckKind kind, String where, String reason) {
        checks.add(new Check(kind, shown(where), Check.Result.NOT_CHECKED, shown(reason)));
    }

    /** Notes what is outside of what can be checked here and belongs to no claim. */
    void unchecked(String what) {
        unchecked.merge(shown(what), 1, Integer::sum);
    }

    /** Runs a check that gives something; nothing if it is refuted, which is noted. */
    <T> Optional<T> found(CheckKind kind, String where, Supplier<T> claim) {
        try {
            return Optional.of(claim.get());
        } catch (RefutedException | MalformedException e) {
            refuted(kind, where, oneLine(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** Runs a check; false if it is refuted, which is noted. */
    boolean holds(CheckKind kind, String where, Claim claim) {
        try {
            claim.check();
            return true;
        } catch (RefutedException | MalformedException e) {
            refuted(kind, where, oneLine(String.valueOf(e.getMessage())));
            return false;
        }
    }

    /** Several mistakes come one a line, below a line that ends in a colon. */
    private static String oneLine(String message) {
        return LINES.matcher(message).replaceAll("; ").replace(":; ", ": ");
    }

    /** How many refutations there are so far. */
    int refutations() {
        return refuted;
    }

    /** Text without what a hostile file could do to a terminal, or to the lines of a report. */
    static String shown(String text) {
        String printable = text.codePoints()
                .mapToObj(c -> isPrintable(c) ? Character.toString(c) : "?")
                .collect(Collectors.joining());
        return printable.length() <= MAX_DETAIL_LENGTH ? printable : printable.substring(0, MAX_DETAIL_LENGTH) + "…";
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
