package se.samsyn.node.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import se.samsyn.node.fsck.Fsck;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.witness.Accusations;

/** What must hold after a history, whatever happened in it; and what else must, where no more was away than may be. */
final class HistoryChecks {
    private static final int MAX_ROUNDS = 400;
    /** A follower asks another member than the origin every so many rounds. */
    private static final int CROSS_CHECK_ROUNDS = 8;
    /** Rounds in which nothing changed, after which only those logs are still followed that somebody else may have more of. */
    private static final int QUIET_ROUNDS = 3;

    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration LONGER_THAN_FRESH = Duration.ofHours(27);

    private final GeneratedHistory history;
    private final List<String> faults = new ArrayList<>();

    private HistoryChecks(GeneratedHistory history) {
        this.history = history;
    }

    /** Heals everything, has everybody come to rest, and gives what is wrong then. */
    static List<String> of(GeneratedHistory history) {
        HistoryChecks checks = new HistoryChecks(history);
        checks.run();
        return checks.faults;
    }

    private void run() {
        history.wire.heal();
        history.liar.ifPresent(LyingMember::rest);
        while (history.wire.late() > 0) {
            history.wire.arrive();
        }
        history.nodes.values().forEach(node -> node.kills().disarm());
        for (GeneratedNode node : history.staying()) {
            if (!node.isUp() && !history.start(node) && demandsProgress()) {
                faults.add(node.name() + " does not start");
            }
        }
        history.staying().forEach(history.rootChanges::bring);
        if (history.plan.restores()) {
            settle();
            for (GeneratedNode node : history.staying()) {
                if (node.isHeldBack() && demandsProgress()) {
                    history.recovery.restore(node);
                    history.start(node);
                }
            }
            settle();
        }
        history.releaseAll();
        settle();
        check();
        history.clock.advance(LONGER_THAN_FRESH);
        settle();
        checkAges();
        faults.addAll(history.seen.faults());
        faults.addAll(history.faults);
        checkStores();
    }

    private List<GeneratedNode> up() {
        return history.staying().stream().filter(GeneratedNode::isUp).toList();
    }

    private boolean demandsProgress() {
        return history.plan.isTolerated();
    }

    /** Everybody takes turns until nothing changes any more. */
    private void settle() {
        // where an origin is away, its newest checkpoint may be at the member that is asked last
        Set<String> unheard = new TreeSet<>(history.gone);
        history.liar.ifPresent(liar -> unheard.add(liar.name()));
        int needed = QUIET_ROUNDS + CROSS_CHECK_ROUNDS * (unheard.isEmpty() ? 1 : history.plan.members() - 1);
        String before = "";
        int quiet = 0;
        for (int round = 0; round < MAX_ROUNDS && quiet < needed; round++) {
            for (GeneratedNode node : history.staying()) {
                if (quiet < QUIET_ROUNDS) {
                    node.allTurns();
                } else {
                    node.follow(unheard);
                }
            }
            history.clock.advance(ROUND);
            StringBuilder now = new StringBuilder();
            for (GeneratedNode node : history.staying()) {
                if (node.isUp()) {
                    now.append(node.parts().picture().basis(0)).append(GeneratedHistory.logSize(node));
                } else if (!history.start(node) && demandsProgress()) {
                    faults.add(node.name() + " is down");
                }
            }
            quiet = now.toString().equals(before) ? quiet + 1 : 0;
            before = now.toString();
        }
        if (quiet < needed) {
            faults.add("nothing comes to rest");
        }
    }

    private void check() {
        Map<String, ToldView> views = new TreeMap<>();
        Map<Basis, String> first = new java.util.HashMap<>();
        long at = history.clock.seconds();
        for (GeneratedNode node : up()) {
            ToldView view = new ToldView(history.network, node.parts().picture(), at);
            views.put(node.name(), view);
            String same = first.putIfAbsent(node.parts().picture().basis(at), node.name());
            if (same == null) {
                checkParts(node.name(), view);
            } else if (!isSame(Objects.requireNonNull(views.get(same)), view)) {
                faults.add(same + " and " + node.name() + " have the same basis and other views");
            }
            checkEvidence(node);
            history.answers.check(node, faults);
            checkLog(node);
        }
        long honest = first.keySet().stream().map(this::withoutLiar).distinct().count();
        if (demandsProgress() && honest > 1) {
            faults.add("the nodes that are there do not come to one basis: " + first);
        }
    }

