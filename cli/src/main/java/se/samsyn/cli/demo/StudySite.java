package se.samsyn.cli.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where a trial of the demo is carried out: the two columns of a node's {@code site.csv} that synthetic costs need. */
public record StudySite(String trial, String place) {
    /** Reads a node's {@code site.csv}. */
    public static List<StudySite> parse(String siteCsv) {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(siteCsv)) {
            return rows.stream()
                    .map(row -> new StudySite(row.getField("trial_id"), row.getField("region")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    /** One column of a member's file. */
    static List<String> column(String name, byte[] csv) {
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(new String(csv, StandardCharsets.UTF_8))) {
            return rows.stream().map(row -> row.getField(name)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    /** The region of the place: a municipality's county, or the place itself. */
    String region() {
        return place.substring(0, 2);
    }
}
