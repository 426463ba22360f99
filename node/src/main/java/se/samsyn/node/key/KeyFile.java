package se.samsyn.node.key;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.SecretKeyEntry;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import se.samsyn.node.FileTrouble;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SigningKey;

/**
 * Private keys in an encrypted PKCS#12 file (PBES2 with AES-256, the platform's default). Ed25519 keys carry a self-signed certificate, as
 * the format wants one; nobody reads it. ML-DSA keys are kept as their 32-byte seeds (FIPS 204, algorithm 1), in a secret-key entry under
 * the algorithm's object identifier, as platforms before Java 24 know no such private keys.
 */
public final class KeyFile {
    private static final String TYPE = "PKCS12";
    private static final String TLS = "tls";
    private static final String ML_DSA_44_OID = "2.16.840.1.101.3.4.3.17";
    private static final int SEED_LENGTH = 32;
    private static final int MAX_KEYS_PER_PURPOSE = 99;

    private KeyFile() {}

    /**
     * Makes the keys of a node (one of each {@link Purpose}, and one for TLS) and writes them to a new file that only its owner can read.
     *
     * @throws KeyFileException if the file exists already (keys are never overwritten) or cannot be written
     */
    public static NodeKeys createNodeKeys(Path file, char[] password, String node, Instant now) {
        return create(file, password, node, List.of(Purpose.values()), now).newest();
    }

    /** Makes the key of an observer, which signs nothing but its TLS connections. */
    public static TlsIdentity createObserverKeys(Path file, char[] password, String node, Instant now) {
        return create(file, password, node, List.of(), now).newestTls();
    }

    /**
     * Opens the key file of a node.
     *
     * @throws KeyFileException if it is missing, the password is wrong, or a key is not there
     */
    public static KeyRing open(Path file, char[] password, String node) {
        try {
            return ring(read(file, password), password, node);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException("cannot open the key file " + file + " of " + node + ": " + reason(e), e);
        }
    }

    /**
     * Adds a key of a purpose beside those that are there; the file is replaced whole or not at all.
     *
     * @return the key file's keys, the new one among them the newest of its purpose
     * @throws KeyFileException if the file cannot be opened or written
     */
    public static KeyRing add(Path file, char[] password, String node, Purpose purpose, Instant now) {
        return add(file, password, node, keys -> put(keys, purpose, node, now, password));
    }

    /** As {@link #add}, a key for TLS. */
    public static KeyRing addTls(Path file, char[] password, String node, Instant now) {
        return add(file, password, node, keys -> putTls(keys, node, now, password));
    }

    /** Makes a member's root key in a file of its own, which does not belong on the node. */
    public static SigningKey createRootKey(Path file, char[] password, String node, Instant now) {
        return createKey("root key file", file, password, rootName(node), now);
    }

    /** Opens a member's root key; its name is the one that it was made with. */
    public static SigningKey openRootKey(Path file, char[] password) {
        return openKey(
                "root key file",
                file,
                password,
                rootName(""),
                "name the file in the folder root-key that `samsyn init` made");
    }

    /** Makes a release officer's publisher key in a file of its own, which may be on another machine than the node. */
    public static SigningKey createOfficerKey(Path file, char[] password, String node, Instant now) {
        return createKey("officer's key file", file, password, Purpose.PUBLISHER.keyName(node), now);
    }

    /**
     * Opens a release officer's publisher key; its name is the one that it was made with.
     *
     * @throws KeyFileException if it is missing, the password is wrong, or it is no officer's key
     */
    public static SigningKey openOfficerKey(Path file, char[] password) {
        return openKey(
                "officer's key file",
                file,
                password,
                Purpose.PUBLISHER.keyName(""),
                "name the file that `samsyn release key` made");
    }

    private static SigningKey createKey(String what, Path file, char[] password, String name, Instant now) {
        try {
            KeyStore keys = empty();
            putEd25519(keys, name, name, now, password);
            write(file, keys, password);
            return ed25519(keys, name, name, KeyType.ED25519, password);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException("cannot make the " + what + " " + file + ": " + reason(e), e);
        }
    }

    private static SigningKey openKey(String what, Path file, char[] password, String suffix, String advice) {
        try {
            KeyStore keys = read(file, password);
            String alias = Collections.list(keys.aliases()).stream()
                    .filter(name -> name.endsWith(suffix))
                    .findFirst()
                    .orElseThrow(() -> new GeneralSecurityException("it has no such key; " + advice));
            return ed25519(keys, alias, alias, KeyType.ED25519, password);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException("cannot open the " + what + " " + file + ": " + reason(e), e);
        }
    }

    /** Changes what a key store holds. */
    private interface Change {
        void apply(KeyStore keys) throws GeneralSecurityException;
    }

    private static KeyRing create(Path file, char[] password, String node, List<Purpose> purposes, Instant now) {
        try {
            KeyStore keys = empty();
            for (Purpose purpose : purposes) {
                put(keys, purpose, node, now, password);
            }
            putTls(keys, node, now, password);
            write(file, keys, password);
            return ring(keys, password, node);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException("cannot make the key file " + file + ": " + reason(e), e);
        }
    }

