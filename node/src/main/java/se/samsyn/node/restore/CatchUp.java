package se.samsyn.node.restore;

import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.mirror.Mirror;
import se.samsyn.node.mirror.MirrorSet;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.store.FailPoint;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.RootChain;

/**
 * After the store was put back: brings the mirrors up to every checkpoint that another witness has cosigned, before this witness cosigns
 * again. It may have forgotten what it cosigned itself, and must not put its name to another history than the others did.
 */
public final class CatchUp implements Consumer<PeerClient> {
    private static final Logger logger = LoggerFactory.getLogger(CatchUp.class);

    private final RootChain chain;
    private final MirrorSet mirrors;
    private final InstantSource clock;

    public CatchUp(RootChain chain, MirrorSet mirrors, InstantSource clock) {
        this.clock = clock;
        this.chain = chain;
        this.mirrors = mirrors;
    }

    /**
     * Takes what one peer knows of all mirrored logs.
     *
     * @throws PeerException if it does not say, or nobody gives the entries
     */
    @Override
    public void accept(PeerClient peer) {
        for (Member member : chain.newest().members()) {
            mirrors.of(member.node()).ifPresent(mirror -> catchUp(mirror, peer));
        }
    }

    private void catchUp(Mirror mirror, PeerClient peer) {
        String node = mirror.log().node();
        long now = clock.instant().getEpochSecond();
        for (PeerNotes.Known known : new PeerNotes(chain, node).ask(peer)) {
            try {
                mirror.alone(() -> {
                    mirrors.hold(
                            mirror,
                            known.note(),
                            inForce -> inForce.verifyCheckpoint(known.note(), node, now),
                            FailPoint.WRITE_MIRRORED_CHECKPOINT,
                            batch -> {});
                    return true;
                });
            } catch (RefutedException e) {
                // that log's fault: what is held stays, and no other history of it is cosigned here
                logger.error("{} holds another history of the log of {}: {}", peer.node(), node, e.getMessage());
            }
        }
    }
}
