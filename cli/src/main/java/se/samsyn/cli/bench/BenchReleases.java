package se.samsyn.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Register;
import se.samsyn.protocol.summary.RegisterRow;
import se.samsyn.protocol.summary.RegisterSite;
import se.samsyn.protocol.summary.Salt;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.SummaryContent;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;
import se.samsyn.protocol.summary.WithheldTable;

/** Summaries that every receiver accepts, with figures from a seed, and the statements that release them. */
final class BenchReleases {
    private static final int MIN_PERSONS = 10;
    private static final int EXTRA_PERSONS = 200;
    /** How much a revision adds to each cell: more than the k persons that receivers ask for. */
    private static final int PERSONS_A_REVISION = 20;

    private static final int ITEMS_A_PERSON = 3;
    private static final long ORE_AN_ITEM = 125_000;
    static final int TRIALS_A_SUMMARY = 20;
    private static final int SHARED_TRIALS = 5;

    private final FederationRoot root;
    private final SplittableRandom random;

    BenchReleases(FederationRoot root, SplittableRandom random) {
        this.root = root;
        this.random = random;
    }

    /** A body with every cell of the first table published, and the others withheld. */
    byte[] tableBody(DatasetDefinition definition, String node, Period period, int revision) {
        List<TableValues> tables = new ArrayList<>();
        int k = 0;
        for (Table table : definition.tables()) {
            k = Math.max(k, table.rule().k());
        }
        for (Table table : definition.tables()) {
            if (!tables.isEmpty()) {
                // figures from a seed do not add up over linked tables
                tables.add(new WithheldTable(table));
                continue;
            }
            List<Cell> cells = new ArrayList<>();
            SplittableRandom first = new SplittableRandom((node + period + table.name()).hashCode());
            for (int position = 0; position < table.shape().cells(); position++) {
                long persons = MIN_PERSONS + first.nextInt(EXTRA_PERSONS) + (long) revision * PERSONS_A_REVISION;
                cells.add(new Cell(position, values(table, persons)));
            }
            tables.add(new Published(table, k, cells, Optional.empty()));
        }
        return body(definition, node, period, new Tables(k, tables));
    }

    /** A body with some trials of the member's county; a quarter of them are other members' trials as well. */
    byte[] registerBody(DatasetDefinition definition, String node, String place, Period period) {
        RegisterRule rule = definition.register().orElseThrow();
        int year = period.firstDay().getYear();
        int own = Integer.parseInt(place);
        List<RegisterRow> rows = new ArrayList<>();
        for (int i = 0; i < TRIALS_A_SUMMARY; i++) {
            int serial = i < SHARED_TRIALS ? i : own * TRIALS_A_SUMMARY + i;
            String number = String.format(Locale.ROOT, "NCT%04d%04d", year, serial);
            List<String> attributes = rule.attributes().stream()
                    .map(attribute -> anyCode(attribute.codes()))
                    .toList();
            // the terms stay empty: a code list names no ICD-10 or ATC codes to draw from
            List<List<String>> terms =
                    rule.terms().stream().map(term -> List.<String>of()).toList();
            List<RegisterSite> sites = rule.sites()
                    .map(told -> List.of(new RegisterSite(place, anyCode(told.roles()), anyCode(told.hospitals()))))
                    .orElse(List.of());
            rows.add(new RegisterRow(
                    List.of(RegistryNumber.parse(number)),
                    Optional.of(Integer.toString(year)),
                    Optional.empty(),
                    attributes,
                    terms,
                    rule.milestones().stream()
                            .map(milestone -> Optional.of(period.firstDay().toString()))
                            .toList(),
                    sites,
                    List.of(place)));
        }
        return body(definition, node, period, new Register(rule, rows));
    }

    SummaryStatement statement(
            DatasetDefinition definition, String node, Period period, byte[] body, Optional<Hash> supersedes) {
        return new SummaryStatement(
                node,
                root.version(),
                definition.dataset(),
                definition.hash(),
                period,
                Hash.sha256(body),
                body.length,
                supersedes);
    }

    private byte[] body(DatasetDefinition definition, String node, Period period, SummaryContent content) {
        Salt salt = Salt.of(BenchNetwork.bytes(random));
        return new Summary(node, definition.dataset(), period, salt, content).encode();
    }

    /** Of each person three items of one amount; a measure of some of the items, such as credit notes, has none. */
    private static Values values(Table table, long persons) {
        long[] values = new long[table.measures().size()];
        for (int i = 0; i < values.length; i++) {
            Measure measure = table.measures().get(i);
            values[i] = switch (measure.aggregate()) {
                case DISTINCT -> persons;
                case COUNT -> persons * ITEMS_A_PERSON;
                case SUM -> measure.only().isPresent() ? 0 : persons * ITEMS_A_PERSON * ORE_AN_ITEM;
            };
        }
        return Values.of(values);
    }

    private String anyCode(CodeList list) {
        return list.codes().get(random.nextInt(list.size())).code();
    }
}
