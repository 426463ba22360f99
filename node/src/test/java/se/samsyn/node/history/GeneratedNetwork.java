package se.samsyn.node.history;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import se.samsyn.node.key.KeyRing;
import se.samsyn.node.key.Purpose;
import se.samsyn.node.key.TlsIdentity;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.MemberLines;
import se.samsyn.protocol.root.RootSignatures;
import se.samsyn.protocol.root.RootText;
import se.samsyn.protocol.root.Scope;

/** A network's members with all their keys, each made from its own name, so that the same network has the same keys in every process. */
final class GeneratedNetwork {
    /** Where every clock begins. */
    static final Instant START = Instant.parse("2026-11-02T08:00:00Z");

    /** Keys of each purpose that a node has in its key file, one after the other for the root to list. */
    static final int KEY_GENERATIONS = 3;

    private static final String NAME = "history.samsyn.example";
    private static final List<String> COUNTIES = List.of("03", "05", "07", "10", "12", "14", "20", "22", "24", "25");
    private static final Duration VALIDITY = Duration.ofDays(3_650);
    private static final Map<List<Object>, GeneratedNetwork> MADE = new HashMap<>();

    private final boolean postQuantum;
    private final NetworkFiles files = NetworkFiles.shipped();
    private final Map<String, String> counties = new TreeMap<>();
    private final Map<String, TlsIdentity> identities = new ConcurrentHashMap<>();
    private final Map<String, SigningKey> keys = new ConcurrentHashMap<>();
    private final FederationRoot root;
    private final SignedNote rootNote;

    private GeneratedNetwork(int size, boolean postQuantum) {
        this.postQuantum = postQuantum;
        RootText text = new RootText(NAME).valid(START, START.plus(VALIDITY)).threshold(size / 2 + 1);
        List<SigningKey> rootKeys = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String node = String.format(Locale.ROOT, "region-%02d.%s", i, NAME);
            counties.put(node, COUNTIES.get(i));
            identities.put(node, identity(node));
            SigningKey rootKey = key(node + "/root", KeyType.ED25519, 0);
            rootKeys.add(rootKey);
            text.member(new MemberLines(
                    List.of(rootKey.verifierKey()),
                    new Member(
                            node,
                            URI.create("https://" + node + ":8443"),
                            Scope.parse(COUNTIES.get(i)),
                            Set.of(identity(node).pin()),
                            logKeys(node, 0),
                            List.of(key(node, Purpose.PUBLISHER, 0).verifierKey()),
                            List.of(key(node, Purpose.WITNESS, 0).verifierKey())),
                    Map.of()));
        }
        files.definitions().forEach(definition -> text.dataset(definition.dataset(), definition.hash()));
        root = text.build();
        rootNote = RootSignatures.sign(root, Optional.empty(), List.of(), rootKeys);
    }

    /** The network of so many members; made once. */
    static synchronized GeneratedNetwork of(int size, boolean postQuantum) {
        return MADE.computeIfAbsent(List.of(size, postQuantum), made -> new GeneratedNetwork(size, postQuantum));
    }

    FederationRoot root() {
        return root;
    }

    SignedNote rootNote() {
        return rootNote;
    }

    NetworkFiles files() {
        return files;
    }

    DatasetDefinition definition(String dataset) {
        return files.definitions().stream()
                .filter(each -> each.dataset().equals(dataset))
                .findFirst()
                .orElseThrow();
    }

    List<String> nodes() {
        return List.copyOf(counties.keySet());
    }

    int indexOf(String node) {
        return nodes().indexOf(node);
    }

    String county(String node) {
        return Objects.requireNonNull(counties.get(node), node);
    }

    /** The newest version's successor as so many root keys sign it that it counts. */
    SignedNote sign(FederationRoot next, FederationRoot previous) {
        List<SigningKey> rootKeys = nodes().stream()
                .map(node -> key(node + "/root", KeyType.ED25519, 0))
                .toList();
        return RootSignatures.sign(next, Optional.of(previous), List.of(), rootKeys);
    }

    /** A node's key file with the keys of so many generations, the oldest first. */
    KeyRing ring(String node, int generations) {
        Map<Purpose, List<SigningKey>> ring = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            List<SigningKey> ofPurpose = new ArrayList<>();
            for (int generation = 0; generation < generations; generation++) {
                if (purpose != Purpose.LOG_ML_DSA || postQuantum) {
                    ofPurpose.add(key(node, purpose, generation));
                }
            }
            ring.put(purpose, ofPurpose);
        }
        return new KeyRing(ring, List.of(Objects.requireNonNull(identities.get(node))));
    }

    /** What a log signs with. */
    List<VerifierKey> logKeys(String node, int generation) {
        List<VerifierKey> logKeys = new ArrayList<>();
        logKeys.add(key(node, Purpose.LOG, generation).verifierKey());
        if (postQuantum) {
            logKeys.add(key(node, Purpose.LOG_ML_DSA, generation).verifierKey());
        }
        return logKeys;
    }

    /** All keys that ever sign a log, by its origin. */
    Map<String, List<VerifierKey>> allLogKeys() {
        Map<String, List<VerifierKey>> all = new TreeMap<>();
        for (String node : nodes()) {
            List<VerifierKey> ofNode = new ArrayList<>();
            for (int generation = 0; generation < KEY_GENERATIONS; generation++) {
                ofNode.addAll(logKeys(node, generation));
            }
            all.put(node + "/log", ofNode);
        }
        return all;
    }

    SigningKey key(String node, Purpose purpose, int generation) {
        String name = node + "/" + (purpose == Purpose.LOG_ML_DSA ? "log" : purpose.alias());
        return key(name, purpose.type(), generation);
    }

    private SigningKey key(String name, KeyType type, int generation) {
        String seed = name + " " + type + " " + generation;
        return keys.computeIfAbsent(
                seed,
                made -> SigningKey.of(
                        name,
                        type,
                        Hash.sha256(made.getBytes(StandardCharsets.UTF_8)).toByteArray()));
    }

    private TlsIdentity identity(String node) {
        return identities.computeIfAbsent(node, GeneratedNetwork::newIdentity);
    }

    /** Nobody speaks TLS here; the root pins the key all the same. */
    private static TlsIdentity newIdentity(String node) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, new SecureRandom() {
                private static final long serialVersionUID = 1;

                @Override
                public void nextBytes(byte[] bytes) {
                    byte[] seed =
                            Hash.sha256(node.getBytes(StandardCharsets.UTF_8)).toByteArray();
                    System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
                }
            });
            KeyPair pair = generator.generateKeyPair();
            X500Name subject = new X500Name("CN=" + node);
            JcaX509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                    subject,
                    BigInteger.ONE,
                    Date.from(START),
                    Date.from(START.plus(VALIDITY)),
                    subject,
                    pair.getPublic());
            return new TlsIdentity(
                    pair.getPrivate(),
                    new JcaX509CertificateConverter()
                            .getCertificate(certificate.build(
                                    new JcaContentSignerBuilder("Ed25519").build(pair.getPrivate()))));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
