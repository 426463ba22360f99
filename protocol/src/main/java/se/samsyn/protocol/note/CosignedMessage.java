package se.samsyn.protocol.note;

import se.samsyn.protocol.Utf8;

/**
 * What a witness signs (C2SP tlog-cosignature, type 0x04): a time and the whole text of a checkpoint.
 *
 * <p>It does not name the witness, so a public key may appear under one name only.
 */
public final class CosignedMessage {
    private CosignedMessage() {}

    /**
     * The bytes under a cosignature.
     *
     * @param timeSeconds seconds since 1970, at least 1
     * @param text the text of the note, up to and with its last line feed
     */
    public static byte[] encode(long timeSeconds, String text) {
        if (timeSeconds < 1) {
            throw new IllegalArgumentException("a cosignature's time is at least 1, not " + timeSeconds);
        }
        return Utf8.encode("cosignature/v1\ntime " + timeSeconds + "\n" + text);
    }
}
