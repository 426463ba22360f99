package se.samsyn.node.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import se.samsyn.node.record.DocumentReport.Refused;
import se.samsyn.node.registry.DocumentReading;
import se.samsyn.node.registry.Placement;
import se.samsyn.node.registry.RegistryDocuments;
import se.samsyn.node.registry.RegistrySite;
import se.samsyn.node.registry.RegistryTrial;
import se.samsyn.node.registry.Remark;
import se.samsyn.protocol.dataset.CodeList;

/**
 * One file of a registry's documents while it is imported: each trial with its sites becomes records as if they had come as rows of {@code
 * trial.csv} and {@code site.csv}. A trial is this node's if a site lies in its scope, or, where the scope has "region unknown", if no site
 * is told or none can be placed. A document is taken whole or refused whole.
 */
final class DocumentImport {
    private static final String SITE = "site";

    private final RegistryDocuments registry;
    private final Records records;
    private final RecordFormat trialFormat;
    private final RecordFormat siteFormat;
    private final Warnings warnings = new Warnings();
    private final Map<String, byte[]> trials = new TreeMap<>();
    private final Map<String, byte[]> sites = new TreeMap<>();
    private final Map<String, Long> formats = new TreeMap<>();
    private final List<Refused> refused = new ArrayList<>();
    private long documents;
    private long repeated;
    private long elsewhere;
    private long sitesElsewhere;
    private long sitesNotPlaced;

    /** What one document holds for this node. */
    private static final class Part {
        private final Map<String, byte[]> trials = new TreeMap<>();
        private final Map<String, byte[]> sites = new TreeMap<>();
        private final List<String> troubles = new ArrayList<>();
    }

    DocumentImport(RegistryDocuments registry, AgreedWords words, Records records) {
        this.registry = registry;
        this.records = records;
        // a site comes with its own trial, in the same batch
        RecordFormats forms = new RecordFormats(words, records.scope(), KnownTrials.ANY);
        this.trialFormat = forms.of(RecordKind.TRIAL);
        this.siteFormat = forms.of(RecordKind.SITE);
    }

    /** Imports a file; on return everything that was taken is kept. */
    DocumentReport run(String name, byte[] file) {
        for (DocumentReading reading : registry.read(name, file)) {
            documents++;
            if (reading instanceof DocumentReading.Read read) {
                formats.merge(read.format(), 1L, Long::sum);
                take(read);
            } else if (reading instanceof DocumentReading.Refused no) {
                refused.add(new Refused(no.document(), no.why()));
            }
        }
        Map<RecordKind, Records.Changes> changes =
                records.put(Map.of(RecordKind.TRIAL, trials, RecordKind.SITE, sites));
        return new DocumentReport(
                name,
                documents,
                formats,
                refused,
                DocumentReport.Changes.of(changes.getOrDefault(RecordKind.TRIAL, Records.Changes.NONE)),
                DocumentReport.Changes.of(changes.getOrDefault(RecordKind.SITE, Records.Changes.NONE)),
                repeated,
                elsewhere,
                sitesElsewhere,
                sitesNotPlaced,
                warnings.list());
    }

    private void take(DocumentReading.Read read) {
        Part part = new Part();
        read.trials().forEach(trial -> take(trial, part));
        if (part.troubles.isEmpty()) {
            trials.putAll(part.trials);
            sites.putAll(part.sites);
        } else {
            refused.add(new Refused(read.document(), String.join("; ", part.troubles)));
        }
    }

    private void take(RegistryTrial trial, Part part) {
        List<Map<String, String>> own = new ArrayList<>();
        long inSweden = 0;
        long abroad = 0;
        long notPlaced = 0;
        for (RegistrySite site : trial.sites()) {
            Placement placement = registry.place(site);
            if (placement instanceof Placement.InSweden place) {
                inSweden++;
                if (records.scope().covers(place.code())) {
                    own.add(cells(trial, site, place.code()));
                }
            } else if (placement instanceof Placement.Abroad) {
                abroad++;
            } else if (placement instanceof Placement.NotPlaced no) {
                notPlaced++;
                warnings.add(SITE, site.city(), "not placed: " + no.why());
            }
        }
        sitesElsewhere += inSweden - own.size();
        sitesNotPlaced += notPlaced;
        boolean isOfUnknownRegion = inSweden == 0 && (abroad == 0 || notPlaced > 0);
        if (own.isEmpty() && !(isOfUnknownRegion && records.scope().covers(CodeList.UNKNOWN_PLACE))) {
            elsewhere++;
            return;
        }
        for (Remark remark : trial.remarks()) {
            warnings.add(remark.field(), remark.value(), remark.meaning());
        }
        Optional<StoredRecord> record = record(trialFormat, trial.cells(), trial.where(), part);
        record.ifPresent(found -> keep(found, part.trials, trials, trial.where(), part));
        for (Map<String, String> cells : own) {
            // two spellings of one hospital can make one site: it counts once
            record(siteFormat, cells, trial.where(), part).ifPresent(site -> part.sites.put(site.key(), site.encode()));
        }
    }

    private static Map<String, String> cells(RegistryTrial trial, RegistrySite site, String place) {
        Map<String, String> cells = new HashMap<>();
        cells.put(Records.TRIAL_ID, trial.cells().getOrDefault(Records.TRIAL_ID, ""));
        cells.put("hospital", site.hospital());
        cells.put("city", site.city());
        cells.put("region", place);
        cells.put("role", site.role());
        return cells;
    }

    /** The record of some cells; a cell that no record can hold is left out with a warning, unless the record needs it. */
    private Optional<StoredRecord> record(RecordFormat format, Map<String, String> told, String where, Part part) {
        Map<String, String> cells = new HashMap<>(told);
        Faults first = new Faults();
        var unused = format.read(new Row(0, cells, first, new Warnings()));
        for (Fault fault : first.listed()) {
            boolean isNeeded = format.columns().stream()
                    .anyMatch(column -> column.required() && column.name().equals(fault.column()));
            if (isNeeded) {
                part.troubles.add(where + ": " + fault.toText());
                return Optional.empty();
            }
            cells.remove(fault.column());
            warnings.add(fault.column(), fault.value(), "left out: expected " + fault.expected());
        }
        return format.read(new Row(0, cells, new Faults(), warnings));
    }

    private void keep(
            StoredRecord record, Map<String, byte[]> ofDocument, Map<String, byte[]> ofFile, String where, Part part) {
        byte[] json = record.encode();
        byte[] former = ofDocument.getOrDefault(record.key(), ofFile.get(record.key()));
        if (former != null && Arrays.equals(former, json)) {
            repeated++;
        } else if (former != null) {
            part.troubles.add(where + ": the same trial with other content stands before it in the file;"
                    + " import the newer one alone");
        }
        ofDocument.put(record.key(), json);
    }
}
