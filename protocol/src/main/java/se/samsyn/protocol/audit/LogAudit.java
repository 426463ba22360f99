package se.samsyn.protocol.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TilePath;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.CosignedCheckpoint;
import se.samsyn.protocol.witness.KeyEnd;

/** Verifies one member's log: its checkpoint, all its entries, the tree over them, and the bodies beside it. */
final class LogAudit {
    private final AuditBundle bundle;
    private final RootChain chain;
    private final String node;
    private final long nowSeconds;
    private final Findings findings;
    private final String log;

    LogAudit(AuditBundle bundle, RootChain chain, String node, long nowSeconds, Findings findings) {
        this.bundle = bundle;
        this.chain = chain;
        this.node = node;
        this.nowSeconds = nowSeconds;
        this.findings = findings;
        this.log = "log/" + node;
    }

    /**
     * Runs all checks.
     *
     * @param salts of all bodies so far
     * @param evidence takes what the entries hold
     * @return the log, if nothing in it is refuted and every statement is of a known kind
     */
    Optional<AuditedLog> run(Map<Hash, String> salts, EvidenceAudit evidence) {
        int before = findings.refutations();
        findings.logs++;
        String where = log + "/checkpoint";
        Optional<SignedNote> parsed = findings.found(
                CheckKind.CHECKPOINT,
                where,
                () -> SignedNote.parse(bundle.file(where).orElseThrow(() -> new RefutedException("it is missing"))));
        Optional<Checkpoint> read = parsed.flatMap(
                note -> findings.found(CheckKind.CHECKPOINT, where, () -> Checkpoint.parse(note.text())));
        if (parsed.isEmpty() || read.isEmpty()) {
            return Optional.empty();
        }
        SignedNote note = parsed.get();
        Checkpoint checkpoint = read.get();
        Optional<List<byte[]>> found = entries(checkpoint.head().size());
        EntryAudit entries = new EntryAudit(chain, node, found.orElse(List.of()), findings);
        RootInForce inForce =
                found.isPresent() ? entries.forTree(checkpoint.head().size()) : RootInForce.newest(chain.newest());
        Optional<CosignedCheckpoint> cosigned = checkpoint(note, inForce);
        if (found.isEmpty()) {
            return Optional.empty(); // without all entries there is nothing to compare with
        }
        entries.run();
        TreeAudit tree = new TreeAudit(bundle, node, found.get(), findings);
        tree.compareRoot(checkpoint.head());
        tree.compareEnds(chain.newest().ends(), node + "/log");
        tree.compareTiles();
        new BodyAudit(bundle, node, findings, salts).run(entries.placed());
        entries.placed().stream()
                .filter(placed -> placed.statement() instanceof EvidenceStatement)
                .forEach(placed -> evidence.logged(
                        log + " entry " + placed.index(), ((EvidenceStatement) placed.statement()).evidence()));
        boolean sound = findings.refutations() == before;
        return entries.statements()
                .filter(statements -> sound && cosigned.isPresent())
                .map(statements -> new AuditedLog(node, cosigned.get(), statements));
    }

    private Optional<CosignedCheckpoint> checkpoint(SignedNote note, RootInForce inForce) {
        String where = log + "/checkpoint";
        Optional<CosignedCheckpoint> verified =
                findings.found(CheckKind.CHECKPOINT, where, () -> inForce.verifyCheckpoint(note, node, nowSeconds));
        if (verified.isEmpty()) {
            return verified;
        }
        CosignedCheckpoint cosigned = verified.get();
        findings.verified(
                CheckKind.CHECKPOINT,
                where,
                "size " + cosigned.checkpoint().head().size() + ", by the keys of version "
                        + inForce.root().version());
        countLines(note, inForce, cosigned);
        findings.cosignatures += cosigned.votes();
        if (!findings.holds(CheckKind.QUORUM, where, cosigned::requireQuorum)) {
            return Optional.empty();
        }
        findings.verified(
                CheckKind.QUORUM,
                where,
                cosigned.votes() + " votes, time " + Instant.ofEpochSecond(cosigned.timeSeconds()));
        return Optional.of(cosigned);
    }

    /** Says which lines of a note were passed over. */
    private void countLines(SignedNote note, RootInForce inForce, CosignedCheckpoint cosigned) {
        List<VerifierKey> known =
                new ArrayList<>(inForce.root().requireMember(node).logKeys());
        known.addAll(inForce.root().quorumFor(node).keys());
        TreeHead head = cosigned.checkpoint().head();
        for (SignatureLine line : note.signatures()) {
            Optional<VerifierKey> key =
                    known.stream().filter(each -> each.ref().equals(line.ref())).findFirst();
            if (key.isEmpty()) {
                findings.unchecked("signature lines of unknown keys, ignored as signed-note demands");
            } else if (ended(inForce.ends(), key.get(), head)) {
                findings.unchecked("signature lines of keys that the federation root has ended: not counted");
            }
        }
        if (cosigned.votes() < distinctWitnesses(note, inForce)) {
            findings.unchecked(
                    "witnesses whose cosignature is dated ahead of the auditor's clock, or ended: not counted");
        }
    }

    private long distinctWitnesses(SignedNote note, RootInForce inForce) {
        return inForce.root().quorumFor(node).witnesses().values().stream()
                .filter(keys -> keys.stream()
                        .anyMatch(key -> note.signatures().stream()
                                .anyMatch(line -> line.ref().equals(key.ref()))))
                .count();
    }

    private boolean ended(List<KeyEnd> ends, VerifierKey key, TreeHead head) {
        return ends.stream().anyMatch(end -> end.ends(key, node + "/log", head));
    }

    /** All entries below a size, or nothing if a bundle is missing or malformed, which is noted. */
    private Optional<List<byte[]>> entries(long size) {
        List<byte[]> entries = new ArrayList<>();
        while (entries.size() < size) {
            long index = entries.size() / Tile.WIDTH;
            int width = (int) Math.min(Tile.WIDTH, size - entries.size());
            String where = log + "/" + TilePath.entries(index, width).encode();
            boolean whole = findings.holds(CheckKind.TREE, where, () -> {
                byte[] bytes = bundle.file(where)
                        .orElseThrow(() -> new RefutedException("it is missing: its entries are not here"));
                entries.addAll(EntryBundle.parse(bytes, width));
            });
            if (!whole) {
                return Optional.empty();
            }
        }
        return Optional.of(entries);
    }
}
