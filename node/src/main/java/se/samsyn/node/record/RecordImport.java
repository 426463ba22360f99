package se.samsyn.node.record;

import java.nio.file.Path;
import java.util.Optional;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.registry.RegistryDocuments;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.root.Scope;

/**
 * Imports a file of records: all of it, or, if anything in it is out of order, nothing. The same file twice changes
 * nothing, and the order of its rows does not matter. Trials come before their sites. Calls block: never on an event
 * loop.
 */
public final class RecordImport {
    /** The longest CSV file in bytes: 1 GiB. It is read from the disk, and takes the same memory whatever its length. */
    public static final long MAX_CSV_LENGTH = CsvFile.MAX_LENGTH;

    /** The longest file of documents in bytes: 32 MiB. It is held in memory. */
    public static final int MAX_DOCUMENTS_LENGTH = 32 << 20;

    private final Records records;
    private final AgreedWords words;
    private final RegistryDocuments registry;
    private final long maxHeldLength;

    /** @param files what the network agreed on */
    public RecordImport(RecordStore records, NetworkFiles files) {
        this(records, files, RecordSorter.MAX_HELD_LENGTH);
    }

    /** @param maxHeldLength as {@link RecordSorter#MAX_HELD_LENGTH}; tests make large files of small ones with it */
    RecordImport(Records records, NetworkFiles files, long maxHeldLength) {
        this.maxHeldLength = maxHeldLength;
        this.records = records;
        this.words = new AgreedWords(files);
        this.registry = new RegistryDocuments(files);
    }

    /**
     * An import that keeps nothing, and says what one into a node without records would do. What is imported first is known to what
     * follows.
     *
     * @param scope as a node's
     */
    public static RecordImport dryRun(Scope scope, NetworkFiles files) {
        return new RecordImport(new RecordsInMemory(scope), files, RecordSorter.MAX_HELD_LENGTH);
    }

    /**
     * Imports a CSV file that is in memory; on return it is on the disk.
     *
     * @throws ImportRefusal with every fault in the file
     */
    public ImportReport importCsv(RecordKind kind, byte[] file) {
        return importCsv(kind, ImportFile.of(file));
    }

    /**
     * Imports a CSV file; on return it is on the disk, and the file is not needed any more.
     *
     * @throws ImportRefusal with every fault in the file
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public ImportReport importCsv(RecordKind kind, Path file) {
        return importCsv(kind, ImportFile.of(file));
    }

    /** A folder of its own for a file on its way in; whoever asks for it deletes it. */
    public Path newFolder() {
        return records.scratch().newDirectory();
    }

    private synchronized ImportReport importCsv(RecordKind kind, ImportFile file) {
        RecordFormat format = new RecordFormats(words, records.scope(), new TrialsOfNode(records)).of(kind);
        try (RecordSorter sorter = new RecordSorter(records.scratch(), maxHeldLength)) {
            Reading reading = Reading.of(format, file, sorter);
            Records.Changes changes = records.put(kind, reading);
            if (kind == RecordKind.TRIAL || kind == RecordKind.SITE) {
                warnOfTrialsWithoutSite(reading.warnings());
            }
            return new ImportReport(
                    kind,
                    reading.rows(),
                    changes.added(),
                    changes.changed(),
                    changes.unchanged(),
                    reading.duplicates(),
                    reading.warnings().list());
        }
    }

    /**
     * Imports a file of a registry's or an agency's documents, whatever it is called; on return what was taken is on the disk. Documents
     * that cannot be read are in the report, and the others are taken.
     *
     * @param name of the file, for messages
     */
    public synchronized DocumentReport importDocuments(String name, byte[] file) {
        return new DocumentImport(registry, words, records).run(name, file);
    }

    /**
     * What is missing, inexact or cannot be true in the records that are there.
     *
     * @throws se.samsyn.protocol.MalformedException if there is no such kind of finding, or the limit is beyond {@link
     *     FindingReport#MAX_LISTED}
     */
    public FindingReport findings(Optional<String> kind, int limit) {
        return FindingReport.of(records, words.codes("finding-kind"), kind, limit);
    }

    private void warnOfTrialsWithoutSite(Warnings warnings) {
        long count = records.trialsWithoutSite();
        if (count > 0) {
            String meaning = records.scope().covers(CodeList.UNKNOWN_PLACE)
                    ? "trials without a site: counted as region unknown"
                    : "trials without a site: NOT COUNTED until site.csv says where in this node's scope they are";
            warnings.add("trial_id", "", meaning, count);
        }
    }
}
