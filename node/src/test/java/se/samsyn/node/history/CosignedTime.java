package se.samsyn.node.history;

import java.nio.ByteBuffer;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.protocol.witness.AddCheckpointResponse;

/** The time in a witness's answer. */
final class CosignedTime {
    private CosignedTime() {}

    /** Seconds since 1970. */
    static long of(PeerResponse answer) {
        return ByteBuffer.wrap(AddCheckpointResponse.parse(answer.body())
                        .lines()
                        .get(0)
                        .blob())
                .getLong();
    }
}
