package se.samsyn.node.protect;

/**
 * A correction too small to be released: it waits until enough others have come together. The earlier release stands.
 *
 * @param reason for the region's own people: it tells of the records
 */
public record Waits(String reason) implements Protection {}
