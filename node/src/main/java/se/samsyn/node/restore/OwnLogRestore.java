package se.samsyn.node.restore;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/** Writes a node's own log into an empty store: entries and bodies from the peers, and what only the store before has after them. */
final class OwnLogRestore {
    private static final int BATCH_SIZE = 4_096;

    private final Store store;
    private final StoredLog log;
    private final RootChain chain;
    private final PeerSources sources;
    private final Optional<FormerStore> former;
    private final InstantSource clock;
    private final Progress progress;
    private int bodies;

    /** Entries to be written, and how many of them the store before has. */
    private record Joined(VerifiedEntries entries, int common) {}

    OwnLogRestore(
            Store store,
            RootChain chain,
            String node,
            Peers peers,
            Optional<FormerStore> former,
            InstantSource clock,
            Progress progress) {
        this.store = store;
        this.log = new StoredLog(store, node);
        this.chain = chain;
        this.sources = new PeerSources(peers, node);
        this.former = former;
        this.clock = clock;
        this.progress = progress;
    }

    /** Entries written. */
    long size() {
        return log.head().size();
    }

    /** Bodies written. */
    int bodies() {
        return bodies;
    }

    /**
     * Verifies everything, and only then writes it.
     *
     * @param newest the checkpoint to restore to
     * @param warnings is told what is left behind
     * @return the periods, by dataset, of releases that the store before does not have: its records may be older than they
     * @throws RefutedException if peers hold two histories, or the entries are no statements of the node
     * @throws se.samsyn.node.peer.PeerException if something cannot be had from anybody
     */
    SortedMap<String, SortedSet<Period>> restore(PeerSurvey survey, PeerNotes.Known newest, List<String> warnings) {
        TreeHead target = newest.head();
        List<byte[]> pulled = sources.entries(target, done -> progress.at("entries", done, target.size()));
        Joined joined = withTail(pulled, warnings);
        VerifiedEntries entries = joined.entries();
        survey.requireOneHistory(entries, newest);
        long done = 0;
        for (SummaryStatement summary : entries.standing().values()) {
            byte[] body = body(summary);
            store.write(FailPoint.WRITE_RESTORED_BODY, batch -> log.putBody(batch, summary.sha256(), body));
            bodies++;
            progress.at("bodies", ++done, entries.standing().size());
        }
        for (int from = 0; from < entries.size(); from += BATCH_SIZE) {
            List<byte[]> part = entries.entries().subList(from, Math.min(entries.size(), from + BATCH_SIZE));
            store.write(FailPoint.WRITE_RESTORED_ENTRIES, batch -> log.put(batch, log.grow(part)));
        }
        Hash written = log.head().root();
        if (!written.equals(entries.root(entries.size()))) {
            throw new RefutedException("the tiles that were written do not make the root of the entries: "
                    + written.toBase64() + ". Nothing was changed; is the disk sound?");
        }
        store.write(FailPoint.WRITE_SIGNED_CHECKPOINT, batch -> {
            batch.put(
                    Columns.SIGNED,
                    log.node(),
                    PeerNotes.logLines(chain, log.node(), newest.note()).encode());
            published(survey, entries).ifPresent(checkpoint -> log.putPublished(batch, checkpoint));
        });
        boolean hasRecords = former.filter(FormerStore::hasAllRecords).isPresent();
        return entries.releasedFrom(hasRecords ? joined.common() : 0);
    }

    /** Entries that the store before has after the newest signed one, where its log is the one that the peers have. */
    private Joined withTail(List<byte[]> pulled, List<String> warnings) {
        VerifiedEntries verified = VerifiedEntries.of(pulled, chain, log.node());
        List<byte[]> own = former.map(store -> store.entries(log.node())).orElse(List.of());
        int common = 0;
        while (common < Math.min(own.size(), pulled.size()) && Arrays.equals(own.get(common), pulled.get(common))) {
            common++;
        }
        if (own.size() <= pulled.size() || common < pulled.size()) {
            warnLeft(own.size() - common, common, warnings);
            return new Joined(verified, common);
        }
        try {
            VerifiedEntries all = VerifiedEntries.of(own, chain, log.node());
            all.standing().values().stream()
                    .filter(summary -> !verified.standing().containsKey(summary.sha256()))
                    .forEach(this::requireInFormer);
            return new Joined(all, own.size());
        } catch (RefutedException e) {
            warnings.add("After entry " + (pulled.size() - 1) + " the store before has " + (own.size() - pulled.size())
                    + " that no peer has, and they do not hold: " + e.getMessage());
            return new Joined(verified, common);
        }
    }

    private static void warnLeft(int count, int from, List<String> warnings) {
        if (count > 0) {
            warnings.add(
                    count + " entries from " + from
                            + " on that the store before has are not what the log's key signed: it went on from an"
                            + " older state and nobody saw them. They are left in it; the same releases are made again from the records.");
        }
    }

    private void requireInFormer(SummaryStatement summary) {
        if (fromFormer(summary).isEmpty()) {
            throw new RefutedException("body " + summary.sha256() + " is not there as it was released");
        }
    }

    private Optional<byte[]> fromFormer(SummaryStatement summary) {
        return former.flatMap(store -> store.body(log.node(), summary.sha256()))
                .filter(body -> VerifiedEntries.isBodyOf(summary, body));
    }

    private byte[] body(SummaryStatement summary) {
        return fromFormer(summary).orElseGet(() -> sources.body(summary));
    }

    /** A note that a peer has spoilt is passed over: the next one may be whole. */
    private Optional<CosignedCheckpoint> verified(PeerNotes.Known known, VerifiedEntries entries, long now) {
        try {
            return known.head().size() > entries.size()
                    ? Optional.empty()
                    : Optional.of(entries.roots()
                                    .forTree(known.head().size())
                                    .verifyCheckpoint(known.note(), log.node(), now))
                            .filter(CosignedCheckpoint::hasQuorum);
        } catch (RefutedException e) {
            return Optional.empty();
        }
    }

    private Optional<CosignedCheckpoint> published(PeerSurvey survey, VerifiedEntries entries) {
        long now = clock.instant().getEpochSecond();
        @Nullable CosignedCheckpoint best = null;
        long size = -1;
        for (PeerNotes.Known known : survey.known()) {
            Optional<CosignedCheckpoint> checkpoint =
                    known.head().size() > size ? verified(known, entries, now) : Optional.empty();
            if (checkpoint.isPresent()) {
                best = checkpoint.get();
                size = known.head().size();
            }
        }
        return Optional.ofNullable(best);
    }
}
