package se.samsyn.node.record;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The documentation of the import files, made from the columns that the importers themselves use. */
public final class ImportGuide {
    private ImportGuide() {}

    /** Every kind's columns for people. */
    public static String text() {
        return Arrays.stream(RecordKind.values()).map(ImportGuide::describe).collect(Collectors.joining("\n"));
    }

    /** A kind's columns for people: name, whether required, what is expected, an example. */
    public static String describe(RecordKind kind) {
        StringBuilder text = new StringBuilder(
                kind + ".csv: UTF-8, commas, a header; columns in any order; those not marked * may be absent.\n");
        for (ImportColumn column : RecordFormats.SHIPPED.of(kind).columns()) {
            text.append("\n  ")
                    .append(column.name())
                    .append(column.required() ? " *" : "")
                    .append('\n');
            text.append("      ").append(column.form().expected()).append('\n');
            text.append("      for example ").append(column.example()).append('\n');
        }
        return text.toString();
    }

    /** A file with the columns of a kind and an example of a row, to be filled in. */
    public static String template(RecordKind kind) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            List<ImportColumn> columns = RecordFormats.SHIPPED.of(kind).columns();
            csv.writeRecord(columns.stream().map(ImportColumn::name).toList());
            csv.writeRecord(columns.stream().map(ImportColumn::example).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return text.toString();
    }
}
