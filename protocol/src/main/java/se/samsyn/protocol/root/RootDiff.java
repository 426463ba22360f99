package se.samsyn.protocol.root;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.witness.KeyEnd;

/**
 * What changes from one version of the root to another, in words for whoever is to sign it.
 *
 * @param changes first what concerns the network, then each node in the order of its lines
 */
public record RootDiff(List<Change> changes) {
    /** Whether something is new, gone, or another. */
    public enum Sort {
        ADDED("+"),
        REMOVED("-"),
        CHANGED("~");

        private final String sign;

        Sort(String sign) {
            this.sign = sign;
        }
    }

    /**
     * One difference.
     *
     * @param subject the node, or what of the network
     * @param words what is so now, and how it was
     */
    public record Change(Sort sort, String subject, String words) {
        @Override
        public String toString() {
            return sort.sign + " " + subject + ": " + words;
        }
    }

    private static final String NONE = "none";

    public RootDiff {
        changes = List.copyOf(changes);
    }

    /** Compares any two versions. */
    public static RootDiff between(FederationRoot before, FederationRoot after) {
        Comparison comparison = new Comparison();
        comparison.network(before, after);
        nodes(before, after).forEach(node -> comparison.node(node, before, after));
        return new RootDiff(comparison.changes);
    }

    /** The changes, one a line. */
    public String text() {
        return changes.stream().map(change -> change + "\n").collect(Collectors.joining());
    }

    private static List<String> nodes(FederationRoot before, FederationRoot after) {
        return Stream.of(after, before)
                .flatMap(root -> Stream.concat(
                        root.members().stream().map(Member::node),
                        root.observers().stream().map(Observer::node)))
                .distinct()
                .toList();
    }

    /** The differences found so far. */
    private static final class Comparison {
        private final List<Change> changes = new ArrayList<>();

        void network(FederationRoot before, FederationRoot after) {
            changed("network", before.network(), after.network());
            changed("expires", date(before), date(after));
            changed("threshold of root signatures", threshold(before), threshold(after));
            changed("quorum", quorum(before), quorum(after));
            lists("root key", before.rootKeys(), after.rootKeys(), Comparison::withFingerprint);
            lists(
                    "dataset",
                    before.datasets(),
                    after.datasets(),
                    dataset -> dataset.name() + " by definition " + dataset.definition());
            lists("end", before.ends(), after.ends(), Comparison::words);
            lists("line that verifiers need not understand", before.extras(), after.extras(), line -> line);
        }

        void node(String node, FederationRoot before, FederationRoot after) {
            Optional<Member> old = before.member(node);
            Optional<Member> now = after.member(node);
            if (old.isPresent() && now.isPresent()) {
                changed(
                        node,
                        "address",
                        old.get().url().toString(),
                        now.get().url().toString());
                changed(
                        node,
                        "scope",
                        old.get().scope().encode(),
                        now.get().scope().encode());
            } else {
                changed(node, kind(before, node), kind(after, node));
            }
            lists(node, "log key", before, after, Member::logKeys);
            lists(node, "publisher key", before, after, Member::publishers);
            lists(node, "witness key", before, after, Member::witnesses);
            may(node, before, after);
            sets(node, "TLS key with hash", tlsPins(before, node), tlsPins(after, node));
        }

        private void may(String node, FederationRoot before, FederationRoot after) {
            Stream.of(before, after)
                    .flatMap(root -> root.member(node).stream())
                    .flatMap(member -> member.publishers().stream())
                    .map(VerifierKey::ref)
                    .distinct()
                    .filter(key -> lists(before, node, key) && lists(after, node, key))
                    .forEach(key -> changed(node, "what " + key + " may sign", kinds(before, key), kinds(after, key)));
        }

        private void lists(
                String node,
                String what,
                FederationRoot before,
                FederationRoot after,
                Function<Member, List<VerifierKey>> keys) {
            List<VerifierKey> old = before.member(node).map(keys).orElse(List.of());
            List<VerifierKey> now = after.member(node).map(keys).orElse(List.of());
            now.stream()
                    .filter(key -> !old.contains(key))
                    .forEach(key -> add(
                            Sort.ADDED, node, what + " " + withFingerprint(key) + mayWords(after, key) + among(now)));
            old.stream()
                    .filter(key -> !now.contains(key))
                    .forEach(key -> add(Sort.REMOVED, node, what + " " + key.ref() + among(now)));
        }

