package se.samsyn.cli.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A file of invented cost items of one county, as long as one likes: every row says {@code synthetic} in its {@code source}. The same seed
 * and number of rows give the same bytes. Keys are in no order, as in an extract of a ledger that several systems write.
 */
final class SyntheticItems {
    static final String COLUMNS =
            "item_id,trial_id,participant,home_region,study_region,date,category,bearer,amount_ore,"
                    + "invoice,invoice_state,source";

    private static final int FIRST_YEAR = 2016;
    private static final int YEARS = 10;
    private static final int DAYS = 365;
    private static final int TRIALS = 60;
    private static final int ITEMS_A_PERSON = 50;
    private static final int MAX_AMOUNT_ORE = 4_000_000;
    private static final long MIXING = 0x9E3779B97F4A7C15L;
    private static final List<String> REGIONS = List.of("01", "12", "12", "12", "13", "14", "18", "20", "24", "25");
    private static final List<String> CATEGORIES =
            List.of("visit", "visit", "laboratory", "diagnostics", "travel", "inpatient", "staff", "credit-note");
    private static final List<String> BEARERS = List.of("sponsor", "study-region", "home-region");
    private static final List<String> STATES = List.of("sent", "paid", "disputed");

    private final long seed;

    SyntheticItems(long seed) {
        this.seed = seed;
    }

    /** The place that all items were carried out in. */
    static String place() {
        return "12";
    }

    /** A {@code trial.csv} with the trials that the items are of. */
    static byte[] trials() {
        StringBuilder csv = new StringBuilder("trial_id,registry,start_date\n");
        for (int i = 0; i < TRIALS; i++) {
            csv.append(trial(i)).append(",ctgov,2015-06\n");
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a {@code cost-item.csv}. */
    void write(Path file, int rows) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int persons = Math.max(1, rows / ITEMS_A_PERSON);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(COLUMNS + "\n");
            for (int i = 0; i < rows; i++) {
                out.write(row(i, random.nextInt(persons), random));
            }
        }
    }

    private String row(int index, int person, SplittableRandom random) {
        SplittableRandom ofPerson = new SplittableRandom(seed ^ (person * MIXING));
        String home = any(REGIONS, ofPerson);
        boolean invoiced = !home.equals(place());
        LocalDate date = LocalDate.of(FIRST_YEAR + random.nextInt(YEARS), 1, 1).plusDays(random.nextInt(DAYS));
        return String.join(
                ",",
                // multiplying by an odd number gives each index another key
                String.format(Locale.ROOT, "SYN-%016x", (index + 1L) * MIXING),
                trial(ofPerson.nextInt(TRIALS)),
                "S-" + person,
                home,
                place(),
                date.toString(),
                any(CATEGORIES, random),
                any(BEARERS, random),
                Integer.toString(1 + random.nextInt(MAX_AMOUNT_ORE)),
                invoiced ? "SYN-" + date.getYear() + "-" + home : "",
                invoiced ? any(STATES, random) : "not-invoiced",
                "synthetic: samsyn bench with seed " + seed + "\n");
    }

    private static String trial(int index) {
        return String.format(Locale.ROOT, "NCT%08d", 90_000_000 + index);
    }

    private static <T> T any(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }
}
