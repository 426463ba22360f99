package se.samsyn.node.release;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import se.samsyn.node.protect.Waits;
import se.samsyn.node.record.DeletionReport;
import se.samsyn.node.record.DerivedKind;
import se.samsyn.node.record.DocumentReport;
import se.samsyn.node.record.FindingReport;
import se.samsyn.node.record.ImportReport;
import se.samsyn.node.record.RecordDeletion;
import se.samsyn.node.record.RecordDeletion.Chosen;
import se.samsyn.node.record.RecordImport;
import se.samsyn.node.record.RecordKind;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;

/** The way in for records: a file is imported whole or refused whole, and what rests on it is released, by rule or when asked. */
public final class Intake {
    private final RecordImport records;
    private final RecordDeletion deletion;
    private final Releaser releaser;
    private final List<DatasetDefinition> definitions;
    private final Set<String> automaticRelease;
    private final HeldPeriods heldPeriods;

    public Intake(
            RecordImport records,
            RecordDeletion deletion,
            Releaser releaser,
            List<DatasetDefinition> definitions,
            Set<String> automaticRelease,
            HeldPeriods heldPeriods) {
        this.records = records;
        this.deletion = deletion;
        this.releaser = releaser;
        this.definitions = List.copyOf(definitions);
        this.automaticRelease = Set.copyOf(automaticRelease);
        this.heldPeriods = heldPeriods;
    }

    /**
     * Imports a CSV file and releases nothing.
     *
     * @throws se.samsyn.node.record.ImportRefusal with every fault in the file
     */
    public synchronized ImportReport importCsv(RecordKind kind, byte[] file) {
        return records.importCsv(kind, file);
    }

    /**
     * Imports a CSV file from the disk and releases nothing.
     *
     * @throws se.samsyn.node.record.ImportRefusal with every fault in the file
     */
    public synchronized ImportReport importCsv(RecordKind kind, Path file) {
        return records.importCsv(kind, file);
    }

    /** A folder of its own for a file on its way in; whoever asks for it deletes it. */
    public Path newFolder() {
        return records.newFolder();
    }

    /** Imports a file of a registry's documents, and releases nothing. */
    public synchronized DocumentReport importDocuments(String name, byte[] file) {
        return records.importDocuments(name, file);
    }

    /**
     * Deletes records by their keys, all or none; drafts show at once what is left.
     *
     * @throws MalformedException if a key is of no record
     */
    public synchronized DeletionReport deleteByKeys(RecordKind kind, List<String> keys) {
        return deletion.byKeys(kind, keys);
    }

    /** Says what {@link #deleteByKeys} would do, and deletes nothing. */
    public synchronized ObjectNode tryDeleteByKeys(RecordKind kind, List<String> keys) {
        return tried(deletion.chooseByKeys(kind, keys));
    }

    /** Says what {@link #deleteBefore} would do, and deletes nothing. */
    public synchronized ObjectNode tryDeleteBefore(RecordKind kind, LocalDate day, LocalDate today) {
        return tried(deletion.chooseBefore(kind, day, today));
    }

    /** The report, and of each period whose draft would be another one: what the next draft would be. */
    private ObjectNode tried(Chosen chosen) {
        RecordKind kind = chosen.report().kind();
        ObjectNode json = chosen.report().toJson().put("dryRun", true);
        ArrayNode drafts = json.putArray("drafts");
        for (DatasetDefinition definition : definitions) {
            if (restsOn(definition, kind)) {
                Map<Period, PeriodDraft> now = releaser.drafts(definition).stream()
                        .collect(Collectors.toMap(PeriodDraft::period, Function.identity()));
                for (PeriodDraft then : releaser.drafts(definition, deletion.without(chosen))) {
                    PeriodDraft before = now.get(then.period());
                    String would = nextDraft(then);
                    if (before == null
                            || !nextDraft(before).equals(would)
                            || !before.hash().equals(then.hash())) {
                        drafts.addObject()
                                .put("dataset", definition.dataset())
                                .put("period", then.period().toString())
                                .put("next", would);
                    }
                }
            }
        }
        return json;
    }

    private static String nextDraft(PeriodDraft draft) {
        if (draft.protection() instanceof Waits waits) {
            return "waits: " + waits.reason();
        }
        return draft.hash().map(hash -> "a draft, " + hash.toHex()).orElse("nothing new to say");
    }

    /**
     * Deletes the records whose last day is before a day; drafts show at once what is left.
     *
     * @param today a later day is refused
     * @throws MalformedException if records of the kind do not grow old, or the day is to come
     */
    public synchronized DeletionReport deleteBefore(RecordKind kind, LocalDate day, LocalDate today) {
        return deletion.before(kind, day, today);
    }

    /**
     * What is missing, inexact or cannot be true in the node's own records.
     *
     * @throws MalformedException if there is no such kind of finding, or the limit is beyond {@link FindingReport#MAX_LISTED}
     */
    public FindingReport findings(Optional<String> kind, int limit) {
        return records.findings(kind, limit);
    }

    /** Releases the datasets that are released by rule and rest on any of these kinds of record, but for the held periods. */
    public synchronized List<ReleaseReport> releaseByRule(Collection<RecordKind> imported) {
        return releaseByRule(definition -> imported.stream().anyMatch(kind -> restsOn(definition, kind)));
    }

    /**
     * Releases the datasets that are released by rule and of which this node has released something before. A node that was never given
     * records of a kind does not say that it has none.
     */
    public synchronized List<ReleaseReport> releaseAgain() {
        return releaseByRule(releaser::hasReleased);
    }

    /**
     * Releases one dataset now, also where there is nothing to tell.
     *
     * @param periods to release, held or withdrawn ones too; if none are named, all but those
     * @throws MalformedException if there is no such dataset or period
     */
    public synchronized ReleaseReport release(String dataset, Set<Period> periods) {
        DatasetDefinition definition = ReleaseDesk.find(definitions, dataset, periods);
        ReleaseReport report = releaser.release(definition, periods, heldPeriods.of(dataset));
        heldPeriods.lift(dataset, periods);
        return report;
    }

    /**
     * The datasets that rest on any of these kinds of record and that no rule releases: what was imported waits
     * there for a person's word.
     */
    public List<String> waitingForApproval(Collection<RecordKind> imported) {
        return definitions.stream()
                .filter(definition -> !automaticRelease.contains(definition.dataset()))
                .filter(definition -> imported.stream().anyMatch(kind -> restsOn(definition, kind)))
                .map(DatasetDefinition::dataset)
                .toList();
    }

    private List<ReleaseReport> releaseByRule(Predicate<DatasetDefinition> which) {
        return definitions.stream()
                .filter(definition -> automaticRelease.contains(definition.dataset()))
                .filter(which)
                .map(definition -> releaser.releaseByRule(definition, heldPeriods.of(definition.dataset())))
                .toList();
    }

    /** Sites are joined to their trials. */
    private static boolean restsOn(DatasetDefinition definition, RecordKind kind) {
        return DerivedKind.of(definition.record())
                .map(derived -> derived.restsOn(kind))
                .orElseGet(() -> definition.record().equals(kind.wireName())
                        || (kind == RecordKind.SITE && definition.record().equals(RecordKind.TRIAL.wireName())));
    }
}
