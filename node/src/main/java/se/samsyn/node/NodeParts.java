package se.samsyn.node;

import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.feasibility.FeasibilityDesk;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.node.log.AcceptedRoots;
import se.samsyn.node.log.CheckpointPublisher;
import se.samsyn.node.log.Sequencer;
import se.samsyn.node.log.SigningGate;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.mirror.MirrorSet;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.peer.Refusals;
import se.samsyn.node.record.RecordDeletion;
import se.samsyn.node.record.RecordImport;
import se.samsyn.node.record.RecordStore;
import se.samsyn.node.release.HeldPeriods;
import se.samsyn.node.release.Intake;
import se.samsyn.node.release.IntakeWorker;
import se.samsyn.node.release.ReleaseDesk;
import se.samsyn.node.release.Releaser;
import se.samsyn.node.restore.CatchUp;
import se.samsyn.node.restore.Scrub;
import se.samsyn.node.restore.StoreRepair;
import se.samsyn.node.root.RootFollower;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.settlement.SettledTotals;
import se.samsyn.node.settlement.Settlements;
import se.samsyn.node.store.Store;
import se.samsyn.node.view.EarlierPictures;
import se.samsyn.node.view.PictureKeeper;
import se.samsyn.node.witness.EvidenceKeeper;
import se.samsyn.node.witness.RememberedNotes;
import se.samsyn.node.witness.Witness;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.LaterRootException;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/** All parts of a node but its listeners, wired by constructor for what the federation root says now; whoever wires them starts them. */
public final class NodeParts {
    private static final Logger logger = LoggerFactory.getLogger(NodeParts.class);

    private final String self;
    private final Map<String, StoredLog> logs = new TreeMap<>();
    private final Refusals refusals;
    private final EvidenceKeeper evidence;
    private final MirrorSet mirrors;
    private final PictureKeeper picture;
    private final EarlierPictures earlier;
    private final Optional<MemberParts> member;
    private final RootFollower follower;

    /**
     * Wires the parts over an open store.
     *
     * @param peers how the others are asked
     * @param remembered checkpoints that parts which were wired before these could not judge
     * @param onNewRoot is told that the keeper has a newer version of the root; must return at once
     */
    public NodeParts(
            NodeConfig config,
            Enrolment enrolment,
            Store store,
            RootKeeper roots,
            NetworkFiles files,
            Machine machine,
            Peers peers,
            RememberedNotes remembered,
            Runnable onNewRoot) {
        self = config.node();
        RootChain chain = roots.chain();
        chain.members().forEach(node -> logs.put(node, new StoredLog(store, node)));
        evidence = new EvidenceKeeper(
                store,
                new StoredLog(store, self),
                logs,
                chain::roots,
                remembered,
                machine.worker().apply("evidence-" + self));
        picture = new PictureKeeper(
                chain,
                enrolment.definitions(),
                logs.values(),
                evidence,
                machine.worker().apply("picture-" + self));
        earlier = new EarlierPictures(chain, enrolment.definitions(), logs.values(), picture, evidence);
        refusals = new Refusals(machine.clock());
        mirrors = new MirrorSet(
                store,
                chain,
                peers,
                self,
                machine.clock(),
                config.pollMillis(),
                refusals,
                evidence,
                picture::published);
        member = enrolment.keys().map(keys -> member(config, enrolment, keys, store, chain, files, machine, peers));
        follower = new RootFollower(self, roots, peers.all(), config.pollMillis(), refusals, onNewRoot);
    }

    /** What the node is while its own log goes by the root, and what is left of it where the root refutes that log. */
    public static Enrolment judged(Enrolment enrolment, AcceptedRoots own) {
        return refutation(own).map(enrolment::without).orElse(enrolment);
    }

