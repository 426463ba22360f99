package se.samsyn.node.history;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import se.samsyn.node.HostileLog;
import se.samsyn.node.key.Purpose;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.statement.RootAccepted;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TilePath;
import se.samsyn.protocol.witness.AddCheckpointRequest;
import se.samsyn.protocol.witness.AddCheckpointResponse;
import se.samsyn.protocol.witness.Evidence;

/**
 * A member that lies: it writes two histories of its log and shows each to some, cosigns whatever it is brought, withholds bodies, serves
 * what others signed before instead of what they sign now, and accuses the honest of what it made up.
 */
final class LyingMember {
    private static final PeerResponse NOT_FOUND = new PeerResponse(404, new byte[0]);
    private static final int MAX_LOG = 40;
    private static final int MAX_KEPT_NOTES = 32;

    private final String name;
    private final GeneratedNetwork network;
    private final GeneratedWire wire;
    private final InstantSource clock;
    private final SplittableRandom random;
    private final SigningKey publisher;
    private final SigningKey witness;
    private final List<SigningKey> logKeys;
    private final Map<String, SignedNote> checkpoints = new HashMap<>();
    private final List<HostileLog> histories = new ArrayList<>();
    private final Map<String, Integer> shown = new TreeMap<>();
    private final Map<String, Long> known = new HashMap<>();
    private final Map<String, byte[]> bodies = new HashMap<>();
    private final Map<String, Map<String, SignatureLine>> cosignatures = new HashMap<>();
    private final List<SignedNote> notesOfOthers = new ArrayList<>();
    private int statements;
    private boolean resting;

    LyingMember(
            String name, GeneratedNetwork network, GeneratedWire wire, InstantSource clock, SplittableRandom random) {
        this.name = name;
        this.network = network;
        this.wire = wire;
        this.clock = clock;
        this.random = random;
        this.publisher = network.key(name, Purpose.PUBLISHER, 0);
        this.witness = network.key(name, Purpose.WITNESS, 0);
        this.logKeys = network.ring(name, 1).newest().logKeys();
        HostileLog log = new HostileLog();
        log.append(SignedStatement.sign(new RootAccepted(name, 1, network.root().hash()), publisher));
        histories.add(log);
        wire.serve(name, this::answer);
    }

    String name() {
        return name;
    }

    String origin() {
        return name + "/log";
    }

    /** From now on it serves as its own checkpoint only what looks published. */
    void rest() {
        resting = true;
    }

    /** Does one thing of what it does, whichever. */
    String act() {
        int what = random.nextInt(10);
        if (what < 3) {
            history().append(statement());
            return "grows";
        }
        if (what == 3 && histories.size() < 3) {
            HostileLog forked = histories.get(random.nextInt(histories.size()));
            HostileLog fork = forked.fork(1 + random.nextInt(forked.size()));
            fork.append(statement());
            histories.add(fork);
            return "forks";
        }
        if (what == 4) {
            honest().forEach(node -> shown.put(node, random.nextInt(histories.size())));
            return "shows other histories";
        }
        if (what == 5 && !notesOfOthers.isEmpty()) {
            history().append(falseEvidence());
            return "accuses the honest";
        }
        String asked = honest().get(random.nextInt(honest().size()));
        offer(asked);
        return "asks " + Request.shortName(asked) + " to cosign";
    }

    private List<String> honest() {
        return network.nodes().stream().filter(node -> !node.equals(name)).toList();
    }

    private HostileLog history() {
        HostileLog log = histories.get(random.nextInt(histories.size()));
        return log.size() < MAX_LOG ? log : new HostileLog();
    }

    private HostileLog historyFor(String node) {
        return histories.get(Math.min(histories.size() - 1, shown.getOrDefault(node, 0)));
    }

    private void offer(String node) {
        HostileLog log = random.nextInt(4) == 0 ? histories.get(random.nextInt(histories.size())) : historyFor(node);
        long size = log.size();
        long old = Math.min(size, known.getOrDefault(node, 0L));
        SignedNote note = checkpoint(log, size);
        byte[] body = new AddCheckpointRequest(old, log.proof(old, size), note).encode();
        try {
            PeerResponse answer = wire.send(new Request(name, node, "POST", "/add-checkpoint", body));
            if (answer.isOk()) {
                known.put(node, size);
                AddCheckpointResponse.parse(answer.body())
                        .lines()
                        .forEach(line -> cosignatures
                                .computeIfAbsent(note.text(), text -> new TreeMap<>())
                                .put(node, line));
            } else if (answer.status() == 409) {
                known.put(node, Long.parseLong(new String(answer.body(), StandardCharsets.UTF_8).strip()));
            }
        } catch (PeerException e) {
            // another time
        }
    }

