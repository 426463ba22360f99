package se.samsyn.node.root;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import se.samsyn.node.log.StoredLog;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.statement.LogStatements;
import se.samsyn.protocol.witness.KeyEnd;

/**
 * Holds a proposed version of the root against the logs that are here: an end that lies before an entry by that key would leave the log of
 * a member that stays refuted for ever, since neither entries nor ends can be taken back.
 */
final class EndedEntries {
    private final RootChain chain;
    private final Function<String, StoredLog> logs;

    EndedEntries(RootChain chain, Function<String, StoredLog> logs) {
        this.chain = chain;
        this.logs = logs;
    }

    /**
     * Refuses a version that ends a publisher key below its own entries. A member that leaves may well have written on: that is what its
     * ends are for.
     *
     * @throws RefutedException if there is such an entry here
     */
    void refuseBelow(FederationRoot next) {
        for (Member member : next.members()) {
            List<KeyEnd> ends = next.ends().stream()
                    .filter(end -> end.origin().equals(member.origin()))
                    .filter(end -> !chain.newest().ends().contains(end))
                    .toList();
            if (!ends.isEmpty()) {
                refuseBelow(next.version(), member.node(), ends);
            }
        }
    }

    private void refuseBelow(long version, String node, List<KeyEnd> ends) {
        StoredLog log = logs.apply(node);
        LogStatements statements = new LogStatements(chain, node);
        for (byte[] entry : log.entries(0, log.head().size())) {
            long index = statements.size();
            VerifierKey publisher = statements.next(entry).publisher();
            Optional<KeyEnd> before = ends.stream()
                    .filter(end -> end.endsEntry(publisher, log.origin(), index))
                    .findFirst();
            if (before.isPresent()) {
                throw new RefutedException("version " + version + " of the federation root ends " + publisher.ref()
                        + " at size " + before.get().last().size() + " of " + log.origin() + ", but entry " + index
                        + ", which it signed, is held here: the whole log would be refuted from there, for ever. End the"
                        + " key at a published checkpoint that has all its entries, and have "
                        + node + " retract what should not count");
            }
        }
    }
}
