package se.samsyn.protocol.view;

import se.samsyn.protocol.dataset.Period;

/** A member's newest release for a dataset and period, which no view counts, and why. */
public record RejectedSummary(String node, String dataset, Period period, String reason) {}
