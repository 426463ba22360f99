package se.samsyn.node.history;

/** The kill of a node: an error, so that nothing in the node catches it. */
final class Crash extends Error {
    private static final long serialVersionUID = 1;

    private final String node;

    Crash(String node, String where) {
        super(node + " is killed " + where, null, false, false);
        this.node = node;
    }

    String node() {
        return node;
    }
}
