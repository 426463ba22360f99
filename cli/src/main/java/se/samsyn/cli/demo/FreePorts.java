package se.samsyn.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import se.samsyn.node.NodeStartException;

/** Loopback ports that nobody uses at the moment; the federation root names them before the nodes bind to them. */
final class FreePorts {
    private FreePorts() {}

    static List<Integer> find(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                // held until all are found, so that they differ
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new NodeStartException("cannot find " + count + " free loopback ports: " + e.getMessage(), e);
        } finally {
            held.forEach(FreePorts::release);
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new NodeStartException("cannot release port " + socket.getLocalPort() + ": " + e.getMessage(), e);
        }
    }
}
