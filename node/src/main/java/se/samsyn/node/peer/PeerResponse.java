package se.samsyn.node.peer;

import java.nio.charset.StandardCharsets;

/** What a peer answered: HTTP status and body, at most as long as was asked for. */
public record PeerResponse(int status, byte[] body) {
    private static final int OK = 200;
    private static final int SHOWN_LENGTH = 200;

    public boolean isOk() {
        return status == OK;
    }

    /** The beginning of the body, safe to show in a log line. */
    public String shown() {
        String text = new String(body, StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
    }
}
