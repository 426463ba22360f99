package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import se.samsyn.node.tabulate.Tabulation;
import se.samsyn.node.tabulate.Tabulator;
import se.samsyn.node.tabulate.TestDefinitions;
import se.samsyn.node.tabulate.TestRecord;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.DisclosureRule;
import se.samsyn.protocol.dataset.FieldCondition;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;

/** Random records of which several tables are made that share dimensions; immutable but for its random numbers. */
record LinkedCare(boolean countsItself, List<TestRecord> records) {
    private static final List<String> COLOURS = List.of("red", "green", "blue", "unknown");
    private static final List<String> SHADES = List.of("light", "dark", "unknown");
    private static final List<String> PAYERS = List.of("home", "study", "unknown");
    private static final Dimension COLOUR = dimension("colour", COLOURS);
    private static final Dimension SHADE = dimension("shade", SHADES);
    private static final Dimension PAYER = dimension("payer", PAYERS);

    /**
     * By colour; by colour and shade; by colour and payer; by shade: either different persons with their items and amounts,
     * or records that say how many were informed, offered and consented.
     */
    DatasetDefinition definition() {
        List<Measure> measures = countsItself ? counts() : amounts();
        DisclosureRule rule = new DisclosureRule(countsItself ? "informed" : "persons", "trial", TestDefinitions.K, 85);
        return TestDefinitions.dataset(
                new Table("colour", List.of(COLOUR), measures, Optional.of(rule)),
                new Table("colour-shade", List.of(COLOUR, SHADE), measures, Optional.of(rule)),
                new Table("colour-payer", List.of(COLOUR, PAYER), measures, Optional.of(rule)),
                new Table("shade", List.of(SHADE), measures, Optional.of(rule)));
    }

    Tabulation tabulation() {
        return new Tabulator()
                .tabulate(definition(), TestRecord.source(records))
                .getOrDefault(CareRecords.PERIOD, Tabulator.empty(definition(), CareRecords.PERIOD));
    }

    static LinkedCare of(SplittableRandom random) {
        LinkedCare care = new LinkedCare(random.nextBoolean(), List.of());
        for (int colour = 0; colour < COLOURS.size(); colour++) {
            for (int shade = 0; shade < 2; shade++) {
                care = care.with(random, COLOURS.get(colour), SHADES.get(shade), size(random));
            }
        }
        return care;
    }

    /** Some combinations lose all their records and get others; most stay as they are. */
    LinkedCare corrected(SplittableRandom random) {
        LinkedCare care = this;
        for (String colour : COLOURS) {
            for (String shade : SHADES.subList(0, 2)) {
                if (random.nextInt(4) == 0) {
                    List<TestRecord> rest = new ArrayList<>(care.records);
                    rest.removeIf(record -> record.text("colour").equals(colour)
                            && record.text("shade").equals(shade));
                    care = new LinkedCare(countsItself, List.copyOf(rest)).with(random, colour, shade, size(random));
                }
            }
        }
        return care;
    }

    private LinkedCare with(SplittableRandom random, String colour, String shade, int persons) {
        List<TestRecord> more = new ArrayList<>(records);
        int trials = 1 + random.nextInt(4);
        for (int i = 0; i < persons; i++) {
            String trial = "t" + random.nextInt(trials);
            String payer = PAYERS.get(random.nextInt(2));
            long amount = 1L + random.nextInt(random.nextInt(12) == 0 ? 400 : 40);
            TestRecord record = TestRecord.item("p" + random.nextInt(1_000_000), trial, colour, amount)
                    .with("shade", shade)
                    .with("payer", payer)
                    .with("category", random.nextInt(3) == 0 ? "credit-note" : "visit");
            if (countsItself) {
                long informed = 1L + random.nextInt(3);
                long offered = random.nextLong(informed + 1);
                more.add(record.with("informed", informed)
                        .with("offered", offered)
                        .with("consented", random.nextLong(offered + 1)));
            } else {
                more.add(record);
                if (random.nextInt(3) == 0) {
                    more.add(record.with("shade", SHADES.get(random.nextInt(2)))
                            .with("payer", PAYERS.get(random.nextInt(2))));
                }
            }
        }
        return new LinkedCare(countsItself, List.copyOf(more));
    }

    private static int size(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1, 2 -> 1 + random.nextInt(4);
            case 3 -> 4 + random.nextInt(4);
            default -> 7 + random.nextInt(12);
        };
    }

    private static List<Measure> amounts() {
        return List.of(
                TestDefinitions.persons(),
                TestDefinitions.persons("visited", "visit"),
                TestDefinitions.items(),
                TestDefinitions.sum("amountOre"));
    }

    private static List<Measure> counts() {
        return List.of(
                sum("informed", Optional.empty()),
                sum("offered", Optional.of("informed")),
                sum("consented", Optional.of("offered")));
    }

    private static Measure sum(String field, Optional<String> within) {
        return new Measure(
                field, Aggregate.SUM, Optional.of(field), Optional.<FieldCondition>empty(), Optional.empty(), within);
    }

    private static Dimension dimension(String name, List<String> codes) {
        return new Dimension(name, name, TestDefinitions.codes(name, codes));
    }

    /** The true values of a cell, counted from the records without tabulation. */
    long[] values(Table table, int position) {
        List<String> codes = table.shape().codes(position);
        List<TestRecord> in = records.stream()
                .filter(record -> {
                    boolean isIn = true;
                    for (int i = 0; i < codes.size(); i++) {
                        isIn &= record.text(table.dimensions().get(i).field()).equals(codes.get(i));
                    }
                    return isIn;
                })
                .toList();
        if (countsItself) {
            return new long[] {total(in, "informed"), total(in, "offered"), total(in, "consented")};
        }
        return new long[] {
            in.stream().map(record -> record.text("person")).distinct().count(),
            in.stream()
                    .filter(record -> record.text("category").equals("visit"))
                    .map(record -> record.text("person"))
                    .distinct()
                    .count(),
            in.size(),
            total(in, "amountOre")
        };
    }

    /** By contributor, what is in a cell of the amounts. */
    Map<String, Long> amounts(Table table, int position) {
        if (countsItself) {
            return Map.of();
        }
        List<String> codes = table.shape().codes(position);
        Map<String, Long> amounts = new TreeMap<>();
        for (TestRecord record : records) {
            boolean isIn = true;
            for (int i = 0; i < codes.size(); i++) {
                isIn &= record.text(table.dimensions().get(i).field()).equals(codes.get(i));
            }
            if (isIn) {
                amounts.merge(record.text("trial"), record.number("amountOre"), Long::sum);
            }
        }
        return amounts;
    }

    private static long total(List<TestRecord> records, String field) {
        return records.stream().mapToLong(record -> record.number(field)).sum();
    }
}
