package se.samsyn.node.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.witness.AddCheckpointRequest;

/**
 * Every checkpoint that goes over the network, and who has seen it: what honest logs and witnesses sign is held against what they signed
 * before as soon as it is seen.
 */
final class SeenCheckpoints {
    private static final int MALFORMED = 400;
    private static final int TRY_LATER = 503;

    private final Set<String> liars;
    private final Map<String, List<VerifierKey>> logKeys;
    private final Map<String, String> rootBySize = new HashMap<>();
    private final Map<String, String> cosigned = new HashMap<>();
    private final Map<String, Long> cosignedTimes = new HashMap<>();
    private final Map<String, Map<String, Set<String>>> rootsSeenBy = new TreeMap<>();
    private final Map<String, Long> published = new HashMap<>();
    private final Map<String, Long> signed = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    /**
     * Nothing seen yet.
     *
     * @param liars whose logs are not held against themselves
     * @param logKeys all that ever sign a log, by its origin
     */
    SeenCheckpoints(Set<String> liars, Map<String, List<VerifierKey>> logKeys) {
        this.liars = liars;
        this.logKeys = logKeys;
    }

    /** A request was handled, whether or not the answer arrives. */
    void handled(Request request, PeerResponse answer) {
        if (!request.isPost() || answer.status() == MALFORMED || isPaused(answer)) {
            return;
        }
        SignedNote note = AddCheckpointRequest.parse(request.body()).checkpoint();
        seen(request.to(), note);
        if (answer.isOk() && !liars.contains(request.to())) {
            cosigned(request.to(), note, answer);
        }
    }

    /** A node forgets what it has not judged yet when it stops. */
    void stopped(String node) {
        rootsSeenBy.remove(node);
    }

    private static boolean isPaused(PeerResponse answer) {
        return answer.status() == TRY_LATER && answer.shown().contains("cosigns nothing just now");
    }

    /** An answer reaches who asked. */
    void answered(Request request, PeerResponse answer) {
        if (!request.isPost() && answer.isOk() && request.path().endsWith("/checkpoint")) {
            try {
                SignedNote note = SignedNote.parse(answer.body());
                seen(request.from(), note);
                if (request.path().startsWith("/log/") && !liars.contains(request.to())) {
                    Checkpoint checkpoint = Checkpoint.parse(note.text());
                    published.merge(checkpoint.origin(), checkpoint.head().size(), Math::max);
                }
            } catch (MalformedException e) {
                // no checkpoint
            }
        }
    }

    /** The largest size at which an honest node served a log as published, 0 if none did. */
    long published(String origin) {
        return published.getOrDefault(origin, 0L);
    }

    /** Whether an honest log signed something that was seen and that it has not published yet: nobody may hold its entries. */
    boolean isAheadOfPublished(String origin) {
        return signed.getOrDefault(origin, 0L) > published(origin);
    }

    /** What honest members did that none may do. */
    List<String> faults() {
        return faults;
    }

    /** The logs of which a node has seen two roots of one size, each signed by the log's key. */
    Set<String> contradictionsSeenBy(String node) {
        Set<String> origins = new TreeSet<>();
        rootsSeenBy.getOrDefault(node, Map.of()).forEach((place, roots) -> {
            if (roots.size() > 1) {
                origins.add(place.substring(0, place.indexOf(' ')));
            }
        });
        return origins;
    }

    private void seen(String by, SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        String place = checkpoint.origin() + " " + checkpoint.head().size();
        String root = checkpoint.head().root().toBase64();
        Set<String> roots = rootsSeenBy
                .computeIfAbsent(by, node -> new TreeMap<>())
                .computeIfAbsent(place, size -> new HashSet<>());
        if (roots.contains(root) || !isByLog(note, checkpoint.origin())) {
            return;
        }
        roots.add(root);
        signed.merge(checkpoint.origin(), checkpoint.head().size(), Math::max);
        if (!liars.contains(nodeOf(checkpoint.origin()))) {
            String before = Optional.ofNullable(rootBySize.put(place, root)).orElse(root);
            if (!before.equals(root)) {
                faults.add("the log " + place + " has two signed roots: " + before + " and " + root);
            }
        }
    }

    private void cosigned(String witness, SignedNote note, PeerResponse answer) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        String place = witness + " cosigned " + checkpoint.origin() + " "
                + checkpoint.head().size();
        String root = checkpoint.head().root().toBase64();
        String before = Optional.ofNullable(cosigned.put(place, root)).orElse(root);
        if (!before.equals(root)) {
            faults.add(place + " with two roots: " + before + " and " + root);
        }
        long time = CosignedTime.of(answer);
        long last = cosignedTimes.getOrDefault(witness + " " + checkpoint.origin(), 0L);
        if (time < last) {
            faults.add(place + " with time " + time + ", after " + last);
        }
        cosignedTimes.put(witness + " " + checkpoint.origin(), time);
    }

    private boolean isByLog(SignedNote note, String origin) {
        try {
            return !NoteVerifier.verify(note, logKeys.getOrDefault(origin, List.of()))
                    .signatures()
                    .isEmpty();
        } catch (RefutedException e) {
            return false;
        }
    }

    private static String nodeOf(String origin) {
        return origin.substring(0, origin.length() - "/log".length());
    }
}
