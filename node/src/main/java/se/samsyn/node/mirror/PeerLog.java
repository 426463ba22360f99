package se.samsyn.node.mirror;

import java.util.List;
import java.util.Optional;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TilePath;

/** A node's log as some peer serves it: its origin, or a mirror. Nothing that it gives is trusted. */
public final class PeerLog {
    private static final int NOT_FOUND = 404;

    private final PeerClient peer;
    private final String node;

    public PeerLog(PeerClient peer, String node) {
        this.peer = peer;
        this.node = node;
    }

    /** The peer that serves it. */
    public String servedBy() {
        return peer.node();
    }

    /** The checkpoint that the peer serves, if it has one. */
    public Optional<SignedNote> checkpoint() {
        return get("checkpoint", SignedNote.MAX_LENGTH).map(SignedNote::parse);
    }

    /** A bundle of entries. */
    public List<byte[]> bundle(long index, int width) {
        String path = TilePath.entries(index, width).encode();
        byte[] bundle = get(path, EntryBundle.MAX_LENGTH).orElseThrow(() -> absent(path));
        return EntryBundle.parse(bundle, width);
    }

    /** The hashes of a tile, which are still to be checked. */
    byte[] tile(Tile tile) {
        String path = TilePath.hashes(tile).encode();
        return get(path, Tile.WIDTH * Hash.LENGTH).orElseThrow(() -> absent(path));
    }

    /** The body of a summary, whose hash is still to be checked. */
    public byte[] body(Hash sha256) {
        String path = "summary/" + sha256.toHex();
        return get(path, Summary.MAX_LENGTH).orElseThrow(() -> absent(path));
    }

    private Optional<byte[]> get(String path, int maxLength) {
        PeerResponse answer = peer.get("/log/" + node + "/" + path, maxLength);
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!answer.isOk()) {
            throw new PeerException(peer.node() + " answers " + answer.status() + " for " + path + " of " + node + ": "
                    + answer.shown());
        }
        return Optional.of(answer.body());
    }

    private PeerException absent(String path) {
        return new PeerException(peer.node() + " does not have " + path + " of " + node);
    }
}
