package se.samsyn.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.node.log.CheckpointPublisher;
import se.samsyn.node.log.SigningGate;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.mirror.MirrorSet;
import se.samsyn.node.peer.Refusals;
import se.samsyn.node.restore.Scrub;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.view.NationalView;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/** The network as this node sees it: for each member what is held of its log, how fresh it is, and what is in the way. */
public final class NodeStatus {
    private final String self;
    private final FederationRoot root;
    private final Collection<StoredLog> logs;
    private final MirrorSet mirrors;
    private final CheckpointPublisher publisher;
    private final SigningGate gate;
    private final Scrub scrub;
    private final Refusals refusals;
    private final InstantSource clock;

    NodeStatus(
            String self,
            FederationRoot root,
            Collection<StoredLog> logs,
            MirrorSet mirrors,
            CheckpointPublisher publisher,
            SigningGate gate,
            Scrub scrub,
            Refusals refusals,
            InstantSource clock) {
        this.self = self;
        this.root = root;
        this.logs = List.copyOf(logs);
        this.mirrors = mirrors;
        this.publisher = publisher;
        this.gate = gate;
        this.scrub = scrub;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** Why the node is not ready to work; empty if it is. */
    public List<String> notReady() {
        List<String> reasons = new ArrayList<>();
        if (!gate.isOpen()) {
            reasons.add("signing: " + gate.state());
        }
        return reasons;
    }

    /** The answer of {@code /api/v1/network}. */
    public ObjectNode toJson() {
        long now = clock.instant().getEpochSecond();
        ObjectNode json = Json.object();
        json.put("node", self);
        json.put("at", Instant.ofEpochSecond(now).toString());
        ObjectNode rootJson = json.putObject("root");
        rootJson.put("network", root.network());
        rootJson.put("version", root.version());
        rootJson.put("hash", root.hash().toHex());
        root.expires().ifPresent(expires -> rootJson.put("expires", expires.toString()));
        json.put("quorum", root.quorum());
        json.put("signing", gate.state());
        scrub.describe(json.putObject("scrub"));
        Map<String, String> troubles = mirrors.troubles();
        ArrayNode members = json.putArray("members");
        for (StoredLog log : logs) {
            members.add(member(log, troubles, now));
        }
        ObjectNode witnesses = json.putObject("witnessTroubles");
        publisher.troubles().forEach(witnesses::put);
        ObjectNode refused = json.putObject("refused");
        refusals.byNode()
                .forEach((node, tally) -> refused.putObject(node)
                        .put("count", tally.count())
                        .put("reason", tally.reason())
                        .put("time", Instant.ofEpochSecond(tally.timeSeconds()).toString()));
        return json;
    }

    private ObjectNode member(StoredLog log, Map<String, String> troubles, long now) {
        Member member = root.requireMember(log.node());
        ObjectNode json = Json.object();
        json.put("node", log.node());
        json.put("url", member.url().toString());
        json.put("scope", member.scope().encode());
        json.put("heldSize", log.head().size());
        Optional<CosignedCheckpoint> published = log.published().map(note -> verified(note, log, now));
        json.put(
                "publishedSize",
                published.map(c -> c.checkpoint().head().size()).orElse(0L));
        json.put("votes", published.map(CosignedCheckpoint::votes).orElse(0));
        published.filter(CosignedCheckpoint::hasQuorum).ifPresent(checkpoint -> {
            json.put("time", Instant.ofEpochSecond(checkpoint.timeSeconds()).toString());
            json.put("ageSeconds", Math.max(0, now - checkpoint.timeSeconds()));
        });
        json.put("state", state(published, now));
        Optional.ofNullable(troubles.get(log.node())).ifPresent(text -> json.put("trouble", text));
        return json;
    }

    private CosignedCheckpoint verified(SignedNote note, StoredLog log, long now) {
        return root.verifyCheckpoint(note, log.node(), now);
    }

    private static String state(Optional<CosignedCheckpoint> published, long now) {
        if (published.isEmpty()) {
            return "silent";
        }
        return now - published.get().timeSeconds() > NationalView.MAX_AGE_SECONDS ? "stale" : "fresh";
    }
}
