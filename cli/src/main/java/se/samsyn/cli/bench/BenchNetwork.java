package se.samsyn.cli.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.MemberLines;
import se.samsyn.protocol.root.RootSignatures;
import se.samsyn.protocol.root.RootText;
import se.samsyn.protocol.root.Scope;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

/** A federation root with the publisher keys that belong to it, made from a seed: each member speaks for one county. */
final class BenchNetwork {
    private static final String NETWORK = "bench.example";

    private final FederationRoot root;
    private final Map<String, SigningKey> publishers = new LinkedHashMap<>();
    private final Map<String, SigningKey> logs = new LinkedHashMap<>();
    private final Map<String, SigningKey> witnesses = new LinkedHashMap<>();
    private final List<SigningKey> rootKeys = new ArrayList<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    BenchNetwork(int members, List<DatasetDefinition> definitions, SplittableRandom random) {
        List<String> counties = counties();
        RootText text = new RootText(NETWORK).threshold(members / 2 + 1);
        for (int i = 0; i < members; i++) {
            String node = String.format(Locale.ROOT, "region-%02d.%s", i + 1, NETWORK);
            SigningKey publisher = key(node + "/publisher", KeyType.ED25519, random);
            SigningKey log = key(node + "/log", KeyType.ED25519, random);
            SigningKey witness = key(node + "/witness", KeyType.COSIGNATURE, random);
            logs.put(node, log);
            witnesses.put(node, witness);
            Member member = new Member(
                    node,
                    URI.create("https://" + node + ":8443"),
                    Scope.parse(counties.get(i)),
                    Set.of(Hash.of(bytes(random))),
                    List.of(log.verifierKey()),
                    List.of(publisher.verifierKey()),
                    List.of(witness.verifierKey()));
            SigningKey rootKey = key(node + "/root", KeyType.ED25519, random);
            rootKeys.add(rootKey);
            text.member(new MemberLines(List.of(rootKey.verifierKey()), member, Map.of()));
            publishers.put(node, publisher);
            places.put(node, counties.get(i));
        }
        definitions.forEach(definition -> text.dataset(definition.dataset(), definition.hash()));
        root = text.build();
    }

    FederationRoot root() {
        return root;
    }

    List<String> nodes() {
        return List.copyOf(publishers.keySet());
    }

    SigningKey publisher(String node) {
        return require(publishers.get(node), node);
    }

    /** The root, signed by all members. */
    SignedNote signedRoot() {
        return RootSignatures.sign(root, Optional.empty(), List.of(), rootKeys);
    }

    /** A checkpoint of a member's log, signed by it and cosigned by all others. */
    SignedNote cosigned(String node, TreeHead head, long timeSeconds) {
        String text = new Checkpoint(node + "/log", head).encode();
        List<SignatureLine> lines = new ArrayList<>();
        lines.add(require(logs.get(node), node).signNote(text));
        witnesses.forEach((witness, key) -> {
            if (!witness.equals(node)) {
                lines.add(key.cosignNote(timeSeconds, text));
            }
        });
        return SignedNote.of(text, lines);
    }

    /** The county that a member speaks for. */
    String place(String node) {
        return require(places.get(node), node);
    }

    /** A definition as the shipped network has it. */
    static DatasetDefinition shipped(String dataset) {
        return NetworkFiles.shipped().definitions().stream()
                .filter(definition -> definition.dataset().equals(dataset))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the network has no dataset " + dataset));
    }

    static SigningKey key(String name, KeyType type, SplittableRandom random) {
        return SigningKey.of(name, type, bytes(random));
    }

    static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[Hash.LENGTH];
        random.nextBytes(bytes);
        return bytes;
    }

    private static List<String> counties() {
        CodeList codes = shipped("trials").register().orElseThrow().places().codes();
        List<String> counties = new ArrayList<>();
        for (Code code : codes.codes()) {
            if (code.parent().isEmpty() && !code.code().equals(CodeList.UNKNOWN_PLACE)) {
                counties.add(code.code());
            }
        }
        return counties;
    }

    private static <T> T require(@Nullable T found, String node) {
        if (found == null) {
            throw new IllegalArgumentException("no member " + node);
        }
        return found;
    }
}
