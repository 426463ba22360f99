package se.samsyn.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.AuthorisedDataset;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.statement.RootAccepted;

/** What must agree between a node and the federation root before the node may start. */
public final class Enrolment {
    private Enrolment() {}

    /**
     * Checks all of it.
     *
     * @throws NodeStartException if the federation root does not know the node by these keys, or not these definitions, or the
     *     configuration does not go with them
     */
    public static void check(FederationRoot root, NodeConfig config, NodeKeys keys, NetworkFiles files) {
        check(root, config.node(), keys);
        checkReleaseRules(config, definitions(root, files));
    }

    /** Finds the node among the members and compares its keys with those that the root lists for it. */
    static Member check(FederationRoot root, String node, NodeKeys keys) {
        Member member = root.member(node)
                .orElseThrow(
                        () -> new NodeStartException(
                                node + " is no member in version " + root.version()
                                        + " of the federation root; check \"node\" in the configuration, or have it added to the root"));
        List<String> mistakes = new ArrayList<>();
        compare("log", keys.log(), member.logKeys(), mistakes);
        compare("witness", keys.witness(), member.witnesses(), mistakes);
        compare("publisher", keys.publisher(), member.publishers(), mistakes);
        if (!root.maySign(keys.publisher().verifierKey(), RootAccepted.KIND)) {
            mistakes.add("publisher: the root's may line does not let it sign " + RootAccepted.KIND
                    + ", which the log begins with");
        }
        if (!member.tlsPins().contains(keys.tls().pin())) {
            mistakes.add("tls: the root does not pin " + keys.tls().pin().toBase64());
        }
        if (!mistakes.isEmpty()) {
            throw new NodeStartException("the keys of " + node + " are not those in the federation root:\n  - "
                    + String.join("\n  - ", mistakes));
        }
        return member;
    }

    /** The definitions that the root authorises, one for each of its datasets. */
    static List<DatasetDefinition> definitions(FederationRoot root, NetworkFiles files) {
        List<DatasetDefinition> authorised = files.definitions().stream()
                .filter(definition -> root.authorises(definition.dataset(), definition.hash()))
                .toList();
        for (AuthorisedDataset dataset : root.datasets()) {
            Optional<DatasetDefinition> found = authorised.stream()
                    .filter(definition -> definition.dataset().equals(dataset.name()))
                    .findFirst();
            if (found.isEmpty()) {
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
    static void checkReleaseRules(NodeConfig config, List<DatasetDefinition> definitions) {
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
        for (Table table : definition.tables()) {
            if (persons < table.disclosure().k()) {
                mistakes.add("minimumPersons." + definition.dataset() + ": " + persons + " is fewer than the network's "
                        + table.disclosure().k() + " for table " + table.name() + "; a region may only ask for more");
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

    private static void compare(String purpose, SigningKey own, List<VerifierKey> listed, List<String> mistakes) {
        if (!listed.contains(own.verifierKey())) {
            mistakes.add(
                    purpose + ": the root does not list " + own.verifierKey().encode());
        }
    }
}
