package se.samsyn.node.protect;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import se.samsyn.node.tabulate.TestDefinitions;
import se.samsyn.node.tabulate.TestRecord;

/** What is in each cell, counted from the records without tabulation; each person has one item. */
record Truth(List<TestRecord> records) {
    static Truth of(CareRecords records) {
        return new Truth(records.records());
    }

    long persons(int cell) {
        return in(List.of(cell)).size();
    }

    long persons(Collection<Integer> cells) {
        return in(cells).size();
    }

    long amount(Collection<Integer> cells) {
        return in(cells).stream()
                .mapToLong(record -> record.number("amountOre"))
                .sum();
    }

    /** By contributor, what it gave to the cells. */
    Map<String, Long> contributions(Collection<Integer> cells) {
        return in(cells).stream()
                .collect(Collectors.groupingBy(
                        record -> record.text("trial"),
                        TreeMap::new,
                        Collectors.summingLong(record -> record.number("amountOre"))));
    }

    List<Integer> filled() {
        return IntStream.range(0, TestDefinitions.COLOURS.size())
                .filter(cell -> persons(cell) > 0)
                .boxed()
                .toList();
    }

    private List<TestRecord> in(Collection<Integer> cells) {
        return records.stream()
                .filter(record -> cells.contains(TestDefinitions.COLOURS.indexOf(record.text("colour"))))
                .toList();
    }
}