    private SignedNote checkpoint(HostileLog log, long size) {
        String text = new Checkpoint(origin(), log.head(size)).encode();
        return checkpoints.computeIfAbsent(
                text,
                made -> SignedNote.of(
                        made, logKeys.stream().map(key -> key.signNote(made)).toList()));
    }

    private byte[] statement() {
        statements++;
        byte[] body = ("body " + statements + " of " + name).getBytes(StandardCharsets.UTF_8);
        DatasetDefinition costs = network.files().definitions().stream()
                .filter(definition -> definition.dataset().equals(MemberRecords.COSTS))
                .findFirst()
                .orElseThrow();
        if (random.nextInt(8) > 0) {
            bodies.put(Hash.sha256(body).toHex(), body);
        }
        return SignedStatement.sign(
                new SummaryStatement(
                        name,
                        1,
                        MemberRecords.COSTS,
                        costs.hash(),
                        Period.parse("2024-Q1"),
                        Hash.sha256(body),
                        body.length,
                        Optional.empty()),
                publisher);
    }

    /** Two notes of one history, and a proof that proves nothing. */
    private byte[] falseEvidence() {
        SignedNote one = notesOfOthers.get(random.nextInt(notesOfOthers.size()));
        Checkpoint checkpoint = Checkpoint.parse(one.text());
        String later = one.text()
                .replace(
                        "\n" + checkpoint.head().size() + "\n",
                        "\n" + (checkpoint.head().size() + 1) + "\n");
        SignedNote other = SignedNote.of(later, one.signatures());
        Hash madeUp = Hash.sha256("made up".getBytes(StandardCharsets.UTF_8));
        return SignedStatement.sign(
                new EvidenceStatement(name, 1, Evidence.of(one, other, madeUp, List.of(madeUp))), publisher);
    }

    private PeerResponse answer(Request request) {
        if (request.isPost()) {
            return cosign(request);
        }
        String prefix = "/log/" + name + "/";
        if (request.path().startsWith(prefix)) {
            return served(request, request.path().substring(prefix.length()))
                    .map(bytes -> new PeerResponse(200, bytes))
                    .orElse(NOT_FOUND);
        }
        if (request.path().endsWith("/checkpoint") && !notesOfOthers.isEmpty() && random.nextBoolean()) {
            return old(request.path());
        }
        return NOT_FOUND;
    }

    private PeerResponse cosign(Request request) {
        try {
            SignedNote note = AddCheckpointRequest.parse(request.body()).checkpoint();
            notesOfOthers.add(note);
            if (notesOfOthers.size() > MAX_KEPT_NOTES) {
                notesOfOthers.remove(random.nextInt(notesOfOthers.size()));
            }
            SignatureLine line = witness.cosignNote(clock.instant().getEpochSecond(), note.text());
            return new PeerResponse(200, (line.encode() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            return new PeerResponse(400, new byte[0]);
        }
    }

    /** What some log signed once, with its own cosignature, for what is asked. */
    private PeerResponse old(String path) {
        String node = path.startsWith("/log/") ? path.split("/", -1)[2] : "";
        for (SignedNote note : notesOfOthers) {
            String origin = Checkpoint.parse(note.text()).origin();
            boolean asked = node.isEmpty()
                    ? path.equals("/"
                            + Hash.sha256(origin.getBytes(StandardCharsets.UTF_8))
                                    .toHex() + "/checkpoint")
                    : origin.equals(node + "/log");
            if (asked) {
                SignedNote signed = note.with(witness.cosignNote(clock.instant().getEpochSecond(), note.text()));
                return new PeerResponse(200, signed.encode());
            }
        }
        return NOT_FOUND;
    }

    private Optional<byte[]> served(Request request, String path) {
        HostileLog log = historyFor(request.from());
        if (path.equals("checkpoint")) {
            return published(log).map(SignedNote::encode);
        }
        if (path.startsWith("summary/")) {
            return Optional.ofNullable(bodies.get(path.substring("summary/".length())));
        }
        try {
            TilePath tile = TilePath.parse(path);
            return Optional.of(
                    tile.kind() == TilePath.Kind.ENTRIES
                            ? log.bundle(tile.tile().index(), tile.tile().width())
                            : log.tile(tile.tile()));
        } catch (MalformedException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** The newest head of a history that most have cosigned, with what they said. */
    private Optional<SignedNote> published(HostileLog log) {
        SignedNote best = checkpoint(log, log.size());
        int votes = -1;
        for (long size = log.size(); size > 0; size--) {
            SignedNote note = checkpoint(log, size);
            Map<String, SignatureLine> lines = cosignatures.getOrDefault(note.text(), Map.of());
            if (lines.size() > votes) {
                votes = lines.size();
                best = note;
                for (SignatureLine line : lines.values()) {
                    best = best.with(line);
                }
            }
        }
        return resting && votes < network.root().quorum() ? Optional.empty() : Optional.of(best);
    }
}