    /** The same bytes, but that what was retracted under no quorum yet may be withdrawn for who has heard of it (SPEC section 8). */
    private boolean isSame(ToldView one, ToldView other) {
        if (Arrays.equals(one.costs(), other.costs()) && Arrays.equals(one.trials(), other.trials())) {
            return true;
        }
        Map<Subject, String> ofOne = one.parts();
        Map<Subject, String> ofOther = other.parts();
        List<Subject> differing = Stream.of(ofOne, ofOther)
                .flatMap(parts -> parts.keySet().stream())
                .distinct()
                .filter(subject -> !Objects.equals(ofOne.get(subject), ofOther.get(subject)))
                .toList();
        return !differing.isEmpty()
                && differing.stream()
                        .allMatch(subject -> (!demandsProgress() || history.gone.contains(subject.node()))
                                && Stream.of(ofOne, ofOther)
                                        .map(parts -> parts.get(subject))
                                        .anyMatch(Acknowledged.WITHDRAWN::equals));
    }

    /** Who holds the history that a liar showed to few never holds the one that it showed to most. */
    private Basis withoutLiar(Basis basis) {
        return new Basis(
                basis.rootVersion(),
                basis.rootHash(),
                basis.logs().stream()
                        .filter(log -> history.liar
                                .filter(liar -> liar.name().equals(log.node()))
                                .isEmpty())
                        .toList(),
                basis.evidence(),
                basis.atSeconds());
    }

    /** Nothing lost, nothing doubled, nothing made up. */
    private void checkParts(String by, ToldView view) {
        view.parts().forEach((subject, told) -> {
            boolean isLiar = history.liar
                    .filter(liar -> liar.name().equals(subject.node()))
                    .isPresent();
            boolean newest = demandsProgress() && !history.gone.contains(subject.node());
            Set<String> may = newest ? history.acknowledged.may(subject) : history.acknowledged.ever(subject);
            if (!isLiar && !may.contains(told)) {
                faults.add("at " + by + ", " + subject + " is [" + told + "], but it was acknowledged as " + may);
            }
        });
    }

    private void checkEvidence(GeneratedNode node) {
        Accusations accusations = node.parts().evidence().accusations();
        Set<String> accused = new TreeSet<>();
        for (Accusations.Proven proven : accusations.all()) {
            String key = proven.accusation().key().name();
            accused.add(key);
            if (history.liar.filter(liar -> key.startsWith(liar.name() + "/")).isEmpty()) {
                faults.add(node.name() + " holds evidence against the honest " + key);
            }
        }
        Set<String> contradictions = new TreeSet<>();
        (demandsProgress() ? up() : List.of(node))
                .forEach(each -> contradictions.addAll(history.seen.contradictionsSeenBy(each.name())));
        for (String origin : contradictions) {
            if (!accused.contains(origin)) {
                faults.add(node.name() + " holds no evidence against " + origin + ", of which two roots were seen");
            }
        }
    }

    private void checkLog(GeneratedNode node) {
        long published = history.seen.published(node.name() + "/log");
        if (GeneratedHistory.logSize(node) < published) {
            faults.add(node.name() + " has lost what was published: its log has " + GeneratedHistory.logSize(node)
                    + " entries of " + published);
        }
        if (demandsProgress() && node.isHeldBack()) {
            faults.add(node.name() + " does not sign: " + node.member().gate().state());
        }
    }

    /** Who was not heard of for longer than a day is shown as stale, and nobody else. */
    private void checkAges() {
        long at = history.clock.seconds();
        for (GeneratedNode node : up()) {
            ToldView view = new ToldView(history.network, node.parts().picture(), at);
            for (String other : history.nodes.keySet()) {
                boolean isGone = history.gone.contains(other);
                if (isGone && !view.isStale(other)) {
                    faults.add(node.name() + " does not show that " + other + " was not heard of");
                }
                if (!isGone && demandsProgress() && view.isStale(other)) {
                    faults.add(node.name() + " shows " + other + " as stale");
                }
            }
        }
    }

    private void checkStores() {
        for (GeneratedNode node : up()) {
            Fsck.verify(node.store(), node.name(), history.network.root().hash())
                    .faults()
                    .forEach(fault -> faults.add("in the store of " + node.name() + ": " + fault));
        }
    }
}