    /** Why the own log cannot go on under this chain, if it cannot: enough root keys have signed so, and the rest of the node goes on. */
    private static Optional<String> refutation(AcceptedRoots own) {
        try {
            own.newest();
            return Optional.empty();
        } catch (LaterRootException e) {
            return Optional.of("has a log that goes by a later version of the federation root: " + e.getMessage()
                    + ". It asks its peers for that version, and writes and signs nothing before it has it");
        } catch (RefutedException | MalformedException e) {
            String refuted = "has a log that the federation root refutes: " + e.getMessage()
                    + ". Nothing is written or signed here any more; to publish again, it has to leave and join"
                    + " under a new name (samsyn init)";
            logger.error("{} {}", own.log().node(), refuted);
            return Optional.of(refuted);
        }
    }

    private MemberParts member(
            NodeConfig config,
            Enrolment enrolment,
            NodeKeys keys,
            Store store,
            RootChain chain,
            NetworkFiles files,
            Machine machine,
            Peers peers) {
        InstantSource clock = machine.clock();
        FederationRoot root = chain.newest();
        StoredLog log = new StoredLog(store, self);
        CheckpointPublisher publisher = new CheckpointPublisher(
                store,
                new AcceptedRoots(log, chain),
                root,
                clock,
                machine.nanoTime(),
                refusals,
                evidence::accusations,
                this::published);
        Sequencer sequencer = new Sequencer(store, log, keys.logKeys(), publisher::publish);
        SigningGate gate = new SigningGate(
                store,
                sequencer,
                log,
                size -> chain.logKeys(self, size),
                peers.all(),
                root.quorum(),
                new CatchUp(chain, mirrors, clock));
        Witness witness = new Witness(store, mirrors, root, keys.witness(), clock, evidence);
        witness.pauseWhile(gate::whyNotCosigning);
        RecordStore records = new RecordStore(store, root.requireMember(self).scope());
        Releaser releaser = new Releaser(
                log,
                machine.appending().apply(sequencer),
                chain,
                enrolment.definitions(),
                keys.publisher(),
                new SettledTotals(records, store),
                config.minimumPersons(),
                clock,
                machine.random(),
                store.failPoints());
        HeldPeriods held = new HeldPeriods(config.heldPeriods(), store, clock);
        Intake intake = new Intake(
                new RecordImport(records, files),
                new RecordDeletion(records),
                releaser,
                enrolment.newestDefinitions(),
                config.automaticRelease(),
                held);
        IntakeWorker intakeWorker = new IntakeWorker(self, config.records(), intake, clock);
        Scrub scrub = new Scrub(
                store,
                self,
                gate,
                new StoreRepair(store, chain, peers, sequencer, mirrors, clock),
                clock,
                config.scrubHours());
        ReleaseDesk desk = new ReleaseDesk(releaser, enrolment.newestDefinitions(), config.automaticRelease(), held);
        FeasibilityDesk feasibility =
                new FeasibilityDesk(self, root, releaser, picture, enrolment.newestDefinitions(), clock);
        Settlements settlements = new Settlements(
                self,
                root,
                store,
                records,
                keys.publisher(),
                Settlements.floor(config.minimumPersons()),
                clock,
                peers,
                machine.worker().apply("settlement-" + self),
                config.pollMillis());
        return new MemberParts(
                log,
                sequencer,
                gate,
                publisher,
                witness,
                releaser,
                intake,
                intakeWorker,
                desk,
                feasibility,
                scrub,
                settlements);
    }

    /** The logs of all members that there were, by their nodes, the own one among them. */
    public Map<String, StoredLog> logs() {
        return Collections.unmodifiableMap(logs);
    }

    /** What peers sent that was refused. */
    public Refusals refusals() {
        return refusals;
    }

    /** Finds and tells evidence. */
    public EvidenceKeeper evidence() {
        return evidence;
    }

    /** The other members' logs. */
    public MirrorSet mirrors() {
        return mirrors;
    }

    /** The national picture. */
    public PictureKeeper picture() {
        return picture;
    }

    /** Answers from an earlier basis. */
    public EarlierPictures earlier() {
        return earlier;
    }

    /** What a member has and others have not. */
    public Optional<MemberParts> member() {
        return member;
    }

    /** Asks for the next version of the federation root. */
    public RootFollower follower() {
        return follower;
    }

    private void published(CosignedCheckpoint checkpoint) {
        evidence.offered(self, checkpoint.note());
        picture.published(checkpoint);
    }
}
