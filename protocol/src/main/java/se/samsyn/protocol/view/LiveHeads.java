package se.samsyn.protocol.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.witness.Evidence.Accusation;

/**
 * What one log says, entry by entry, about which release of each dataset and period is live (DESIGN section 5, "One
 * live head").
 *
 * <p>A fold over statements alone: bodies have no say here, so that a log means the same to a node that holds a body
 * and to one that came after it was erased. A release must name the current head of its chain, retracted or not, or
 * nothing where there is none. Whatever else is said (a replay, a second first release, a release that goes back to an
 * older one) is rejected with its index and reason, and the head stays. Retracting the head withdraws the whole chain
 * from view: older releases are not revived.
 *
 * <p>Of a log whose key signed two histories nothing is told any more from the position of the contradiction on: later
 * releases are rejected. A retraction still counts, since it tells nothing, and the body is gone everywhere.
 */
final class LiveHeads {
    /** Rejections that are kept; all of them are counted. */
    static final int MAX_REJECTIONS_KEPT = 20;

    private final String node;
    private final Function<SummaryStatement, Optional<String>> inadmissible;
    private final Optional<Accusation> accusation;
    private final Map<Subject, List<Release>> chains = new HashMap<>();
    private final Map<Hash, Subject> subjects = new HashMap<>();
    private final Set<Hash> bodies = new HashSet<>();
    private final Map<Subject, Rejection> rejected = new HashMap<>();
    private final Deque<Rejection> latest = new ArrayDeque<>();
    private long rejections;
    private long size;

    /** A log without entries that is accused of nothing. */
    LiveHeads(String node, Function<SummaryStatement, Optional<String>> inadmissible) {
        this(node, inadmissible, Optional.empty());
    }

    /**
     * A log without entries.
     *
     * @param node whose log it is
     * @param inadmissible why a summary cannot count whatever the chain says, or nothing if it can
     * @param accusation against the log: from its position on no release counts
     */
    LiveHeads(String node, Function<SummaryStatement, Optional<String>> inadmissible, Optional<Accusation> accusation) {
        this.node = node;
        this.inadmissible = inadmissible;
        this.accusation = accusation;
    }

    /** Takes the next entry; gives what it was about, if it changed or might have changed anything. */
    Optional<Subject> append(VerifiedStatement entry) {
        Statement statement = entry.statement();
        Optional<Subject> touched = Optional.empty();
        if (!statement.node().equals(node)) {
            reject(statement.kind(), "the statement is of node " + statement.node());
        } else if (statement instanceof SummaryStatement summary) {
            touched = Optional.of(release(summary, entry.leafHash()));
        } else if (statement instanceof Retraction retraction) {
            touched = retract(retraction);
        }
        size++;
        return touched;
    }

    /** How many entries were taken. */
    long size() {
        return size;
    }

    /** The releases of a subject, oldest first, the head last. */
    List<Release> chain(Subject subject) {
        return Collections.unmodifiableList(chains.getOrDefault(subject, List.of()));
    }

    /** The last release of a subject that has one. */
    Release headOf(Subject subject) {
        List<Release> chain = chain(subject);
        return chain.get(chain.size() - 1);
    }

    /** The bodies of all heads that are not retracted. */
    Set<Hash> liveBodies() {
        Set<Hash> live = new HashSet<>();
        for (List<Release> chain : chains.values()) {
            Release head = chain.get(chain.size() - 1);
            if (!head.retracted()) {
                live.add(head.sha256());
            }
        }
        return live;
    }

    /** The last rejected release of a subject. */
    Optional<Rejection> rejection(Subject subject) {
        return Optional.ofNullable(rejected.get(subject));
    }

    /** The newest rejections, oldest first. */
    List<Rejection> latestRejections() {
        return List.copyOf(latest);
    }

    /** How many entries were rejected. */
    long rejections() {
        return rejections;
    }

    private Subject release(SummaryStatement summary, Hash leafHash) {
        Subject subject = new Subject(summary.dataset(), summary.period());
        Optional<String> reason =
                beyond().or(() -> inadmissible.apply(summary)).or(() -> brokenChain(subject, summary));
        if (reason.isPresent()) {
            rejected.put(subject, reject(subject.toString(), reason.get()));
        } else {
            chains.computeIfAbsent(subject, key -> new ArrayList<>())
                    .add(new Release(leafHash, summary.definition(), summary.sha256(), summary.length(), false));
            subjects.put(leafHash, subject);
            bodies.add(summary.sha256());
        }
        return subject;
    }

    /** Why the entry that is being taken is not merged, if the log is accused from there or before. */
    private Optional<String> beyond() {
        return accusation.filter(against -> size >= against.size()).map(LiveHeads::reason);
    }

    static String reason(Accusation accusation) {
        String text = accusation.text();
        return text.length() <= HeadCheck.MAX_REASON_LENGTH
                ? text
                : text.substring(0, HeadCheck.MAX_REASON_LENGTH) + "…";
    }

    private Optional<String> brokenChain(Subject subject, SummaryStatement summary) {
        List<Release> chain = chain(subject);
        Optional<Hash> head = chain.isEmpty()
                ? Optional.empty()
                : Optional.of(chain.get(chain.size() - 1).leafHash());
        if (!summary.supersedes().equals(head)) {
            return Optional.of("it supersedes " + hexOrNothing(summary.supersedes()) + ", expected "
                    + hexOrNothing(head) + ", the head");
        }
        if (bodies.contains(summary.sha256())) {
            return Optional.of("its body was released before");
        }
        return Optional.empty();
    }

    private Optional<Subject> retract(Retraction retraction) {
        Subject subject = subjects.get(retraction.supersedes());
        String about = "retraction of " + retraction.supersedes();
        if (subject == null) {
            reject(about, beyond().orElse("this log has no such release"));
            return Optional.empty();
        }
        List<Release> chain = chains.getOrDefault(subject, List.of());
        for (int i = 0; i < chain.size(); i++) {
            Release release = chain.get(i);
            if (!release.leafHash().equals(retraction.supersedes())) {
                continue;
            }
            if (!release.sha256().equals(retraction.sha256())) {
                reject(about, "that release has another body");
            } else if (release.retracted()) {
                reject(about, "that release was retracted before");
            } else {
                chain.set(i, release.asRetracted());
            }
        }
        return Optional.of(subject);
    }

    private Rejection reject(String about, String reason) {
        Rejection rejection = new Rejection(size, about, reason);
        rejections++;
        latest.addLast(rejection);
        if (latest.size() > MAX_REJECTIONS_KEPT) {
            latest.removeFirst();
        }
        return rejection;
    }

    private static String hexOrNothing(Optional<Hash> hash) {
        return hash.map(Hash::toHex).orElse("nothing");
    }
}
