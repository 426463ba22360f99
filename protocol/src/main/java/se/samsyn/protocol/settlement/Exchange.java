package se.samsyn.protocol.settlement;

/** A proposal and its answer, which both parties hold. */
public record Exchange(Proposal proposal, Answer answer) {}
