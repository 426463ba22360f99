package se.samsyn.node.settlement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import se.samsyn.node.Json;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.record.RecordStore;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.dataset.DisclosureRule;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.settlement.Between;
import se.samsyn.protocol.settlement.SignedSettlement;

/** The desk of a member's settlements with others: what its own people may ask and do, and what a counterpart may bring. */
public final class Settlements implements AutoCloseable {
    /** The longest document that a counterpart may bring, in bytes. */
    public static final int MAX_LENGTH = SignedSettlement.MAX_LENGTH;

    private final SettlementStore documents;
    private final Payer payer;
    private final Issuer issuer;
    private final Sender sender;
    private final SettlementJson json;

    /**
     * Makes it; it sends from {@link #start} on.
     *
     * @param publisher signs for the node
     * @param k the fewest participants that a published total may cover, see {@link #floor}
     * @param thread sends, and does nothing else
     * @param pollMillis how often the node looks after its peers
     */
    public Settlements(
            String self,
            FederationRoot root,
            Store store,
            RecordStore records,
            SigningKey publisher,
            int k,
            InstantSource clock,
            Peers peers,
            ScheduledThreadPoolExecutor thread,
            int pollMillis) {
        documents = new SettlementStore(store);
        SettlementSigner signer = new SettlementSigner(publisher, store.failPoints());
        payer = new Payer(self, root, documents, records, signer, k, clock);
        issuer = new Issuer(self, root, documents, records, signer, k, clock);
        sender = new Sender(issuer, peers, thread, pollMillis);
        json = new SettlementJson(self, sender::trouble);
    }

    /** The floor that a member asks for: what it asks for where costs are published, within what the network knows. */
    public static int floor(Map<String, Integer> minimumPersons) {
        int asked = minimumPersons.getOrDefault("costs", DisclosureRule.MIN_K);
        return Math.min(DisclosureRule.MAX_K, Math.max(DisclosureRule.MIN_K, asked));
    }

    public void start() {
        sender.start();
    }

    @Override
    public void close() {
        sender.close();
    }

    /**
     * Answers a proposal, see {@link Payer#answer}.
     *
     * @param from the member that the connection is of
     */
    public byte[] answer(Optional<String> from, byte[] signed) {
        return payer.answer(from, signed);
    }

    /**
     * Proposes a quarter to all others and sends it in the background, see {@link Issuer#propose}.
     *
     * @param atLeast the first revision that new proposals may have; 1 unless the node has lost count
     */
    public ObjectNode send(Period quarter, int atLeast) {
        Issuer.Report report = issuer.propose(quarter, atLeast);
        sender.hint();
        ObjectNode answer = Json.object().put("quarter", quarter.toString());
        ArrayNode sent = answer.putArray("sent");
        report.made().forEach(sent::add);
        ArrayNode unchanged = answer.putArray("unchanged");
        report.unchanged().forEach(unchanged::add);
        ArrayNode leftOut = answer.putArray("leftOut");
        report.leftOut()
                .forEach((reason, count) ->
                        leftOut.addObject().put("reason", reason).put("lines", count));
        return answer;
    }

    /** The newest revisions of all quarters on both sides, without their lines. */
    public ObjectNode list() {
        ArrayNode list = Json.array();
        documents.newest(any -> true).forEach(settled -> list.add(json.head(settled)));
        return Json.object().set("settlements", list);
    }

    /**
     * A quarter line by line.
     *
     * @param with only with this member
     */
    public ObjectNode show(Period quarter, Optional<String> with) {
        Between.requireQuarter(quarter);
        Collection<Settled> found = documents.newest(of -> of.quarter().equals(quarter)
                && (with.isEmpty()
                        || with.get().equals(of.issuer())
                        || with.get().equals(of.payer())));
        ArrayNode list = Json.array();
        found.forEach(settled -> list.add(json.whole(settled)));
        ObjectNode answer = Json.object().put("quarter", quarter.toString());
        answer.set("settlements", list);
        return answer;
    }
}
