package se.samsyn.node.key;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import se.samsyn.node.FileTrouble;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SigningKey;

/**
 * Private keys in an encrypted PKCS#12 file (PBES2 with AES-256, the platform's default). Ed25519 keys carry a self-signed certificate, as
 * the format wants one; nobody reads it.
 */
public final class KeyFile {
    private static final String TYPE = "PKCS12";
    private static final String TLS = "tls";

    private KeyFile() {}

    /**
     * Makes the keys of a node ({@code log}, {@code witness}, {@code publisher} and {@code tls}) and writes them to a new file that only
     * its owner can read.
     *
     * @throws KeyFileException if the file exists already (keys are never overwritten) or cannot be written
     */
    public static NodeKeys createNodeKeys(Path file, char[] password, String node, Instant now) {
        try {
            KeyStore keys = KeyStore.getInstance(TYPE);
            keys.load(null, null);
            for (Purpose purpose : Purpose.values()) {
                put(keys, purpose.alias(), newEd25519(), node + purpose.suffix(), now, password);
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            put(keys, TLS, generator.generateKeyPair(), node, now, password);
            write(file, keys, password);
            return nodeKeys(keys, password, node);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException("cannot make the key file " + file + ": " + reason(e), e);
        }
    }

    /**
     * Opens the key file of a node.
     *
     * @throws KeyFileException if it is missing, the password is wrong, or a key is not there
     */
    public static NodeKeys openNodeKeys(Path file, char[] password, String node) {
        try {
            return nodeKeys(read(file, password), password, node);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException("cannot open the key file " + file + " of " + node + ": " + reason(e), e);
        }
    }

    /** Makes a member's root key in a file of its own, which does not belong on the node. */
    public static SigningKey createRootKey(Path file, char[] password, String node, Instant now) {
        return createKey("root key file", file, password, rootName(node), now);
    }

    /** Opens a member's root key; its name is the one that it was made with. */
    public static SigningKey openRootKey(Path file, char[] password) {
        return openKey("root key file", file, password);
    }

    /** Makes a release officer's publisher key in a file of its own, which may be on another machine than the node. */
    public static SigningKey createOfficerKey(Path file, char[] password, String node, Instant now) {
        return createKey("officer's key file", file, password, node + Purpose.PUBLISHER.suffix(), now);
    }

    /**
     * Opens a release officer's publisher key; its name is the one that it was made with.
     *
     * @throws KeyFileException if it is missing, the password is wrong, or it is no officer's key
     */
    public static SigningKey openOfficerKey(Path file, char[] password) {
        SigningKey key = openKey("officer's key file", file, password);
        if (!key.verifierKey().name().endsWith(Purpose.PUBLISHER.suffix())) {
            throw new KeyFileException(
                    "the key file " + file + " holds " + key.verifierKey().name()
                            + " and no officer's publisher key; name the file that `samsyn release key` made");
        }
        return key;
    }

    private static SigningKey createKey(String what, Path file, char[] password, String name, Instant now) {
        try {
            KeyStore keys = KeyStore.getInstance(TYPE);
            keys.load(null, null);
            put(keys, name, newEd25519(), name, now, password);
            write(file, keys, password);
            return signingKey(keys, name, name, KeyType.ED25519, password);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException("cannot make the " + what + " " + file + ": " + reason(e), e);
        }
    }

    private static SigningKey openKey(String what, Path file, char[] password) {
        try {
            KeyStore keys = read(file, password);
            String alias = keys.aliases().nextElement();
            return signingKey(keys, alias, alias, KeyType.ED25519, password);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException("cannot open the " + what + " " + file + ": " + reason(e), e);
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

    private static NodeKeys nodeKeys(KeyStore keys, char[] password, String node) throws GeneralSecurityException {
        PrivateKeyEntry tls = entry(keys, TLS, password);
        return new NodeKeys(
                signingKey(keys, Purpose.LOG, node, password),
                signingKey(keys, Purpose.WITNESS, node, password),
                signingKey(keys, Purpose.PUBLISHER, node, password),
                new TlsIdentity(tls.getPrivateKey(), (X509Certificate) tls.getCertificate()));
    }

    private static SigningKey signingKey(KeyStore keys, Purpose purpose, String node, char[] password)
            throws GeneralSecurityException {
        return signingKey(keys, purpose.alias(), node + purpose.suffix(), purpose.type(), password);
    }

    private static SigningKey signingKey(KeyStore keys, String alias, String name, KeyType type, char[] password)
            throws GeneralSecurityException {
        PrivateKey key = entry(keys, alias, password).getPrivateKey();
        if (!(key instanceof EdECPrivateKey ed25519)) {
            throw new GeneralSecurityException("key " + alias + " is not an Ed25519 key");
        }
        return SigningKey.of(
                name,
                type,
                ed25519.getBytes()
                        .orElseThrow(() -> new GeneralSecurityException("key " + alias + " hides its bytes")));
    }

    private static PrivateKeyEntry entry(KeyStore keys, String alias, char[] password) throws GeneralSecurityException {
        if (!keys.isKeyEntry(alias)) {
            throw new GeneralSecurityException("it has no key named " + alias);
        }
        return (PrivateKeyEntry) keys.getEntry(alias, new PasswordProtection(password));
    }

    private static KeyPair newEd25519() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static void put(KeyStore keys, String alias, KeyPair pair, String name, Instant now, char[] password)
            throws GeneralSecurityException {
        X509Certificate certificate = SelfSigned.certificate(pair, name, now);
        keys.setKeyEntry(alias, pair.getPrivate(), password, new X509Certificate[] {certificate});
    }

    private static KeyStore read(Path file, char[] password) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(TYPE);
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, password);
        }
        return keys;
    }

    private static void write(Path file, KeyStore keys, char[] password) throws GeneralSecurityException, IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            keys.store(out, password);
        }
    }
}
