package se.samsyn.node.restore;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.Enrolment;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.key.KeyRing;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.node.key.TlsIdentity;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.node.peer.PeerTls;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.release.HeldPeriods;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.setup.PrivateFiles;
import se.samsyn.node.setup.SetupException;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.Copies;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.node.store.StoreMark;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootChain;

/**
 * Gives a node that has its keys a new store in place of one that is lost, old or damaged.
 *
 * <p>The own log comes from the peers, up to the newest checkpoint that any of them holds; everything is verified before it is written.
 * The new store is made beside the old one, and takes from it what only it can have (records) and what is sound in it. Only when it is
 * whole do the two change places: the old one is kept under a new name with nothing in it changed, and a kill at any moment leaves one of
 * them in place or the same command to be given again. Nothing is signed from the new store before all other members were asked ({@link
 * CatchUp}).
 */
public final class RestoreFromPeers {
    private static final String BUILDING = ".restoring";
    private static final String KEPT = ".before-restore-";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long STOP_TIMEOUT_SECONDS = 10;

    private static final Logger logger = LoggerFactory.getLogger(RestoreFromPeers.class);

    private final NodeConfig config;
    private final KeyRing keys;
    private final Hash network;
    private final BiFunction<FederationRoot, TlsIdentity, Peers> connect;
    private final InstantSource clock;
    private final Progress progress;
    private final FailPoints failPoints;
    private final List<String> warnings = new ArrayList<>();

    /**
     * Prepares to restore the store of a node that is not running.
     *
     * @param network the hash of version 1 of its federation root
     * @param connect how the members of a version of the root are asked, with a TLS key
     */
    public RestoreFromPeers(
            NodeConfig config,
            KeyRing keys,
            Hash network,
            BiFunction<FederationRoot, TlsIdentity, Peers> connect,
            InstantSource clock,
            Progress progress,
            FailPoints failPoints) {
        this.config = config;
        this.keys = keys;
        this.network = network;
        this.connect = connect;
        this.clock = clock;
        this.progress = progress;
        this.failPoints = failPoints;
    }

    /**
     * Restores the store of a node that is not running.
     *
     * @param invitation the federation root and its hash; needed where the store is lost with the root in it
     * @throws se.samsyn.protocol.RefutedException if the peers hold two histories of the own log; nothing was changed
     * @throws SetupException if it cannot be done, or not now; nothing was changed
     * @throws se.samsyn.node.store.StoreException if a running process uses the store, or it cannot be written
     */
    public static RestoreReport run(
            Path configFile, Optional<Launch.Invitation> invitation, InstantSource clock, Progress progress) {
        return run(configFile, invitation, clock, progress, FailPoints.NONE);
    }

    /** As {@link #run(Path, Optional, InstantSource, Progress)}, with fail points. */
    public static RestoreReport run(
            Path configFile,
            Optional<Launch.Invitation> invitation,
            InstantSource clock,
            Progress progress,
            FailPoints failPoints) {
        NodeConfig config = ConfigFile.read(configFile);
        KeyRing keys = keys(config);
        Hash network = network(configFile, config, invitation);
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        try {
            // the connections are closed with the event loop that they run on
            return new RestoreFromPeers(
                            config,
                            keys,
                            network,
                            (root, tls) -> new Peers(vertx, new PeerTls(tls), root, config.node()),
                            clock,
                            progress,
                            failPoints)
                    .restore(invitation.map(RestoreFromPeers::rootNote), () -> {
                        if (!Launch.hasJoined(configFile)) {
                            Launch.rememberNetwork(configFile, network);
                        }
                    });
        } finally {
            close(vertx);
        }
    }

