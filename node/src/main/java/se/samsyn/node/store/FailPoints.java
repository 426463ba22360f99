package se.samsyn.node.store;

import java.util.function.Supplier;

/** Is told when a node comes to a fail point and when it has passed it. A test stops the node there; a node in service does nothing. */
public interface FailPoints {
    /** Those of a node in service. */
    FailPoints NONE = new FailPoints() {
        @Override
        public void before(FailPoint point) {}

        @Override
        public void after(FailPoint point) {}
    };

    /** The write or signature comes next; nothing of it has been done. */
    void before(FailPoint point);

    /** The write is on the disk, or the signature is made; nobody has been told. */
    void after(FailPoint point);

    /** Makes a signature between the two. */
    default <T> T around(FailPoint point, Supplier<T> signature) {
        before(point);
        T made = signature.get();
        after(point);
        return made;
    }
}
