package se.samsyn.protocol.note;

/**
 * A signature that holds.
 *
 * @param key whose it is
 * @param timeSeconds when it says it was made, seconds since 1970; 0 for type 0x01 and for a log's own of type 0x06
 */
public record VerifiedSignature(VerifierKey key, long timeSeconds) {}
