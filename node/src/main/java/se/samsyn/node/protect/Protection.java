package se.samsyn.node.protect;

/** What disclosure control makes of a tabulation: a {@link Draft} to release, {@link Unchanged}, or {@link Waits}. */
public sealed interface Protection permits Draft, Unchanged, Waits {}
