package se.samsyn.cli.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the invoices that a member has received for the care of its inhabitants in other members' trials, out of the same synthetic costs:
 * from half of the counties all as they were sent, from the others some with another amount, some disputed, some lost on the way.
 */
final class SyntheticInvoices {
    private static final String HEADER =
            "issuing_region,receiving_region,invoice,trial_id,date,amount_ore,state,dispute_reason,source\n";
    private static final String CREDIT_NOTE = "credit-note";
    /** Of so many invoices one each differs, is disputed and is lost. */
    private static final int ONE_OF = 9;

    private static final int COUNTY_LENGTH = 2;

    private SyntheticInvoices() {}

    /** What tells an invoice from others, as far as it is about one trial. */
    private record Line(String issuer, String receiver, String invoice, String trial) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            return toString().compareTo(other.toString());
        }
    }

    /** An invoice's amount so far, and its last day. */
    private record Sum(long amountOre, String date, String source) {
        Sum plus(Sum other) {
            return new Sum(amountOre + other.amountOre, date.compareTo(other.date) > 0 ? date : other.date, source);
        }
    }

    /**
     * A {@code received-invoice.csv} of one member.
     *
     * @param member who received them
     * @param costItems the {@code cost-item.csv} of each other member
     */
    static String csv(DemoMember member, List<String> costItems) {
        List<String> counties = List.of(member.scope().split(","));
        Map<Line, Sum> sums = new TreeMap<>();
        for (String items : costItems) {
            try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(items)) {
                rows.stream()
                        .filter(row -> counties.contains(row.getField("home_region")))
                        .filter(row -> row.getField("bearer").equals("home-region"))
                        .filter(row -> !row.getField("invoice").isEmpty())
                        .forEach(row -> sums.merge(line(row), sum(row), Sum::plus));
            } catch (IOException e) {
                throw new UncheckedIOException("reading from memory does not fail", e);
            }
        }
        StringBuilder csv = new StringBuilder(HEADER);
        sums.forEach((line, sum) -> {
            boolean isInOrder = Math.floorMod((line.issuer + line.receiver).hashCode(), 2) == 0;
            int chance = isInOrder ? ONE_OF : Math.floorMod(line.toString().hashCode(), ONE_OF);
            boolean isLost = chance == 0;
            boolean isDisputed = chance == 1;
            long difference = chance == 2 ? 1 : 0;
            if (!isLost && sum.amountOre > 0) {
                csv.append(String.join(
                                ",",
                                line.issuer,
                                line.receiver,
                                line.invoice,
                                line.trial,
                                sum.date,
                                Long.toString(sum.amountOre + difference),
                                isDisputed ? "disputed" : "received",
                                isDisputed ? "price" : "",
                                sum.source))
                        .append('\n');
            }
        });
        return csv.toString();
    }

    private static Line line(NamedCsvRecord row) {
        return new Line(
                row.getField("study_region").substring(0, COUNTY_LENGTH),
                row.getField("home_region"),
                row.getField("invoice"),
                row.getField("trial_id"));
    }

    private static Sum sum(NamedCsvRecord row) {
        long amount = Long.parseLong(row.getField("amount_ore"));
        return new Sum(
                row.getField("category").equals(CREDIT_NOTE) ? -amount : amount,
                row.getField("date"),
                row.getField("source"));
    }
}