    private static KeyRing add(Path file, char[] password, String node, Change change) {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            KeyStore keys = read(file, password);
            change.apply(keys);
            Files.deleteIfExists(written);
            write(written, keys, password);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return ring(keys, password, node);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException("cannot add a key to " + file + ", which is as it was: " + reason(e), e);
        }
    }

    /** The platform tells a wrong password and a file of another kind by nothing but the cause and the class of what it throws. */
    private static String reason(Exception failure) {
        if (failure.getCause() instanceof UnrecoverableKeyException) {
            return "the password does not open it; the configuration's passwordFile (or --password-file) must be the one that was made"
                    + " with it";
        }
        if (failure instanceof FileSystemException system) {
            return FileTrouble.reason(system);
        }
        if (failure instanceof IOException io && !FileTrouble.isOfTheSystem(io)) {
            return "it is no PKCS#12 key file, or a damaged one; name the file that `samsyn init` made, or restore it from a backup";
        }
        return failure instanceof IOException io ? FileTrouble.reason(io) : String.valueOf(failure.getMessage());
    }

    private static String rootName(String node) {
        return node + "/root";
    }

    private static KeyRing ring(KeyStore keys, char[] password, String node) throws GeneralSecurityException {
        Map<Purpose, List<SigningKey>> signing = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            List<SigningKey> ofPurpose = new ArrayList<>();
            for (String alias : aliases(keys, purpose.alias())) {
                ofPurpose.add(
                        purpose == Purpose.LOG_ML_DSA
                                ? mlDsa(keys, alias, purpose.keyName(node), password)
                                : ed25519(keys, alias, purpose.keyName(node), purpose.type(), password));
            }
            signing.put(purpose, ofPurpose);
        }
        List<TlsIdentity> tls = new ArrayList<>();
        for (String alias : aliases(keys, TLS)) {
            PrivateKeyEntry entry = privateKey(keys, alias, password);
            tls.add(new TlsIdentity(entry.getPrivateKey(), (X509Certificate) entry.getCertificate()));
        }
        if (tls.isEmpty()) {
            throw new GeneralSecurityException("it has no key named " + TLS);
        }
        return new KeyRing(signing, tls);
    }

    /** The first key of a purpose and those that were added, oldest first. */
    private static List<String> aliases(KeyStore keys, String first) throws GeneralSecurityException {
        List<String> aliases = new ArrayList<>();
        for (int number = 1; number <= MAX_KEYS_PER_PURPOSE; number++) {
            String alias = number == 1 ? first : first + "-" + number;
            if (!keys.containsAlias(alias)) {
                break;
            }
            aliases.add(alias);
        }
        return aliases;
    }

    private static String nextAlias(KeyStore keys, String first) throws GeneralSecurityException {
        int there = aliases(keys, first).size();
        if (there == MAX_KEYS_PER_PURPOSE) {
            throw new GeneralSecurityException("it has " + there + " keys named " + first + " already");
        }
        return there == 0 ? first : first + "-" + (there + 1);
    }

    private static SigningKey ed25519(KeyStore keys, String alias, String name, KeyType type, char[] password)
            throws GeneralSecurityException {
        PrivateKey key = privateKey(keys, alias, password).getPrivateKey();
        if (!(key instanceof EdECPrivateKey ed25519)) {
            throw new GeneralSecurityException("key " + alias + " is not an Ed25519 key");
        }
        return SigningKey.of(
                name,
                type,
                ed25519.getBytes()
                        .orElseThrow(() -> new GeneralSecurityException("key " + alias + " hides its bytes")));
    }

    private static SigningKey mlDsa(KeyStore keys, String alias, String name, char[] password)
            throws GeneralSecurityException {
        if (!(keys.getEntry(alias, new PasswordProtection(password)) instanceof SecretKeyEntry entry)) {
            throw new GeneralSecurityException("key " + alias + " is not the seed of an ML-DSA key");
        }
        return SigningKey.of(name, KeyType.ML_DSA_44, entry.getSecretKey().getEncoded());
    }

    private static PrivateKeyEntry privateKey(KeyStore keys, String alias, char[] password)
            throws GeneralSecurityException {
        if (!(keys.getEntry(alias, new PasswordProtection(password)) instanceof PrivateKeyEntry entry)) {
            throw new GeneralSecurityException("it has no private key named " + alias);
        }
        return entry;
    }

    private static void put(KeyStore keys, Purpose purpose, String node, Instant now, char[] password)
            throws GeneralSecurityException {
        String alias = nextAlias(keys, purpose.alias());
        if (purpose == Purpose.LOG_ML_DSA) {
            byte[] seed = new byte[SEED_LENGTH];
            new SecureRandom().nextBytes(seed);
            SecretKey secret = new SecretKeySpec(seed, ML_DSA_44_OID);
            keys.setEntry(alias, new SecretKeyEntry(secret), new PasswordProtection(password));
        } else {
            putEd25519(keys, alias, purpose.keyName(node), now, password);
        }
    }

    private static void putEd25519(KeyStore keys, String alias, String name, Instant now, char[] password)
            throws GeneralSecurityException {
        put(keys, alias, KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), name, now, password);
    }

    private static void putTls(KeyStore keys, String node, Instant now, char[] password)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        put(keys, nextAlias(keys, TLS), generator.generateKeyPair(), node, now, password);
    }

    private static void put(KeyStore keys, String alias, KeyPair pair, String name, Instant now, char[] password)
            throws GeneralSecurityException {
        X509Certificate certificate = SelfSigned.certificate(pair, name, now);
        keys.setKeyEntry(alias, pair.getPrivate(), password, new X509Certificate[] {certificate});
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(TYPE);
        keys.load(null, null);
        return keys;
    }

    private static KeyStore read(Path file, char[] password) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(TYPE);
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, password);
        }
        return keys;
    }

    /** Makes a new file, and keeps its bytes through a loss of power. */
    private static void write(Path file, KeyStore keys, char[] password) throws GeneralSecurityException, IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            keys.store(out, password);
            channel.force(true);
        }
    }
}
