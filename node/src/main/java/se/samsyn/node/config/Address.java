package se.samsyn.node.config;

/** Where a listener binds: host and port; port 0 takes a free one. */
public record Address(String host, int port) {
    static final int MAX_PORT = 65_535;

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
