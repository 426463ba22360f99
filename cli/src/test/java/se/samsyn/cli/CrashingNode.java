package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import se.samsyn.node.Node;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;

/**
 * A node as {@code samsyn run} runs it, in a process that ends without any warning when it comes to a fail point. A line on its standard
 * input names a period of trials to retract; it does not outlive whoever writes there.
 *
 * <p>Arguments: the configuration; where to end ({@code none}, or like {@code WRITE_ENTRIES before 2}); the first time, the federation
 * root's file and hash.
 */
final class CrashingNode {
    /** What the process ends with at its fail point, and never otherwise. */
    static final int CRASHED = 86;

    static final String NEVER = "none";
    static final String BEFORE = "before";
    static final String AFTER = "after";

    private CrashingNode() {}

    public static void main(String[] arguments) throws IOException {
        Optional<Launch.Invitation> invitation = arguments.length < 4
                ? Optional.empty()
                : Optional.of(new Launch.Invitation(Path.of(arguments[2]), Hash.parseHex(arguments[3])));
        FailPoints points = arguments[1].equals(NEVER) ? FailPoints.NONE : new Crash(arguments[1].split(" "));
        Node node = Launch.open(Path.of(arguments[0]), invitation, InstantSource.system(), points);
        node.start();
        retractWhatIsNamed(node);
        Runtime.getRuntime().halt(0);
    }

    private static void retractWhatIsNamed(Node node) throws IOException {
        DatasetDefinition trials = NetworkFiles.shipped().definitions().stream()
                .filter(definition -> definition.dataset().equals("trials"))
                .findFirst()
                .orElseThrow();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            try {
                node.releaser().retract(trials, Period.parse(line), false);
            } catch (RuntimeException e) {
                System.err.println("not retracted: " + e.getMessage());
            }
        }
    }

    /** Ends the process as a kill would: no hook and no finally runs. */
    private static final class Crash implements FailPoints {
        private final FailPoint point;
        private final String moment;
        private final AtomicInteger left;

        Crash(String[] words) {
            point = FailPoint.valueOf(words[0]);
            moment = words[1];
            left = new AtomicInteger(Integer.parseInt(words[2]));
        }

        @Override
        public void before(FailPoint reached) {
            come(reached, BEFORE);
        }

        @Override
        public void after(FailPoint passed) {
            come(passed, AFTER);
        }

        private void come(FailPoint to, String when) {
            if (to == point && when.equals(moment) && left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(CRASHED);
            }
        }
    }
}
