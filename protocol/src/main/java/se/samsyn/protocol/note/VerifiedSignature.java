package se.samsyn.protocol.note;

/**
 * A signature that holds.
 *
 * @param key whose it is
 * @param timeSeconds when a cosignature (0x04) says it was made, seconds since 1970; 0 for type 0x01
 */
public record VerifiedSignature(VerifierKey key, long timeSeconds) {}
