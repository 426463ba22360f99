package se.samsyn.node.mirror;

import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.Evidence;

/** Is told what peers say of a member's log; whatever it makes of that, it does so on its own time and never fails the teller. */
public interface CheckpointWatch {
    /** Looks at nothing. */
    CheckpointWatch NONE = new CheckpointWatch() {
        @Override
        public void offered(String node, SignedNote note) {}

        @Override
        public void refused(String node, SignedNote note, ForeignTree tree) {}

        @Override
        public void grown(String node) {}

        @Override
        public void logged(Statement statement) {}

        @Override
        public Accusations accusations() {
            return Accusations.NONE;
        }
    };

    /** A peer serves or brings a checkpoint of a node's log; nothing of it is verified yet. */
    void offered(String node, SignedNote note);

    /**
     * A checkpoint does not go with what is held of the log.
     *
     * @param tree what can be learnt of the tree that it is of
     */
    void refused(String node, SignedNote note, ForeignTree tree);

    /** More of a node's log is now held: what was ahead of that can be judged. */
    void grown(String node);

    /** A verified statement of some log is now held. */
    void logged(Statement statement);

    /** What is proven so far. */
    Accusations accusations();

    /** A piece of evidence that counts, or that did before another proved more. */
    default Optional<Evidence> evidence(Hash sha256) {
        return accusations().evidence(sha256);
    }
}