    /**
     * Restores it.
     *
     * @param given version 1 of the federation root; needed where the store is lost with the root in it
     * @param onBuilt is run when the new store is whole, before it takes its place
     */
    public RestoreReport restore(Optional<byte[]> given, Runnable onBuilt) {
        StoreIdentity identity = new StoreIdentity(config.node(), network);
        Path directory = config.dataDirectory();
        finishInterrupted(directory);
        Optional<FormerStore> former = FormerStore.open(directory, identity, warnings);
        Optional<Path> kept = Optional.empty();
        RestoreReport report;
        try {
            byte[] rootNote =
                    given.or(() -> former.flatMap(FormerStore::firstRoot)).orElseThrow(this::noRoot);
            RootChain chain = newestChain(former.flatMap(old -> old.chain(network))
                    .orElseGet(() -> RootChain.begin(SignedNote.parse(rootNote), network)));
            NodeKeys own = Enrolment.of(
                            chain.newest(),
                            config,
                            keys,
                            config.networkDirectory().map(NetworkFiles::in).orElseGet(NetworkFiles::shipped))
                    .requireKeys();
            if (Files.exists(directory)) {
                kept = Optional.of(
                        free(directory.resolveSibling(directory.getFileName() + KEPT + STAMP.format(clock.instant()))));
            }
            report = build(directory, identity, chain, own, former, kept);
        } catch (PeerException e) {
            throw new SetupException(
                    e.getMessage() + ". Nothing was changed; give the command again when more peers can be reached", e);
        } finally {
            former.ifPresent(FormerStore::close);
        }
        onBuilt.run();
        kept.ifPresent(aside -> move(directory, aside));
        move(building(directory), directory);
        return report;
    }

    private static KeyRing keys(NodeConfig config) {
        if (!Files.exists(config.keyFile())) {
            throw new SetupException("there is no key file " + config.keyFile()
                    + ". Put it back from its backup: only with the node's own"
                    + " keys can its log go on. If there is none, the log ends where it is: make new keys with `samsyn init` in an"
                    + " empty folder, and have the other members sign a version of the federation root (`samsyn root propose`)"
                    + " that lists the new keys and an `end` line for the lost log key with the last checkpoint that the peers hold;"
                    + " the node waits until it is given that version");
        }
        return KeyFile.open(
                config.keyFile(), PrivateFiles.readSecret(config.passwordFile()).toCharArray(), config.node());
    }

    private static Hash network(Path configFile, NodeConfig config, Optional<Launch.Invitation> invitation) {
        if (!Launch.hasJoined(configFile)) {
            return invitation
                    .orElseThrow(() -> new SetupException("which network " + config.node()
                            + " was in is lost with its files: give --root FILE and"
                            + " --root-hash HASH, the hash as you were told it on another channel than the file"))
                    .hash();
        }
        Hash network = Launch.joinedNetwork(configFile);
        invitation.filter(given -> !given.hash().equals(network)).ifPresent(given -> {
            throw new SetupException(config.node() + " joined the network with root hash " + network + ", not that of "
                    + given.hash() + "; check --root-hash");
        });
        return network;
    }

