package se.samsyn.cli.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.Period;

/**
 * Makes the demo's cost items, because no registry has any: invented persons and amounts in a node's real trials.
 * Every row says {@code synthetic} in its {@code source}. The same seed, node, sites and quarter give the same text,
 * whatever the clock.
 */
public final class SyntheticCosts {
    /** What the source of every row begins with. */
    public static final String LABEL = "synthetic";

    /** The demo's seed. Tests hold its costs to {@link CostShape}'s promise; another seed may break it by chance. */
    static final long DEMO_SEED = 20_261_101;

    static final List<String> REGIONS = List.of(
            "01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14", "17", "18", "19", "20", "21", "22",
            "23", "24", "25");

    private static final String HEADER = "item_id,trial_id,participant,home_region,study_region,date,category,bearer,"
            + "amount_ore,invoice,invoice_state,source\n";
    private static final List<String> BEARERS = List.of("sponsor", "study-region", "home-region");
    private static final List<String> INVOICE_STATES = List.of("sent", "paid", "paid", "disputed");
    private static final int TRIALS = 10;
    private static final int PERSONS = 110;
    private static final int SENDERS = 3;
    private static final int FEW = 3;
    private static final int MAX_ITEMS_A_PERSON = 2;
    private static final int DAYS = 90;
    private static final int DOMINATION = 6;
    private static final int ENOUGH = 5;
    private static final int GUEST_TRIALS = 4;
    private static final int GUESTS_A_TRIAL = 6;

    private final long seed;

    /** An invented person who takes part in one trial. */
    private record Person(String pseudonym, String homeRegion, StudySite site) {}

    /** An item before it is numbered. */
    private record Item(Person person, LocalDate date, String category, String bearer, long amountOre, String state) {}

    public SyntheticCosts(long seed) {
        this.seed = seed;
    }

    /**
     * A {@code cost-item.csv} of one node. A quarter's rows do not depend on which other quarters are asked for.
     *
     * @param node the node's folder of the demo, such as {@code norra}
     * @param sites where the node's trials are carried out; without any there are no costs
     */
    public String csv(String node, List<StudySite> sites, List<Period> quarters) {
        StringBuilder csv = new StringBuilder(HEADER);
        if (!sites.isEmpty()) {
            List<Person> persons = persons(node, sites);
            quarters.forEach(quarter -> appendQuarter(csv, node, persons, quarter));
        }
        return csv.toString();
    }

    /**
     * More cost items of a node: patients whom one other region sends to its trials, enough of them for the totals of their invoices to be
     * told to all.
     *
     * @param node the node's folder of the demo
     * @param sites where its trials are carried out
     * @param sender the county that they come from
     */
    public String guests(String node, List<StudySite> sites, String sender, Period quarter) {
        SplittableRandom random = random(node, "guests of " + quarter);
        StringBuilder csv = new StringBuilder(HEADER);
        for (int trial = 0; trial < GUEST_TRIALS; trial++) {
            StudySite site = sites.get(random.nextInt(sites.size()));
            for (int i = 0; i < GUESTS_A_TRIAL; i++) {
                String name = node + "-" + trial + "-" + i;
                Person person = new Person("S-guest-" + name, sender, site);
                LocalDate date = quarter.firstDay().plusDays(random.nextInt(DAYS));
                CostKind kind = CostKind.draw(random);
                Item item = new Item(person, date, kind.code, "home-region", kind.drawAmountOre(random), "sent");
                appendRow(csv, "SYN-guest-" + name + "-" + quarter, node + "-guests-" + trial + "-" + quarter, item);
            }
        }
        return csv.toString();
    }

    private void appendQuarter(StringBuilder csv, String node, List<Person> persons, Period quarter) {
        SplittableRandom random = random(node, quarter.toString());
        CostShape shape = CostShape.of(node, quarter);
        List<Item> items = new ArrayList<>();
        for (Person person : taking(persons, shape, random)) {
            addItems(items, person, quarter, shape, random);
        }
        if (shape == CostShape.DOMINATED) {
            items.add(dominating(items));
        }
        for (int i = 0; i < items.size(); i++) {
            appendRow(csv, "SYN-" + node + "-" + quarter + "-" + (i + 1), node + "-" + quarter, items.get(i));
        }
    }

