package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.List;
import se.samsyn.node.tabulate.Tabulation;
import se.samsyn.node.tabulate.Tabulator;
import se.samsyn.node.tabulate.TestRecord;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.summary.Salt;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.SummaryContent;

/** Cost items of one quarter, written down cell by cell; immutable. */
record CareRecords(List<TestRecord> records) {
    static final Period PERIOD = Period.parse("2024-Q3");
    static final String NODE = "skane.swetrial.example";

    static CareRecords none() {
        return new CareRecords(List.of());
    }

    /** Adds so many persons, each with one item of 100 öre, taking turns among so many trials. */
    CareRecords cell(String colour, int persons, int trials) {
        CareRecords all = this;
        for (int i = 0; i < persons; i++) {
            all = all.item(colour + i, "t" + i % trials, colour, 100);
        }
        return all;
    }

    /** Adds persons in equal parts of three trials, so that none dominates. */
    CareRecords cell(String colour, int persons) {
        return cell(colour, persons, 3);
    }

    CareRecords item(String person, String trial, String colour, long amountOre) {
        return with(TestRecord.item(person, trial, colour, amountOre));
    }

    CareRecords credit(String person, String trial, String colour, long amountOre) {
        return with(TestRecord.item(person, trial, colour, amountOre).with("category", "credit-note"));
    }

    private CareRecords with(TestRecord record) {
        List<TestRecord> more = new ArrayList<>(records);
        more.add(record);
        return new CareRecords(List.copyOf(more));
    }

    Tabulation tabulation(DatasetDefinition definition) {
        return new Tabulator()
                .tabulate(definition, TestRecord.source(records))
                .getOrDefault(PERIOD, Tabulator.empty(definition, PERIOD));
    }

    Protection protect(DatasetDefinition definition, List<Summary> earlier) {
        return Protector.protect(definition, tabulation(definition), Protector.NOT_RAISED, earlier);
    }

    static Summary summary(SummaryContent content) {
        return new Summary(NODE, "care", PERIOD, Salt.of(new byte[Salt.LENGTH]), content);
    }
}
