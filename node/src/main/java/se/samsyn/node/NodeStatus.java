package se.samsyn.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import se.samsyn.node.log.AcceptedRoots;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.mirror.MirrorSet;
import se.samsyn.node.ops.Backups;
import se.samsyn.node.ops.Metrics;
import se.samsyn.node.peer.Refusals;
import se.samsyn.node.root.RootExpiry;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.witness.EvidenceKeeper;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.RootSignatures;
import se.samsyn.protocol.view.NationalView;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/** The network as this node sees it: for each member what is held of its log, how fresh it is, and what is in the way. */
public final class NodeStatus {
    private final Enrolment enrolment;
    private final RootKeeper roots;
    private final FederationRoot root;
    private final List<AcceptedRoots> logs;
    private final MirrorSet mirrors;
    private final Optional<MemberParts> member;
    private final Refusals refusals;
    private final EvidenceKeeper evidence;
    private final Backups backups;
    private final InstantSource clock;

    NodeStatus(
            Enrolment enrolment,
            RootKeeper roots,
            List<AcceptedRoots> logs,
            MirrorSet mirrors,
            Optional<MemberParts> member,
            Refusals refusals,
            EvidenceKeeper evidence,
            Backups backups,
            InstantSource clock) {
        this.enrolment = enrolment;
        this.roots = roots;
        this.root = roots.chain().newest();
        this.logs = List.copyOf(logs);
        this.mirrors = mirrors;
        this.member = member;
        this.refusals = refusals;
        this.evidence = evidence;
        this.backups = backups;
        this.clock = clock;
    }

    /** Why the node is not ready to work; empty if it is. */
    public List<String> notReady() {
        List<String> reasons = new ArrayList<>();
        enrolment.trouble().ifPresent(trouble -> reasons.add("this node " + trouble));
        member.filter(parts -> !parts.gate().isOpen())
                .ifPresent(parts -> reasons.add("signing: " + parts.gate().state()));
        return reasons;
    }

    /** What will keep the network from working, or retracted bodies from going, if nobody does anything; empty if nothing. */
    public List<String> warnings() {
        return Stream.concat(RootExpiry.warning(root, clock.instant()).stream(), backups.troubles().stream())
                .toList();
    }

    /** What is measured, for those who watch the node. */
    public Metrics metrics() {
        Metrics metrics = new Metrics()
                .gauge("samsyn.root.version", "Version of the federation root that the node goes by", root::version)
                .gauge(
                        "samsyn.root.expires.seconds",
                        "Seconds until the federation root expires, negative afterwards",
                        () -> root.expires()
                                .map(end -> (Number)
                                        Duration.between(clock.instant(), end).toSeconds())
                                .orElse(Double.NaN))
                .gauge(
                        "samsyn.ready",
                        "1 if the node is ready to work, else 0",
                        () -> notReady().isEmpty() ? 1 : 0);
        if (backups.isConfigured()) {
            metrics.gauge(
                    "samsyn.backup.age.seconds",
                    "Seconds since the newest backup was begun",
                    () -> backups.newest()
                            .map(backup -> (Number) Duration.between(backup.time(), clock.instant())
                                    .toSeconds())
                            .orElse(Double.NaN));
        }
        for (AcceptedRoots log : logs) {
            metrics.gauge(
                    "samsyn.log.held.entries",
                    "Entries of a member's log that are held",
                    Map.of("node", log.log().node()),
                    () -> log.log().head().size());
        }
        return metrics;
    }