    private List<Person> persons(String node, List<StudySite> sites) {
        SplittableRandom random = random(node, "persons");
        List<StudySite> drawn = new ArrayList<>();
        for (int i = 0; i < TRIALS; i++) {
            drawn.add(sites.get(random.nextInt(sites.size())));
        }
        List<String> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(REGIONS.get(random.nextInt(REGIONS.size())));
        }
        List<Person> persons = new ArrayList<>();
        for (int i = 0; i < PERSONS; i++) {
            StudySite site = drawn.get(random.nextInt(drawn.size()));
            persons.add(new Person(
                    String.format(Locale.ROOT, "S-%s-%03d", node, i + 1), homeRegion(site, senders, random), site));
        }
        return persons;
    }

    // Specialised care has patients from its own region and from a few others that send theirs, and now and then from
    // anywhere.
    private static String homeRegion(StudySite site, List<String> senders, SplittableRandom random) {
        int ticket = random.nextInt(10);
        if (ticket < 3) {
            return site.region();
        }
        List<String> homes = ticket < 9 ? senders : REGIONS;
        return homes.get(random.nextInt(homes.size()));
    }

    private static List<Person> taking(List<Person> persons, CostShape shape, SplittableRandom random) {
        return switch (shape) {
            case NOTHING -> List.of();
            case FEW_PERSONS -> persons.subList(0, FEW);
            case ORDINARY, CREDITED, DOMINATED ->
                persons.stream().filter(person -> random.nextInt(3) == 0).toList();
        };
    }

    private static void addItems(
            List<Item> items, Person person, Period quarter, CostShape shape, SplittableRandom random) {
        boolean invoiced = !person.homeRegion().equals(person.site().region());
        for (int i = random.nextInt(MAX_ITEMS_A_PERSON); i >= 0; i--) {
            LocalDate date = quarter.firstDay().plusDays(random.nextInt(DAYS));
            CostKind kind = CostKind.draw(random);
            long amountOre = kind.drawAmountOre(random);
            String bearer = BEARERS.get(random.nextInt(BEARERS.size()));
            String state = invoiced ? INVOICE_STATES.get(random.nextInt(INVOICE_STATES.size())) : "not-invoiced";
            items.add(new Item(person, date, kind.code, bearer, amountOre, state));
            if (shape == CostShape.CREDITED && random.nextBoolean()) {
                items.add(new Item(person, date, "credit-note", bearer, amountOre / 2, state));
            }
        }
    }

    /**
     * An item that makes one trial hold nearly all of the smallest cell that has enough persons: more than 85 % of
     * the cell, and less of all that the cell will be pooled with.
     */
    private static Item dominating(List<Item> items) {
        Map<String, List<Item>> cells = new TreeMap<>();
        items.forEach(item -> cells.computeIfAbsent(item.person().homeRegion(), home -> new ArrayList<>())
                .add(item));
        List<Item> cell = cells.values().stream()
                .filter(rows -> persons(rows) >= ENOUGH)
                .min(Comparator.comparingLong(SyntheticCosts::persons))
                .orElse(items);
        long amountOre = cell.stream().mapToLong(Item::amountOre).sum() * DOMINATION;
        Item first = cell.get(0);
        return new Item(
                first.person(), first.date(), CostKind.ATMP_HANDLING.code, first.bearer(), amountOre, first.state());
    }

    private static long persons(List<Item> cell) {
        return cell.stream().map(Item::person).distinct().count();
    }

    private void appendRow(StringBuilder csv, String id, String invoice, Item item) {
        boolean invoiced = !item.state().equals("not-invoiced");
        Person person = item.person();
        csv.append(String.join(
                        ",",
                        id,
                        person.site().trial(),
                        person.pseudonym(),
                        person.homeRegion(),
                        person.site().place(),
                        item.date().toString(),
                        item.category(),
                        item.bearer(),
                        Long.toString(item.amountOre()),
                        invoiced ? invoice + "-" + person.homeRegion() : "",
                        item.state(),
                        LABEL + ": samsyn demo with seed " + seed))
                .append('\n');
    }

    private SplittableRandom random(String node, String what) {
        byte[] digest = Hash.sha256((seed + "\n" + node + "\n" + what).getBytes(StandardCharsets.UTF_8))
                .toByteArray();
        return new SplittableRandom(ByteBuffer.wrap(digest).getLong());
    }
}
