package se.samsyn.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.key.KeyRing;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.node.key.TlsIdentity;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.DatasetVersions;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.AuthorisedDataset;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.Observer;
import se.samsyn.protocol.statement.RootAccepted;

/**
 * What a node is in its network under one version of the federation root, and with which keys.
 *
 * @param node its name
 * @param standing what it is
 * @param keys those that it works with, of a member whose keys the root lists
 * @param tls the key that it shows its peers
 * @param definitions all versions of the datasets that the root authorises
 * @param trouble what keeps it from being what it should be, to follow the node's name, and what to do
 */
public record Enrolment(
        String node,
        Standing standing,
        Optional<NodeKeys> keys,
        TlsIdentity tls,
        List<DatasetDefinition> definitions,
        Optional<String> trouble) {
    /** What a node can be in a network. */
    public enum Standing {
        MEMBER("is a member"),
        OBSERVER("is an observer, which follows the others and publishes nothing"),
        UNLISTED("is neither member nor observer");

        private final String words;

        Standing(String words) {
            this.words = words;
        }

        /** What it is, to follow the node's name in a sentence. */
        public String words() {
            return words;
        }
    }

    private static final String HAND_OVER =
            "; it reads what its peers let it read, and waits for a version that lists it. Hand its lines (member.txt"
                    + " or observer.txt, as `samsyn init` made them) to whoever proposes the next version; the peers let"
                    + " it in once they have accepted that";

    public Enrolment {
        definitions = List.copyOf(definitions);
    }

    /** Of each dataset the newest version, under which the node releases and answers. */
    public List<DatasetDefinition> newestDefinitions() {
        return DatasetVersions.newestOf(definitions);
    }

    /**
     * Finds the node in the root. One that is not listed, or not with its keys, can still follow what others publish.
     *
     * @throws NodeStartException if the definitions here are not those of the root, or the configuration does not go with them
     */
    public static Enrolment of(FederationRoot root, NodeConfig config, KeyRing ring, NetworkFiles files) {
        List<DatasetDefinition> definitions = definitions(root, files);
        checkReleaseRules(config, DatasetVersions.newestOf(definitions));
        String node = config.node();
        Optional<Member> member = root.member(node);
        Optional<Observer> observer = root.observers().stream()
                .filter(each -> each.node().equals(node))
                .findFirst();
        if (member.isPresent()) {
            return ofMember(root, member.get(), ring, definitions);
        }
        if (observer.isPresent()) {
            Optional<TlsIdentity> tls = ring.tls(observer.get().tlsPins());
            return new Enrolment(
                    node,
                    Standing.OBSERVER,
                    Optional.empty(),
                    tls.orElseGet(ring::newestTls),
                    definitions,
                    tls.isPresent()
                            ? Optional.empty()
                            : Optional.of("has another TLS key than version " + root.version()
                                    + " of the federation root pins for it" + HAND_OVER));
        }
        String unknown = Standing.UNLISTED.words() + " in version " + root.version() + " of the federation root";
        return new Enrolment(
                node,
                Standing.UNLISTED,
                Optional.empty(),
                ring.newestTls(),
                definitions,
                Optional.of(unknown + HAND_OVER));
    }

    /**
     * Insists that the node can work under the root, before it joins.
     *
     * @param waits whether it may join to wait for a version that lists it
     * @throws NodeStartException if the root does not list it, or with other keys
     */
    public void requireListed(boolean waits) {
        if (standing == Standing.UNLISTED && waits) {
            return;
        }
        if (trouble.isPresent()) {
            throw new NodeStartException(node + " "
                    + trouble.get()
                            .replace(
                                    HAND_OVER,
                                    ". If it is to join this running network, say --wait; else check \"node\" in the"
                                            + " configuration, and whether this is the right network"));
        }
    }

    /** The same node, which cannot write its log for some reason and goes on without: it follows the others, and answers. */
    public Enrolment without(String reason) {
        return new Enrolment(node, standing, Optional.empty(), tls, definitions, Optional.of(reason));
    }

    /**
     * The keys that the node works with.
     *
     * @throws NodeStartException if it is no member with keys of its own
     */
    public NodeKeys requireKeys() {
        return keys.orElseThrow(() -> new NodeStartException(node + " " + trouble.orElse(standing.words())));
    }

    /** Every log says which version it goes by; a key that may not say so can keep no log. */
    private static boolean mayAccept(FederationRoot root, VerifierKey publisher, Collection<String> mistakes) {
        boolean may = root.maySign(publisher, RootAccepted.KIND);
        if (!may) {
            mistakes.add("publisher: the root's may line does not let it sign " + RootAccepted.KIND
                    + ", which the log begins with");
        }
        return may;
    }

    private static Enrolment ofMember(
            FederationRoot root, Member member, KeyRing ring, List<DatasetDefinition> definitions) {
        Collection<String> mistakes = new ArrayList<>();
        Optional<NodeKeys> keys = ring.listed(member, mistakes)
                .filter(found -> mayAccept(root, found.publisher().verifierKey(), mistakes));
        Optional<String> trouble = keys.isPresent()
                ? Optional.empty()
                : Optional.of("is a member in version " + root.version()
                        + " of the federation root, but the keys in its key file are not those there:\n  - "
                        + String.join("\n  - ", mistakes)
                        + "\nRestore the key file from its backup; if it is lost, make new keys, and have a version made"
                        + " that lists them and ends the old ones. Until then nothing is signed here");
        return new Enrolment(
                member.node(),
                Standing.MEMBER,
                keys,
                keys.map(NodeKeys::tls).or(() -> ring.tls(member.tlsPins())).orElseGet(ring::newestTls),
                definitions,
                trouble);
    }

    /** The definitions that the root authorises, all of them: nodes that keep others would give other views. */
    private static List<DatasetDefinition> definitions(FederationRoot root, NetworkFiles files) {
        List<DatasetDefinition> authorised = files.definitions().stream()
                .filter(definition -> root.authorises(definition.dataset(), definition.hash()))
                .toList();
        for (AuthorisedDataset dataset : root.datasets()) {
            boolean isHere = authorised.stream()
                    .anyMatch(definition -> definition.dataset().equals(dataset.name())
                            && definition.hash().equals(dataset.definition()));
            if (!isHere) {
                throw new NodeStartException(
                        "the federation root authorises dataset " + dataset.name() + " with definition "
                                + dataset.definition()
                                + ", which is not among the definitions here: install the version of this"
                                + " program, or the definition files, that the network agreed on");
            }
        }
        return authorised;
    }

    /** What the configuration says of datasets must be about datasets that there are: a slip would release what was to be held. */
    private static void checkReleaseRules(NodeConfig config, List<DatasetDefinition> definitions) {
        Map<String, DatasetDefinition> known = new TreeMap<>();
        definitions.forEach(definition -> known.put(definition.dataset(), definition));
        List<String> mistakes = new ArrayList<>();
        config.automaticRelease().forEach(dataset -> find("automaticRelease", dataset, known, mistakes));
        config.heldPeriods()
                .forEach((dataset, periods) -> find("heldPeriods", dataset, known, mistakes)
                        .ifPresent(definition -> periods.stream()
                                .filter(period -> !definition.period().has(period))
                                .forEach(period -> mistakes.add(
                                        "heldPeriods." + dataset + ": the dataset has no period " + period))));
        config.minimumPersons()
                .forEach((dataset, persons) -> find("minimumPersons", dataset, known, mistakes)
                        .ifPresent(definition -> checkMinimum(definition, persons, mistakes)));
        if (!mistakes.isEmpty()) {
            throw new NodeStartException("the configuration of " + config.node()
                    + " does not go with the network's datasets:\n  - " + String.join("\n  - ", mistakes));
        }
    }

    private static void checkMinimum(DatasetDefinition definition, int persons, List<String> mistakes) {
        if (definition.isOpen()) {
            mistakes.add("minimumPersons." + definition.dataset()
                    + ": the dataset tells nothing of persons, so that there is nothing to hide");
        }
        for (Table table : definition.tables()) {
            if (!table.isOpen() && persons < table.rule().k()) {
                mistakes.add("minimumPersons." + definition.dataset() + ": " + persons + " is fewer than the network's "
                        + table.rule().k() + " for table " + table.name() + "; a region may only ask for more");
            }
        }
    }

    private static Optional<DatasetDefinition> find(
            String key, String dataset, Map<String, DatasetDefinition> known, List<String> mistakes) {
        if (!known.containsKey(dataset)) {
            mistakes.add(
                    key + ": there is no dataset \"" + dataset + "\"; there are " + String.join(", ", known.keySet()));
        }
        return Optional.ofNullable(known.get(dataset));
    }
}