    /** The answer of {@code /api/v1/network}. */
    public ObjectNode toJson() {
        long now = clock.instant().getEpochSecond();
        ObjectNode json = Json.object();
        json.put("node", enrolment.node());
        json.put("standing", enrolment.standing().name().toLowerCase(Locale.ROOT));
        enrolment.trouble().ifPresent(trouble -> json.put("trouble", trouble));
        json.put("at", Instant.ofEpochSecond(now).toString());
        ObjectNode rootJson = json.putObject("root");
        rootJson.put("network", root.network());
        rootJson.put("version", root.version());
        rootJson.put("hash", root.hash().toHex());
        root.expires().ifPresent(expires -> rootJson.put("expires", expires.toString()));
        roots.waiting().ifPresent(waiting -> rootJson.set("next", toJson(waiting)));
        json.put("quorum", root.quorum());
        json.put("signing", signing());
        member.ifPresent(parts -> parts.scrub().describe(json.putObject("scrub")));
        if (backups.isConfigured()) {
            backups.describe(json.putObject("backups"));
        }
        json.set("warnings", Json.tree(warnings()));
        Map<String, String> troubles = mirrors.troubles();
        ArrayNode members = json.putArray("members");
        for (AcceptedRoots log : logs) {
            members.add(member(log, troubles, now));
        }
        ObjectNode witnesses = json.putObject("witnessTroubles");
        member.ifPresent(parts -> parts.publisher().troubles().forEach(witnesses::put));
        ObjectNode refused = json.putObject("refused");
        refusals.byNode()
                .forEach((node, tally) -> refused.putObject(node)
                        .put("count", tally.count())
                        .put("reason", tally.reason())
                        .put("time", Instant.ofEpochSecond(tally.timeSeconds()).toString()));
        ArrayNode proofs = json.putArray("evidence");
        evidence.accusations().all().forEach(proven -> proofs.add(accusation(proven)));
        return json;
    }

    private static ObjectNode accusation(Accusations.Proven proven) {
        return Json.object()
                .put("accusation", proven.accusation().text())
                .put("fault", proven.accusation().fault().word())
                .put("key", proven.accusation().key().ref())
                .put("origin", proven.accusation().origin())
                .put("size", proven.accusation().size())
                .put("sha256", proven.sha256().toHex());
    }

    private String signing() {
        return member.map(parts -> parts.gate().state())
                .orElse(
                        enrolment.standing() == Enrolment.Standing.MEMBER
                                ? "does not sign: its keys are not those of the federation root"
                                : "signs nothing: this node "
                                        + enrolment.standing().words());
    }

    /** A version that was offered, with whose signatures it waits for. */
    public static ObjectNode toJson(RootSignatures signatures) {
        ObjectNode json = Json.object().put("version", signatures.version());
        ArrayNode parts = json.putArray("signatures");
        for (RootSignatures.Part part : signatures.parts()) {
            parts.addObject()
                    .put("keysOfVersion", part.version())
                    .put("threshold", part.threshold())
                    .put("needed", part.needed())
                    .<ObjectNode>set("signed", refs(part.signed()))
                    .set("missing", refs(part.missing()));
        }
        return json;
    }

    private static JsonNode refs(List<VerifierKey> keys) {
        return Json.tree(keys.stream().map(VerifierKey::ref).toList());
    }

    private ObjectNode member(AcceptedRoots accepted, Map<String, String> troubles, long now) {
        StoredLog log = accepted.log();
        Member listed = root.requireMember(log.node());
        ObjectNode json = Json.object();
        json.put("node", log.node());
        json.put("url", listed.url().toString());
        json.put("scope", listed.scope().encode());
        json.put("heldSize", log.head().size());
        Optional<CosignedCheckpoint> published = Optional.empty();
        try {
            json.put("rootVersion", accepted.newest());
            published = log.published().map(note -> accepted.verify(note, now).without(evidence.accusations()));
        } catch (RefutedException e) {
            // one log that does not hold any more does not hide the others
            json.put("rootVersion", 0);
            json.put("trouble", "what is held of it does not hold by the newest root: " + e.getMessage());
        }
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

    private static String state(Optional<CosignedCheckpoint> published, long now) {
        if (published.isEmpty()) {
            return "silent";
        }
        return now - published.get().timeSeconds() > NationalView.MAX_AGE_SECONDS ? "stale" : "fresh";
    }
}
