package se.samsyn.node.history;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What befalls the network between the members: it is cut, heals, and loses, doubles, delays and replays what it carries. */
final class NetworkTrouble {
    /** Of so many that {@link #operate} is given one of. */
    static final int KINDS = 22;

    private final GeneratedNetwork network;
    private final GeneratedWire wire;
    private final SplittableRandom random;
    private final Consumer<String> told;

    /**
     * None yet.
     *
     * @param told is told of each
     */
    NetworkTrouble(GeneratedNetwork network, GeneratedWire wire, SplittableRandom random, Consumer<String> told) {
        this.network = network;
        this.wire = wire;
        this.random = random;
        this.told = told;
    }

    /**
     * Has one of them happen.
     *
     * @param node that may be in the midst of it
     * @param what from 0 to {@link #KINDS}, the last not among them
     */
    void operate(String node, int what) {
        List<String> names = network.nodes();
        if (what < 6) {
            cutOff(1 + random.nextInt(Math.max(1, names.size() - 1)), random.nextInt(4) == 0);
        } else if (what < 10) {
            told.accept("heal");
            wire.heal();
        } else if (what < 13) {
            String other = names.get(random.nextInt(names.size()));
            told.accept(Request.shortName(node) + " does not reach " + Request.shortName(other));
            wire.cut(node, other);
        } else if (what < 16) {
            told.accept("lose, double and delay");
            wire.disturb(random.nextDouble() / 4, random.nextDouble() / 3, random.nextDouble() / 4);
        } else if (what < 19) {
            told.accept("replay");
            wire.replay();
        } else {
            told.accept("a late request arrives");
            wire.arrive();
        }
    }

    private void cutOff(int sides, boolean oneWay) {
        told.accept("cut off the first " + sides + (oneWay ? " one way" : ""));
        for (String from : network.nodes().subList(0, sides)) {
            for (String to : network.nodes().subList(sides, network.nodes().size())) {
                wire.cut(from, to);
                if (!oneWay) {
                    wire.cut(to, from);
                }
            }
        }
    }
}
