package se.samsyn.node.witness;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.log.AcceptedRoots;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.mirror.CheckpointWatch;
import se.samsyn.node.mirror.ForeignTree;
import se.samsyn.node.mirror.Mirror;
import se.samsyn.node.mirror.MirrorSet;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.store.Batch;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifiedSignature;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.ConsistencyProof;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.AddCheckpointRequest;

/**
 * Cosigns other members' checkpoints (C2SP tlog-witness).
 *
 * <p>One checkpoint of an origin at a time, in this order: verify the log's signature; verify the consistency proof against the root that
 * is <em>stored</em>; pull, verify and store the missing entries and bodies; store the whole note with the time of the cosignature, in the
 * one synced batch that makes the entries visible; and only then sign. So a cosignature says that the log goes on from what this witness
 * saw before, and that its content is on this witness's disk. A kill between the write and the signature loses only an answer.
 *
 * <p>Times of cosignatures for an origin never decrease: while the clock is behind the last one, nothing is signed.
 */
public final class Witness {
    private static final Logger logger = LoggerFactory.getLogger(Witness.class);

    private final Store store;
    private final MirrorSet mirrors;
    private final FederationRoot root;
    private final SigningKey key;
    private final InstantSource clock;
    private final RefusedNotes refused;
    private final CheckpointWatch watch;
    private volatile Supplier<Optional<String>> pause = Optional::empty;

    /**
     * A witness.
     *
     * @param watch is told of every checkpoint that is brought and refused
     */
    public Witness(
            Store store,
            MirrorSet mirrors,
            FederationRoot root,
            SigningKey key,
            InstantSource clock,
            CheckpointWatch watch) {
        this.store = store;
        this.mirrors = mirrors;
        this.root = root;
        this.key = key;
        this.clock = clock;
        this.refused = new RefusedNotes(store);
        this.watch = watch;
    }

    /**
     * Has every request refused for the time being while there is a reason.
     *
     * @param reason why nothing is cosigned just now; empty if it is
     */
    public void pauseWhile(Supplier<Optional<String>> reason) {
        pause = reason;
    }

    /** Answers a request; blocks while entries are pulled. */
    public AddCheckpointResult addCheckpoint(byte[] body) {
        Optional<String> paused = pause.get();
        if (paused.isPresent()) {
            return new AddCheckpointResult.TryLater("this witness cosigns nothing just now: " + paused.get() + "\n");
        }
        AddCheckpointRequest request;
        Checkpoint checkpoint;
        try {
            request = AddCheckpointRequest.parse(body);
            checkpoint = Checkpoint.parse(request.checkpoint().text());
        } catch (MalformedException e) {
            return new AddCheckpointResult.Malformed(e.getMessage() + "\n");
        }
        Optional<Member> origin = memberOf(checkpoint.origin());
        if (origin.isEmpty()) {
            return new AddCheckpointResult.UnknownOrigin("no log " + checkpoint.origin() + " is witnessed here\n");
        }
        Mirror mirror = mirrors.of(origin.get().node()).orElseThrow();
        SignedNote interpreted;
        try {
            interpreted = logLines(
                    request.checkpoint(), mirror.roots(), checkpoint.head().size());
        } catch (RefutedException e) {
            return new AddCheckpointResult.NotSigned(e.getMessage() + "\n");
        }
        if (request.oldSize() > checkpoint.head().size()) {
            return new AddCheckpointResult.Malformed("old size " + request.oldSize()
                    + " is larger than the checkpoint's " + checkpoint.head().size() + "\n");
        }
        AddCheckpointResult result;
        try {
            result = mirror.aloneOrBusy(() -> update(mirror, request, interpreted, checkpoint));
        } catch (PeerException e) {
            result = new AddCheckpointResult.TryLater(e.getMessage() + "\n");
        }
        if (result instanceof AddCheckpointResult.TryLater || result instanceof AddCheckpointResult.Conflict) {
            // it is signed all the same, and another that is brought later may contradict it
            watch.offered(origin.get().node(), interpreted);
        }
        return result;
    }

    /** The newest checkpoint of an origin that this witness cosigned, for monitors (C2SP tlog-witness, the read route). */
    public Optional<SignedNote> newest(Hash originHash) {
        return root.members().stream()
                .map(Member::node)
                .filter(node -> Hash.sha256(StoredLog.originOf(node).getBytes(StandardCharsets.UTF_8))
                        .equals(originHash))
                .findFirst()
                .flatMap(this::stored)
                .map(cosigned -> cosigned.note().with(sign(cosigned)));
    }