    private static byte[] rootNote(Launch.Invitation invitation) {
        Path file = invitation.rootFile();
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new SetupException("cannot read the federation root " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    private SetupException noRoot() {
        return new SetupException("there is no store with the federation root in " + config.dataDirectory()
                + ": give --root FILE and --root-hash HASH; every member has that file");
    }

    /** Version 1 and all later ones that the peers have, in order, asking those whom each one lists. */
    private RootChain newestChain(RootChain first) {
        RootChain chain = first;
        for (Optional<RootChain> next = Optional.of(first); next.isPresent(); next = next(chain)) {
            chain = next.get();
        }
        return chain;
    }

    private Optional<RootChain> next(RootChain chain) {
        FederationRoot root = chain.newest();
        TlsIdentity tls = root.member(config.node())
                .flatMap(member -> keys.tls(member.tlsPins()))
                .orElseGet(keys::newestTls);
        for (PeerClient peer : connect.apply(root, tls).all()) {
            try {
                PeerResponse answer = peer.get("/root/" + (root.version() + 1), SignedNote.MAX_LENGTH);
                if (answer.isOk()) {
                    return Optional.of(chain.accept(SignedNote.parse(answer.body())));
                }
            } catch (PeerException | MalformedException | RefutedException e) {
                logger.warn("{} gave no later version of the federation root: {}", peer.node(), e.getMessage());
            }
        }
        return Optional.empty();
    }

    private RestoreReport build(
            Path directory,
            StoreIdentity identity,
            RootChain chain,
            NodeKeys own,
            Optional<FormerStore> former,
            Optional<Path> kept) {
        delete(building(directory));
        try (Store store = Store.openOrCreate(building(directory), identity, failPoints, Copies.NONE)) {
            Peers peers = connect.apply(chain.newest(), own.tls());
            PeerSurvey survey = new PeerSurvey(peers, chain, config.node());
            PeerNotes.Known newest = survey.newest().orElseThrow(() -> nothingKnown(survey));
            store.write(
                    FailPoint.WRITE_ROOT,
                    batch -> chain.versions()
                            .forEach(version -> batch.put(
                                    Columns.ROOT,
                                    version.root().version(),
                                    version.note().encode())));
            Map<String, Long> records =
                    former.map(old -> old.copyRecords(store)).orElse(Map.of());
            List<String> mirrors =
                    former.map(old -> old.copySoundMirrors(store, identity)).orElse(List.of());
            OwnLogRestore log = new OwnLogRestore(store, chain, config.node(), peers, former, clock, progress);
            HeldPeriods periods = new HeldPeriods(Map.of(), store, clock);
            log.restore(survey, newest, warnings).forEach(periods::hold);
            String when = "restored from peers at " + clock.instant();
            store.write(FailPoint.WRITE_MARK, batch -> {
                batch.mark(StoreMark.RESTORED, when);
                // backups of the store before may have what was retracted since, and was never in this one
                batch.mark(StoreMark.ERASING, when);
            });
            return new RestoreReport(
                    config.node(),
                    log.size(),
                    log.bodies(),
                    newest.peer(),
                    survey.unreachable(),
                    records,
                    periods.untilReleased(),
                    mirrors,
                    kept,
                    warnings);
        } catch (RuntimeException e) {
            delete(building(directory));
            throw e;
        }
    }

    private PeerException nothingKnown(PeerSurvey survey) {
        List<String> lines = new ArrayList<>();
        survey.unreachable().forEach((peer, reason) -> lines.add(peer + ": " + reason));
        return new PeerException("no peer holds a checkpoint of the log of " + config.node()
                + (lines.isEmpty()
                        ? ": it was never cosigned, so that there is nothing to restore from them; `samsyn run` goes on from"
                                + " the store that there is"
                        : "; not all could be asked: " + String.join("; ", lines)));
    }

    /** A kill may have come between the two renames: the new store is whole, and nothing is in its place. */
    private void finishInterrupted(Path directory) {
        Path built = building(directory);
        if (Files.exists(directory) || !Store.exists(built)) {
            return;
        }
        boolean whole;
        try (Store store = Store.openReadOnly(built)) {
            whole = store.marked(StoreMark.RESTORED).isPresent();
        }
        if (whole) {
            move(built, directory);
            warnings.add(
                    "An earlier restore was interrupted after it had made the new store, from which this one went on.");
        }
    }

    private static Path building(Path directory) {
        return directory.resolveSibling(directory.getFileName() + BUILDING);
    }

    private static Path free(Path wanted) {
        Path free = wanted;
        for (int number = 2; Files.exists(free); number++) {
            free = wanted.resolveSibling(wanted.getFileName() + "-" + number);
        }
        return free;
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new SetupException(
                    "cannot rename " + from + " to " + to + ": " + FileTrouble.reason(e) + "; give the command again",
                    e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new SetupException(
                    "cannot delete " + folder + ", which an interrupted restore left: " + FileTrouble.reason(e), e);
        }
    }

    private static void close(Vertx vertx) {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new SetupException("the connections to the peers do not close: " + e, e);
        }
    }
}
