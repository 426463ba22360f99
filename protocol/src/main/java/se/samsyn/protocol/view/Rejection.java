package se.samsyn.protocol.view;

/**
 * A statement of a log that changes nothing, and why.
 *
 * @param index of its entry in the log
 * @param about the dataset and the period of a summary, or what a retraction names
 * @param reason why it does not count
 */
public record Rejection(long index, String about, String reason) {}