    /** The note with the log's own, verified lines alone: what is stored and cosigned is what was interpreted. */
    private SignedNote logLines(SignedNote note, AcceptedRoots roots, long size) {
        List<SignatureLine> lines = NoteVerifier.verify(note, roots.logKeys(size)).signatures().stream()
                .map(VerifiedSignature::key)
                .distinct()
                .map(key -> lineOf(note, key))
                .toList();
        SignedNote own = SignedNote.of(note.text(), lines);
        roots.verify(own, clock.instant().getEpochSecond());
        return own;
    }

    private static SignatureLine lineOf(SignedNote note, VerifierKey key) {
        return note.signatures().stream()
                .filter(line -> line.ref().equals(key.ref()))
                .findFirst()
                .orElseThrow();
    }

    private AddCheckpointResult update(
            Mirror mirror, AddCheckpointRequest request, SignedNote signed, Checkpoint checkpoint) {
        TreeHead held = mirror.log().head();
        if (request.oldSize() != held.size()) {
            keepIfContradicting(mirror, held, signed, checkpoint.head());
            return new AddCheckpointResult.Conflict(held.size());
        }
        try {
            ConsistencyProof.verify(held, checkpoint.head(), request.proof());
        } catch (RefutedException e) {
            keepRefused(mirror, signed, ForeignTree.of(held.size(), request.proof()));
            return new AddCheckpointResult.Inconsistent(e.getMessage() + "\n");
        }
        long lastTime =
                stored(mirror.log().node()).map(CosignedRecord::timeSeconds).orElse(0L);
        long now = clock.instant().getEpochSecond();
        if (now < lastTime) {
            return new AddCheckpointResult.TryLater(
                    "this witness's clock is " + (lastTime - now) + " s behind its last cosignature\n");
        }
        CosignedRecord cosigned = new CosignedRecord(now, signed);
        try {
            mirrors.hold(
                    mirror,
                    signed,
                    inForce -> inForce.verifyCheckpoint(signed, mirror.log().node(), now),
                    FailPoint.WRITE_COSIGNED_CHECKPOINT,
                    batch -> put(batch, mirror.log(), held, checkpoint, cosigned));
        } catch (RefutedException e) {
            keepRefused(mirror, signed, ForeignTree.UNKNOWN);
            logger.error("checkpoint of {} is refused: {}", checkpoint.origin(), e.getMessage());
            return new AddCheckpointResult.Inconsistent(e.getMessage() + "\n");
        }
        mirrors.hint(mirror);
        return new AddCheckpointResult.Cosigned(sign(cosigned));
    }

    /** Checks once more, where the write is decided, that the state is the one that the proof was checked against. */
    private void put(Batch batch, StoredLog log, TreeHead held, Checkpoint checkpoint, CosignedRecord cosigned) {
        if (!log.head().equals(held)) {
            throw new IllegalStateException("the mirror of " + log.node() + " changed while "
                    + checkpoint.head().size() + " entries were being witnessed");
        }
        batch.put(Columns.COSIGNED, log.node(), cosigned.encode());
    }

    private SignatureLine sign(CosignedRecord cosigned) {
        return store.failPoints()
                .around(
                        FailPoint.SIGN_COSIGNATURE,
                        () -> key.cosignNote(
                                cosigned.timeSeconds(), cosigned.note().text()));
    }

    private Optional<CosignedRecord> stored(String node) {
        return store.get(Columns.COSIGNED, node).map(CosignedRecord::parse);
    }

    private Optional<Member> memberOf(String origin) {
        return root.members().stream()
                .filter(member -> StoredLog.originOf(member.node()).equals(origin))
                .filter(member -> mirrors.of(member.node()).isPresent())
                .findFirst();
    }

    /** An older checkpoint is refused for its size alone; one that was never on the way here is more than old. */
    private void keepIfContradicting(Mirror mirror, TreeHead held, SignedNote signed, TreeHead offered) {
        if (offered.size() <= held.size()
                && !MerkleTree.root(offered.size(), mirror.log().subtrees()).equals(offered.root())) {
            keepRefused(mirror, signed, ForeignTree.UNKNOWN);
        }
    }

    /** A checkpoint that the log's key signed and that does not go with what is held may be half of a proof against that key. */
    private void keepRefused(Mirror mirror, SignedNote note, ForeignTree tree) {
        String node = mirror.log().node();
        refused.keep(node, note);
        watch.refused(node, note, tree.or(mirrors.served(mirror)));
    }
}
