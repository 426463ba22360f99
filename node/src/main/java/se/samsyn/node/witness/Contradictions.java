package se.samsyn.node.witness;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.mirror.ForeignTree;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.Evidence;
import se.samsyn.protocol.witness.Evidence.Accusation;

/**
 * Compares checkpoints of one log, and makes evidence of two that cannot both be true. Most pairs are told apart without a signature being
 * verified; whatever is made of the others is verified before it is given away.
 */
final class Contradictions {
    /** Sizes at which others are asked about a tree that is not held: one that is known of it suffices. */
    private static final int MAX_QUESTIONS = 4;

    private final StoredLog log;
    private final List<VerifierKey> keys;

    /**
     * Takes a log.
     *
     * @param log whose tree, as it is held, says how checkpoints of different sizes go together
     * @param keys of logs and witnesses
     */
    Contradictions(StoredLog log, List<VerifierKey> keys) {
        this.log = log;
        this.keys = keys;
    }

    /**
     * Compares a checkpoint with others of the log.
     *
     * @param tree what is told of the tree that the checkpoint is of, if it is not the one that is held
     */
    List<Evidence> of(SignedNote note, Collection<SignedNote> others, ForeignTree tree) {
        List<Evidence> found = new ArrayList<>();
        int questions = 0;
        for (SignedNote other : others) {
            boolean ordered = head(note).size() <= head(other).size();
            SignedNote smaller = ordered ? note : other;
            SignedNote larger = ordered ? other : note;
            if (head(smaller).size() == head(larger).size()) {
                if (!head(smaller).equals(head(larger))) {
                    verified(Evidence.of(smaller, larger)).ifPresent(found::add);
                }
                continue;
            }
            if (mayHaveGoneBack(smaller, larger)) {
                verified(Evidence.of(smaller, larger)).ifPresent(found::add);
            }
            if (isHeld(head(larger))) {
                rewritten(smaller, larger).flatMap(this::verified).ifPresent(found::add);
            } else if (larger.equals(note) && head(smaller).size() > 0 && questions++ < MAX_QUESTIONS) {
                rewritten(smaller, larger, tree).flatMap(this::verified).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Tells whether a checkpoint is not of the tree that is held here; what is larger than that may be. */
    boolean isForeign(SignedNote note) {
        return head(note).size() <= log.head().size() && !isHeld(head(note));
    }

    /** Tells whether a key of the log signed a checkpoint. */
    boolean isByLog(SignedNote note) {
        return note.signatures().stream().anyMatch(line -> line.name().equals(log.origin()) && holds(line, note));
    }

    /** The larger one is of the tree that is held; is the smaller? */
    private Optional<Evidence> rewritten(SignedNote smaller, SignedNote larger) {
        long size = head(smaller).size();
        return isHeld(head(smaller))
                ? Optional.empty()
                : Optional.of(Evidence.of(
                        smaller,
                        larger,
                        MerkleTree.root(size, log.subtrees()),
                        MerkleTree.consistencyProof(size, head(larger).size(), log.subtrees())));
    }

    /** The larger one is of a tree of which others tell. */
    private static Optional<Evidence> rewritten(SignedNote smaller, SignedNote larger, ForeignTree tree) {
        return tree.grownFrom(head(smaller).size(), head(larger))
                .filter(growth -> !growth.olderRoot().equals(head(smaller).root()))
                .map(growth -> Evidence.of(smaller, larger, growth.olderRoot(), growth.proof()));
    }

    /** What it proves with the lines that prove it and no others, so that nobody can spoil it by a bad line beside. */
    private Optional<Evidence> verified(Evidence evidence) {
        try {
            Evidence sound =
                    new Evidence(sound(evidence.a()), sound(evidence.b()), evidence.prefixRoot(), evidence.proof());
            List<VerifierKey> accused =
                    sound.verify(keys).stream().map(Accusation::key).toList();
            Evidence least = sound.against(accused);
            least.verify(keys);
            return Optional.of(least);
        } catch (RefutedException | MalformedException e) {
            return Optional.empty();
        }
    }

    /** The note with the known lines that hold. */
    private SignedNote sound(SignedNote note) {
        List<SignatureLine> lines =
                note.signatures().stream().filter(line -> holds(line, note)).toList();
        if (lines.isEmpty()) {
            throw new RefutedException("no line of a known key holds");
        }
        return SignedNote.of(note.text(), lines);
    }

    private boolean holds(SignatureLine line, SignedNote note) {
        return keys.stream().filter(key -> key.ref().equals(line.ref())).anyMatch(key -> {
            try {
                NoteVerifier.verifyLine(line, note.text(), key);
                return true;
            } catch (RefutedException e) {
                return false;
            }
        });
    }

    /** Whether some witness says of the smaller tree that it saw it later, its lines not verified. */
    private boolean mayHaveGoneBack(SignedNote smaller, SignedNote larger) {
        Map<String, Long> times = times(larger, Math::min);
        return times(smaller, Math::max).entrySet().stream()
                .anyMatch(line -> line.getValue() > times.getOrDefault(line.getKey(), Long.MAX_VALUE));
    }

    private Map<String, Long> times(SignedNote note, BinaryOperator<Long> ofSeveral) {
        Map<String, Long> times = new HashMap<>();
        for (SignatureLine line : note.signatures()) {
            byte[] blob = line.blob();
            if (blob.length == KeyType.COSIGNATURE.blobLength()
                    && keys.stream().anyMatch(key -> key.ref().equals(line.ref()))) {
                times.merge(line.ref(), ByteBuffer.wrap(blob).getLong(), ofSeveral);
            }
        }
        return times;
    }

    private boolean isHeld(TreeHead head) {
        TreeHead held = log.head();
        if (head.size() > held.size()) {
            return false;
        }
        Hash root = head.size() == held.size() ? held.root() : MerkleTree.root(head.size(), log.subtrees());
        return root.equals(head.root());
    }

    private static TreeHead head(SignedNote note) {
        return Checkpoint.parse(note.text()).head();
    }
}