        private <T> void lists(String subject, List<T> before, List<T> after, Function<T, String> words) {
            after.stream()
                    .filter(each -> !before.contains(each))
                    .forEach(each -> add(Sort.ADDED, subject, words.apply(each)));
            before.stream()
                    .filter(each -> !after.contains(each))
                    .forEach(each -> add(Sort.REMOVED, subject, words.apply(each)));
        }

        private void sets(String node, String what, Collection<Hash> before, Collection<Hash> after) {
            after.stream()
                    .filter(each -> !before.contains(each))
                    .forEach(each -> add(Sort.ADDED, node, what + " " + each.toBase64()));
            before.stream()
                    .filter(each -> !after.contains(each))
                    .forEach(each -> add(Sort.REMOVED, node, what + " " + each.toBase64()));
        }

        /** What is there or not, or of another kind. */
        private void changed(String subject, String before, String after) {
            if (before.equals(after)) {
                return;
            }
            if (before.equals(NONE)) {
                add(Sort.ADDED, subject, after);
            } else if (after.equals(NONE)) {
                add(Sort.REMOVED, subject, before);
            } else {
                add(Sort.CHANGED, subject, before + " → " + after);
            }
        }

        /** A property of a node that is there before and after. */
        private void changed(String node, String what, String before, String after) {
            if (!before.equals(after)) {
                add(Sort.CHANGED, node, what + " " + before + " → " + after);
            }
        }

        private void add(Sort sort, String subject, String words) {
            changes.add(new Change(sort, subject, words));
        }

        private static String among(List<VerifierKey> now) {
            return now.size() < 2 ? "" : " (of " + now.size() + " in force)";
        }

        private static String withFingerprint(VerifierKey key) {
            return key.ref() + ", fingerprint " + Fingerprint.ofKey(key);
        }

        private static String words(KeyEnd end) {
            return end.key() + " counts for " + end.origin() + " up to size "
                    + end.last().size() + " with root " + end.last().root().toBase64();
        }

        private static String mayWords(FederationRoot root, VerifierKey key) {
            Set<String> kinds = root.may().get(key.ref());
            return kinds == null ? "" : ", may sign " + String.join(", ", kinds);
        }

        private static String kinds(FederationRoot root, String key) {
            return Optional.ofNullable(root.may().get(key))
                    .map(kinds -> String.join(", ", kinds))
                    .orElse("everything");
        }

        private static boolean lists(FederationRoot root, String node, String key) {
            return root.member(node).stream()
                    .flatMap(member -> member.publishers().stream())
                    .anyMatch(each -> each.ref().equals(key));
        }

        private static String kind(FederationRoot root, String node) {
            Optional<String> member = root.member(node)
                    .map(each -> "member at " + each.url() + " with scope "
                            + each.scope().encode());
            return member.or(() -> observer(root, node).map(each -> "observer at " + each.url()))
                    .orElse(NONE);
        }

        private static String date(FederationRoot root) {
            return root.expires().map(RootDate::encode).orElse("never");
        }

        private static String threshold(FederationRoot root) {
            return root.threshold() + " of " + root.rootKeys().size() + " root keys";
        }

        private static String quorum(FederationRoot root) {
            return root.quorum() + " of " + (root.members().size() - 1) + " other members";
        }

        private static Optional<Observer> observer(FederationRoot root, String node) {
            return root.observers().stream()
                    .filter(each -> each.node().equals(node))
                    .findFirst();
        }

        private static Collection<Hash> tlsPins(FederationRoot root, String node) {
            Set<Hash> pins = new TreeSet<>();
            root.member(node).ifPresent(member -> pins.addAll(member.tlsPins()));
            observer(root, node).ifPresent(each -> pins.addAll(each.tlsPins()));
            return pins;
        }
    }
}
