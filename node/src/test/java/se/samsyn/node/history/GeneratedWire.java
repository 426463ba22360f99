package se.samsyn.node.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.PeerResponse;

/**
 * The network between the nodes: who reaches whom, and how often an answer is lost, a request doubled or kept back to arrive later, after
 * others. Every request is handled on the asking node's stack.
 */
final class GeneratedWire {
    private static final int MAX_KEPT = 64;

    private final SplittableRandom random;
    private final Map<String, Function<Request, PeerResponse>> servers = new TreeMap<>();
    private final Set<String> cuts = new HashSet<>();
    private final List<Request> late = new ArrayList<>();
    private final List<Request> earlier = new ArrayList<>();
    private final SeenCheckpoints seen;
    private double loss;
    private double doubling;
    private double delay;

    /**
     * A network that loses nothing.
     *
     * @param seen is told what reaches whom
     */
    GeneratedWire(SplittableRandom random, SeenCheckpoints seen) {
        this.random = random;
        this.seen = seen;
    }

    /** Has requests to a node answered. */
    void serve(String node, Function<Request, PeerResponse> server) {
        servers.put(node, server);
    }

    /** Sets how often, of 1, an answer is lost, and a request that changes something is doubled or arrives late. */
    void disturb(double lost, double doubled, double delayed) {
        loss = lost;
        doubling = doubled;
        delay = delayed;
    }

    /** Cuts the way from one node to another. */
    void cut(String from, String to) {
        cuts.add(from + " " + to);
    }

    /** Everybody reaches everybody, and nothing is lost any more. */
    void heal() {
        cuts.clear();
        disturb(0, 0, 0);
    }

    /** A node stopped, or was killed. */
    void stopped(String node) {
        seen.stopped(node);
    }

    /** Requests that have not arrived yet. */
    int late() {
        return late.size();
    }

    /** Lets a late request arrive, whichever; nobody waits for its answer any more. */
    void arrive() {
        if (!late.isEmpty()) {
            unheard(late.remove(random.nextInt(late.size())));
        }
    }

    /** Sends again what was sent before, as somebody who recorded it would. */
    void replay() {
        if (!earlier.isEmpty()) {
            unheard(earlier.get(random.nextInt(earlier.size())));
        }
    }

    /** How a node asks another. */
    PeerClient client(GeneratedNode from, String to) {
        return new PeerClient() {
            @Override
            public String node() {
                return to;
            }

            @Override
            public PeerResponse get(String path, int maxLength) {
                return ask("GET", path, new byte[0], maxLength);
            }

            @Override
            public PeerResponse post(String path, byte[] body, int maxLength) {
                return ask("POST", path, body, maxLength);
            }

            @Override
            public void close() {}

            private PeerResponse ask(String method, String path, byte[] body, int maxLength) {
                from.requireAlive();
                Request request = new Request(from.name(), to, method, path, body);
                try {
                    PeerResponse answer = send(request);
                    if (answer.body().length > maxLength) {
                        throw new PeerException("the answer is longer than " + maxLength + " bytes");
                    }
                    return answer;
                } finally {
                    // what was asked may have asked back and so have killed who asked
                    from.requireAlive();
                }
            }
        };
    }

    /** Sends a request and gives the answer, as far as the network lets both through. */
    PeerResponse send(Request request) {
        if (cuts.contains(request.from() + " " + request.to())) {
            throw new PeerException(request + ": no route");
        }
        if (request.isPost() && random.nextDouble() < delay) {
            late.add(request);
            throw new PeerException(request + ": no answer in time");
        }
        PeerResponse answer = handle(request);
        if (request.isPost() && random.nextDouble() < doubling) {
            answer = handle(request);
        }
        if (random.nextDouble() < loss || cuts.contains(request.to() + " " + request.from())) {
            throw new PeerException(request + ": the answer is lost");
        }
        seen.answered(request, answer);
        return answer;
    }

    private PeerResponse handle(Request request) {
        if (request.isPost()) {
            earlier.add(request);
            if (earlier.size() > MAX_KEPT) {
                earlier.remove(0);
            }
        }
        Function<Request, PeerResponse> server = servers.get(request.to());
        if (server == null) {
            throw new PeerException(request + ": nobody is there");
        }
        PeerResponse answer = server.apply(request);
        seen.handled(request, answer);
        return answer;
    }

    private void unheard(Request request) {
        try {
            handle(request);
        } catch (PeerException e) {
            // it arrived where nobody is
        }
    }
}
