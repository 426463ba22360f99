package se.samsyn.protocol.audit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;

/** Which bodies a bundle must hold of a log: those that its entries release and no later one of them retracts. */
public final class NeededBodies {
    private NeededBodies() {}

    /**
     * Reads what entries say. Nothing is verified: this tells what to collect, and {@link BundleVerifier} whether it holds.
     *
     * @param entries all of a log, in its order
     * @return in the order of their releases
     */
    public static Set<Hash> of(List<byte[]> entries) {
        Set<Hash> needed = new LinkedHashSet<>();
        for (byte[] entry : entries) {
            StatementReader.payload(entry).ifPresent(payload -> take(payload, needed));
        }
        return needed;
    }

    private static void take(byte[] payload, Set<Hash> needed) {
        try {
            Statement statement = Statement.parse(payload);
            if (statement instanceof SummaryStatement summary) {
                needed.add(summary.sha256());
            } else if (statement instanceof Retraction retraction) {
                needed.remove(retraction.sha256());
            }
        } catch (MalformedException e) {
            // of a kind that is not known here: it names no body
        }
    }
}
