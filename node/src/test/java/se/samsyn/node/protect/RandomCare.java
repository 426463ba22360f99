package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import se.samsyn.node.tabulate.TestDefinitions;
import se.samsyn.node.tabulate.TestRecord;

/** Random care: small cells and larger ones, few trials and many, now and then one that dominates. */
final class RandomCare {
    /** Fewer than there are, so that some are always empty, and all tables can be tried. */
    private static final List<String> COLOURS = TestDefinitions.COLOURS.subList(0, 5);

    private static final int MAX_PERSONS = 50;

    private final SplittableRandom random;
    private int persons;

    RandomCare(SplittableRandom random) {
        this.random = random;
    }

    CareRecords records() {
        CareRecords records = CareRecords.none();
        for (String colour : COLOURS) {
            records = add(records, colour, size());
        }
        return records;
    }

    /** Some cells keep their records, others get or lose one or several, or all but a few. */
    CareRecords correct(CareRecords records) {
        CareRecords corrected = records;
        for (String colour : COLOURS) {
            corrected = switch (random.nextInt(8)) {
                case 0 -> add(corrected, colour, 5 + random.nextInt(6));
                case 1 -> keep(corrected, colour, random.nextInt(4));
                case 2 -> random.nextInt(4) == 0 ? add(corrected, colour, 1) : corrected;
                case 3 -> add(keep(corrected, colour, 0), colour, size());
                default -> corrected;
            };
        }
        return corrected;
    }

    private int size() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1, 2 -> 1 + random.nextInt(4);
            case 3, 4 -> 4 + random.nextInt(4);
            default -> 6 + random.nextInt(5);
        };
    }

    private CareRecords add(CareRecords records, String colour, int count) {
        int trials = 1 + random.nextInt(5);
        CareRecords more = records;
        for (int i = 0; i < count && more.records().size() < MAX_PERSONS; i++) {
            long amount = 1L + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 200);
            more = more.item("p" + persons++, "t" + random.nextInt(trials), colour, amount);
        }
        return more;
    }

    private static CareRecords keep(CareRecords records, String colour, int count) {
        Predicate<TestRecord> inCell = record -> record.text("colour").equals(colour);
        Set<String> kept = new HashSet<>(records.records().stream()
                .filter(inCell)
                .map(record -> record.text("person"))
                .limit(count)
                .toList());
        List<TestRecord> rest = new ArrayList<>(records.records());
        rest.removeIf(inCell.and(record -> !kept.contains(record.text("person"))));
        return new CareRecords(List.copyOf(rest));
    }
}
