package se.samsyn.node.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.node.store.Columns;

/** Whatever the order of the rows, and however often and in however many files they come, the same records are kept. */
final class ImportPropertyTest {
    private static final String TRIAL_HEADER = "trial_id,other_ids,title,registry,phase,status,start_date";
    private static final String SITE_HEADER = "trial_id,hospital,city,region,role";
    private static final String COST_HEADER =
            "item_id,trial_id,participant,home_region,study_region,date,category,amount_ore";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsTheSameRecordsInAnyOrderAndAnyNumberOfTimes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> trials = rows(40, i -> trial(i, random));
        List<String> sites = rows(80, i -> site(random));
        List<String> costs = rows(120, i -> cost(i, random));
        try (TestNode once = TestNode.covering("12", "14", "01");
                TestNode often = TestNode.covering("12", "14", "01")) {
            once.importCsv(RecordKind.TRIAL, file(TRIAL_HEADER, trials));
            once.importCsv(RecordKind.SITE, file(SITE_HEADER, sites));
            once.importCsv(RecordKind.COST_ITEM, file(COST_HEADER, costs));

            importInParts(often, RecordKind.TRIAL, TRIAL_HEADER, trials, random);
            importInParts(often, RecordKind.SITE, SITE_HEADER, sites, random);
            importInParts(often, RecordKind.COST_ITEM, COST_HEADER, costs, random);

            assertThat(dump(often)).as("seed %d", seed).isEqualTo(dump(once));
            for (ImportReport again : List.of(
                    often.importCsv(RecordKind.TRIAL, file(TRIAL_HEADER, trials)),
                    often.importCsv(RecordKind.SITE, file(SITE_HEADER, sites)),
                    often.importCsv(RecordKind.COST_ITEM, file(COST_HEADER, costs)))) {
                assertThat(again.added() + again.changed()).as("seed %d", seed).isZero();
            }
            assertThat(dump(often)).as("seed %d", seed).isEqualTo(dump(once));
        }
    }

    private interface RowMaker {
        String row(int index);
    }

    private static List<String> rows(int count, RowMaker maker) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(maker.row(i));
        }
        return rows;
    }

    private static String trial(int index, SplittableRandom random) {
        return String.join(
                ",",
                number(index),
                pick(random, "", "NCT00000001|2018-001234-12", "ISRCTN12345678"),
                pick(random, "", "\"A title, with\nlines and \"\"quotes\"\"\"", "Ättika"),
                pick(random, "", "euctr", "ctgov"),
                pick(random, "", "2", "PHASE2", "III", "discordant"),
                pick(random, "", "Completed", "ongoing", "recruiting"),
                pick(random, "", "2019", "2019-05", "2019-05-31"));
    }

    // The role follows from the key, so that rows with one key have one content.
    private static String site(SplittableRandom random) {
        String hospital = pick(random, "", "SUS", "\"Sahlgrenska, Östra\"");
        String region = pick(random, "12", "14", "01");
        return String.join(
                ",",
                number(random.nextInt(40)),
                hospital,
                pick(random, "", "Lund"),
                region,
                region.equals("12") ? "main" : "");
    }

    private static String cost(int index, SplittableRandom random) {
        return String.join(
                ",",
                "F" + index,
                number(random.nextInt(60)),
                "P-" + random.nextInt(30),
                pick(random, "12", "13", "unknown"),
                pick(random, "12", "14"),
                pick(random, "2024-02-29", "2024-12-31"),
                pick(random, "visit", "credit-note"),
                Integer.toString(1 + random.nextInt(1_000_000)));
    }

    private static String number(int index) {
        return "NCT" + (10_000_000 + index);
    }

    private static String pick(SplittableRandom random, String... words) {
        return words[random.nextInt(words.length)];
    }

    private static String file(String header, List<String> rows) {
        return header + "\n" + String.join("\n", rows) + (rows.isEmpty() ? "" : "\n");
    }

    /** Each row once or twice, shuffled, in files of a few rows. */
    private static void importInParts(
            TestNode node, RecordKind kind, String header, List<String> rows, SplittableRandom random) {
        List<String> shuffled = new ArrayList<>(rows);
        rows.stream().filter(row -> random.nextBoolean()).forEach(shuffled::add);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            shuffled.set(i, shuffled.set(j, shuffled.get(i)));
        }
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(40));
            node.importCsv(kind, file(header, shuffled.subList(from, to)));
            from = to;
        }
    }

    private static Map<String, String> dump(TestNode node) {
        Map<String, String> dump = new TreeMap<>();
        node.store.forEach(Columns.TRIAL, (key, value) -> dump.put("trial " + key, new String(value, UTF_8)));
        node.store.forEach(Columns.SITE, (key, value) -> dump.put("site " + key, new String(value, UTF_8)));
        node.store.forEach(Columns.COST_ITEM, (key, value) -> dump.put("cost " + key, new String(value, UTF_8)));
        return dump;
    }
}
