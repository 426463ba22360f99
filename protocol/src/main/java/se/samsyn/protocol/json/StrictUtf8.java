package se.samsyn.protocol.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import se.samsyn.protocol.MalformedException;

/**
 * UTF-8 (RFC 3629) as text, refused where it is not: no overlong forms, no surrogates, no byte order mark, no
 * replacing.
 */
final class StrictUtf8 {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private StrictUtf8() {}

    static String decode(byte[] utf8, int maxLength) {
        if (utf8.length > maxLength) {
            throw new MalformedException("JSON has " + utf8.length + " bytes, more than the " + maxLength + " allowed");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(utf8);
        CharBuffer out = CharBuffer.allocate(utf8.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new MalformedException("JSON is not UTF-8 at byte " + in.position());
        }
        out.flip();
        if (out.hasRemaining() && out.charAt(0) == BYTE_ORDER_MARK) {
            throw new MalformedException("JSON begins with a byte order mark at byte 0, expected none");
        }
        return out.toString();
    }

    /** Whether a surrogate lacks its other half: such a text has no UTF-8. */
    static boolean hasLoneSurrogate(String text) {
        int point;
        for (int at = 0; at < text.length(); at += Character.charCount(point)) {
            point = text.codePointAt(at);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return true;
            }
        }
        return false;
    }
}
