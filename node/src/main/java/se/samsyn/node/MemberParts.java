package se.samsyn.node;

import se.samsyn.node.feasibility.FeasibilityDesk;
import se.samsyn.node.log.CheckpointPublisher;
import se.samsyn.node.log.Sequencer;
import se.samsyn.node.log.SigningGate;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.release.Intake;
import se.samsyn.node.release.IntakeWorker;
import se.samsyn.node.release.ReleaseDesk;
import se.samsyn.node.release.Releaser;
import se.samsyn.node.restore.Scrub;
import se.samsyn.node.settlement.Settlements;
import se.samsyn.node.witness.Witness;

/** What a member has and an observer has not: a log of its own, with all that writes it, signs it and brings it to the others. */
public record MemberParts(
        StoredLog log,
        Sequencer sequencer,
        SigningGate gate,
        CheckpointPublisher publisher,
        Witness witness,
        Releaser releaser,
        Intake intake,
        IntakeWorker intakeWorker,
        ReleaseDesk desk,
        FeasibilityDesk feasibility,
        Scrub scrub,
        Settlements settlements) {}
