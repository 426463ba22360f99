package se.samsyn.protocol.summary;

/** What a summary holds: {@link Tables}, a {@link Register} of trials, or a {@link Roster}. */
public sealed interface SummaryContent permits Tables, Register, Roster {
    /** Whether the member says that it has nothing: zero is a statement, silence is not (DESIGN section 6). */
    boolean isZero();
}
