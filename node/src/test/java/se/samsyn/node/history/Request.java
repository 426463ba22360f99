package se.samsyn.node.history;

/** What one node asks of another. */
record Request(String from, String to, String method, String path, byte[] body) {
    boolean isPost() {
        return method.equals("POST");
    }

    @Override
    public String toString() {
        return method + " " + path + " from " + shortName(from) + " to " + shortName(to);
    }

    /** The first label of a node's name. */
    static String shortName(String node) {
        return node.substring(0, node.indexOf('.'));
    }
}
