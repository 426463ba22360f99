package se.samsyn.node.store;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The moments at which a kill could do harm: each durable write of a node, and each signature. Tests stop a node before and after every
 * one of them; {@link Store#write} takes the name of its write, so that none is without one.
 */
public enum FailPoint {
    /** A new store gets its node and network. */
    WRITE_IDENTITY,
    /** The federation root's note, as it was told of. */
    WRITE_ROOT,
    /** The file beside the configuration that says which network was joined. */
    WRITE_NETWORK_HASH,
    /** The records of one file. */
    WRITE_RECORDS,
    /** The periods that are held from release by rule. */
    WRITE_HELD,
    /** New entries of the own log with their tiles, tree head and bodies; retracted bodies go. */
    WRITE_ENTRIES,
    /** The own checkpoint that the log key has just signed. */
    WRITE_SIGNED_CHECKPOINT,
    /** The own checkpoint with its cosignatures, once they make a quorum. */
    WRITE_PUBLISHED_CHECKPOINT,
    /** A peer's body, ahead of the entry that names it. */
    WRITE_MIRRORED_BODY,
    /** A peer's published checkpoint, with what of its log was not held yet. */
    WRITE_MIRRORED_CHECKPOINT,
    /** A peer's checkpoint and the time of the cosignature that is about to be made, with what of its log was not held yet. */
    WRITE_COSIGNED_CHECKPOINT,
    /** Evidence that a key signed two histories, before it is told to anybody. */
    WRITE_EVIDENCE,
    /** A peer's checkpoint that was refused. */
    WRITE_REFUSED_CHECKPOINT,
    /** The time of a log's checkpoint, as it is without the votes that new evidence has taken away. A test of its own makes it fail. */
    WRITE_POSITION,
    /** Deleted bodies have left the files of the database and of its backups. */
    WRITE_ERASED,
    /** What was found out about the store: that it is older than what it signed, damaged, or well again; when bodies were erased. */
    WRITE_MARK,
    /** A body of the own log, from a peer, while the store is restored or repaired. */
    WRITE_RESTORED_BODY,
    /** Entries of the own log, from peers, while the store is restored. */
    WRITE_RESTORED_ENTRIES,
    /** Rows that the store to be restored takes over from the one before. */
    WRITE_TAKEN_OVER,
    /** Rows of a log that were found damaged, as they must be. */
    WRITE_REPAIRED,
    /** Signed proposals, or a proposal with its answer, before anybody is told of them. */
    WRITE_SETTLEMENT,
    /** A statement, by the publisher key. */
    SIGN_STATEMENT,
    /** The own checkpoint, by the log key. */
    SIGN_CHECKPOINT,
    /** A peer's checkpoint, by the witness key. */
    SIGN_COSIGNATURE,
    /** A proposal or an answer, by the publisher key. */
    SIGN_SETTLEMENT;

    /** Those that a node comes to only while its store is restored, repaired, or found to need it. */
    public static final Set<FailPoint> OF_RECOVERY = Collections.unmodifiableSet(
            EnumSet.of(WRITE_MARK, WRITE_RESTORED_BODY, WRITE_RESTORED_ENTRIES, WRITE_TAKEN_OVER, WRITE_REPAIRED));

    /** Those that a node comes to only where it settles invoices with another. */
    public static final Set<FailPoint> OF_SETTLEMENT =
            Collections.unmodifiableSet(EnumSet.of(WRITE_SETTLEMENT, SIGN_SETTLEMENT));
}
