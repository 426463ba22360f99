package se.samsyn.node.history;

/** One member's part of one period of a dataset. */
record Subject(String node, String dataset, String period) implements Comparable<Subject> {
    @Override
    public int compareTo(Subject other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return Request.shortName(node) + " " + dataset + " " + period;
    }
}
