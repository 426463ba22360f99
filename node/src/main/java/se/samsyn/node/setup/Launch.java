package se.samsyn.node.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import se.samsyn.node.Enrolment;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.Node;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.key.KeyRing;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.ops.Backups;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.VerifiedRoot;

/**
 * Opens a node from its configuration. The first time it joins a network by a federation root whose hash the operator was told on another
 * channel; the store keeps the root, and every later start goes by the hash that the store was made with.
 */
public final class Launch {
    private static final String NETWORK_FILE = "network-hash";

    private Launch() {}

    /**
     * The first version of a federation root as a file, with the hash of its text as told on another channel.
     *
     * @param waits whether a node that this version does not list joins all the same, and follows the root's later versions until one
     *     lists it
     */
    public record Invitation(Path rootFile, Hash hash, boolean waits) {
        public Invitation(Path rootFile, Hash hash) {
            this(rootFile, hash, false);
        }
    }

    /**
     * Opens a node, which is then to be started.
     *
     * @param invitation needed the first time; afterwards it must be of the same network
     * @throws SetupException if the node has not joined and there is no invitation, or it is another network's
     */
    public static Node open(Path configFile, Optional<Invitation> invitation, InstantSource clock) {
        return open(configFile, invitation, clock, FailPoints.NONE);
    }

    /** As {@link #open(Path, Optional, InstantSource)}, with fail points. */
    public static Node open(
            Path configFile, Optional<Invitation> invitation, InstantSource clock, FailPoints failPoints) {
        NodeConfig config = ConfigFile.read(configFile);
        Supplier<KeyRing> keys = () -> KeyFile.open(
                config.keyFile(), PrivateFiles.readSecret(config.passwordFile()).toCharArray(), config.node());
        Path networkFile = configFile.toAbsolutePath().resolveSibling(NETWORK_FILE);
        Backups backups = new Backups(config, clock);
        Store store = Files.exists(networkFile)
                ? reopen(config, networkFile, invitation, failPoints, backups)
                : join(config, keys.get(), networkFile, invitation, failPoints, backups);
        try {
            return new Node(
                    config,
                    keys,
                    store,
                    storedRoot(store, readHash(networkFile)),
                    networkFiles(config),
                    backups,
                    clock);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Which network a node has joined, by the hash of its federation root.
     *
     * @throws SetupException if it has joined none
     */
    public static Hash joinedNetwork(Path configFile) {
        Path networkFile = configFile.toAbsolutePath().resolveSibling(NETWORK_FILE);
        if (!Files.exists(networkFile)) {
            throw new SetupException("the node of " + configFile + " has not joined a network: there is no "
                    + networkFile + ". `samsyn run --config FILE --root FILE --root-hash HASH` joins one");
        }
        return readHash(networkFile);
    }

    /** Makes a node one of a network, from its next start on, as if it had joined it; it must have that network's store. */
    public static void rememberNetwork(Path configFile, Hash network) {
        writeHash(configFile.toAbsolutePath().resolveSibling(NETWORK_FILE), network);
    }

    /** Tells whether a node has joined a network. */
    public static boolean hasJoined(Path configFile) {
        return Files.exists(configFile.toAbsolutePath().resolveSibling(NETWORK_FILE));
    }

    private static NetworkFiles networkFiles(NodeConfig config) {
        return config.networkDirectory().map(NetworkFiles::in).orElseGet(NetworkFiles::shipped);
    }

    private static Store reopen(
            NodeConfig config,
            Path networkFile,
            Optional<Invitation> invitation,
            FailPoints failPoints,
            Backups backups) {
        Hash network = readHash(networkFile);
        invitation.filter(given -> !given.hash().equals(network)).ifPresent(given -> {
            throw new SetupException(config.node() + " joined the network with root hash " + network
                    + " and cannot join that of " + given.hash() + "; leave out --root and --root-hash");
        });
        return Store.open(config.dataDirectory(), new StoreIdentity(config.node(), network), failPoints, backups);
    }

    /** Checks everything before it makes anything: a node that was refused can still join another network. */
    private static Store join(
            NodeConfig config,
            KeyRing keys,
            Path networkFile,
            Optional<Invitation> invitation,
            FailPoints failPoints,
            Backups backups) {
        Invitation given = invitation.orElseThrow(() -> new SetupException(config.node()
                + " has not joined a network yet: give --root FILE and --root-hash HASH, the hash as you were told it"
                + " on another channel than the file"));
        byte[] note = readRoot(given.rootFile());
        FederationRoot root = VerifiedRoot.verifyFirst(parse(given.rootFile(), note), given.hash())
                .root();
        Enrolment.of(root, config, keys, networkFiles(config)).requireListed(given.waits());
        Hash network = root.hash();
        StoreIdentity identity = new StoreIdentity(config.node(), network);
        Store store = Store.openOrCreate(config.dataDirectory(), identity, failPoints, backups);
        store.write(FailPoint.WRITE_ROOT, batch -> batch.put(Columns.ROOT, 1L, note));
        failPoints.before(FailPoint.WRITE_NETWORK_HASH);
        writeHash(networkFile, network);
        failPoints.after(FailPoint.WRITE_NETWORK_HASH);
        return store;
    }

    private static RootKeeper storedRoot(Store store, Hash network) {
        try {
            return RootKeeper.open(store, network);
        } catch (RefutedException | MalformedException e) {
            throw new SetupException(
                    "the store's federation root does not hold: " + e.getMessage()
                            + "; stop here and run samsyn fsck, then restore the store",
                    e);
        }
    }

    private static SignedNote parse(Path file, byte[] note) {
        try {
            return SignedNote.parse(note);
        } catch (MalformedException e) {
            throw new SetupException(file + " is no federation root: " + e.getMessage(), e);
        }
    }

    private static byte[] readRoot(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new SetupException("cannot read the federation root " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    private static Hash readHash(Path file) {
        return Hash.parseHex(PrivateFiles.readSecret(file));
    }

    /** Whole or not at all, so that a kill leaves either a node that has joined or one that can join. */
    private static void writeHash(Path file, Hash network) {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(
                    temporary,
                    network.toHex() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.SYNC);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new SetupException("cannot write " + file + ": " + FileTrouble.reason(e), e);
        }
    }
}
