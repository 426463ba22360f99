package se.samsyn.protocol.summary;

/** What a summary holds: {@link Tables}, or a {@link Register} of trials. */
public sealed interface SummaryContent permits Tables, Register {
    /** Whether the member says that it has nothing: zero is a statement, silence is not (DESIGN section 6). */
    boolean isZero();
}
