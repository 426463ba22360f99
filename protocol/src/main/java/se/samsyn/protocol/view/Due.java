package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.DueRule;
import se.samsyn.protocol.dataset.RosterRule;
import se.samsyn.protocol.statistic.Figure;

/**
 * What is due by a roster's dates at the day of the basis: what is overdue, and what is due within so many days, by the code that the
 * definition names, as numbers of things and, where there are amounts, how much. What was done is not due any more; where the amount is
 * nothing, nothing is due. A date that is a month or a year is due on its last day.
 */
final class Due {
    /** Things that are listed, the first to be due first; all are counted. */
    static final int MAX_LISTED = 200;
    /** How many days ahead it looks. */
    static final List<Integer> WITHIN_DAYS = List.of(30, 90, 365);

    private final NationalView view;
    private final RosterRule roster;
    private final DueRule rule;
    private final boolean complete;

    /** One thing that is due; without a day if that is not known. */
    private record Item(ListedRow row, DueRule.Due due, String code, Optional<LocalDate> day, long amount) {}

    Due(NationalView view) {
        this.view = view;
        this.roster = view.definition.roster().orElseThrow();
        this.rule = roster.due().orElseThrow();
        this.complete = IntStream.range(0, view.periods.size()).allMatch(view::isComplete);
    }

    /**
     * Insists on a roster with dates by which something is due.
     *
     * @throws MalformedException if the dataset has none
     */
    static void check(DatasetDefinition definition) {
        if (definition.roster().flatMap(RosterRule::due).isEmpty()) {
            throw new MalformedException("derive=due needs a roster that says what is due, such as grant-dues; dataset "
                    + definition.dataset() + " has none");
        }
    }

    void write(ObjectNode json) {
        LocalDate today = view.basis.today();
        List<Item> items = items();
        json.put("day", today.toString()).put("by", rule.by());
        ArrayNode rows = json.putArray("rows");
        int by = roster.indexOf(rule.by());
        for (Code code : roster.columns().get(by).codes().orElseThrow().codes()) {
            for (DueRule.Due due : rule.dues()) {
                List<Item> own = items.stream()
                        .filter(item -> item.due.equals(due) && item.code.equals(code.code()))
                        .toList();
                if (!own.isEmpty()) {
                    ObjectNode row = rows.addObject().put("code", code.code()).put("due", due.name());
                    code.label().forEach(row.putObject("label")::put);
                    write(row.putObject("things"), own, item -> 1);
                    if (due.amount().isPresent()) {
                        write(row.putObject("amounts"), own, Item::amount);
                    }
                }
            }
        }
        List<Item> listed = items.stream()
                .filter(item -> item.day.isPresent() && isWithin(item, WITHIN_DAYS.get(WITHIN_DAYS.size() - 1)))
                .sorted(Comparator.comparing((Item item) -> item.day.orElse(LocalDate.MAX))
                        .thenComparing(Item::row, ListedRow.ORDER)
                        .thenComparing(item -> item.due.name()))
                .toList();
        json.put("count", listed.size());
        ArrayNode list = json.putArray("items");
        listed.stream().limit(MAX_LISTED).forEach(item -> write(list.addObject(), item, today));
    }

    private void write(ObjectNode json, List<Item> items, ToLongFunction<Item> of) {
        json.set("overdue", sum(items, this::isOverdue, of).json());
        for (int days : WITHIN_DAYS) {
            json.set(
                    "within" + days,
                    sum(items, item -> !isOverdue(item) && isWithin(item, days), of)
                            .json());
        }
        json.set("undated", sum(items, item -> item.day.isEmpty(), of).json());
    }

    private Figure sum(List<Item> items, Predicate<Item> which, ToLongFunction<Item> of) {
        long sum = 0;
        for (Item item : items) {
            if (which.test(item)) {
                sum = Math.addExact(sum, of.applyAsLong(item));
            }
        }
        return Figure.of(sum, 0, complete);
    }

    private static void write(ObjectNode json, Item item, LocalDate today) {
        LocalDate day = item.day.orElseThrow();
        json.put("node", item.row.node())
                .put("id", item.row.row().id())
                .put("code", item.code)
                .put("due", item.due.name())
                .put("day", day.toString())
                .put("days", ChronoUnit.DAYS.between(today, day));
        if (item.due.amount().isPresent()) {
            json.put("amount", item.amount);
        }
    }

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (ListedRow row : view.listed) {
            String code = row.cell(roster.indexOf(rule.by())).get(0);
            for (DueRule.Due due : rule.dues()) {
                long amount = due.amount()
                        .map(name -> row.number(roster.indexOf(name)))
                        .orElse(0L);
                boolean isDone =
                        due.done().filter(name -> !cell(row, name).isEmpty()).isPresent();
                boolean isNothing = due.amount().isPresent()
                        ? amount == 0
                        : cell(row, due.date()).isEmpty();
                if (!isDone && !isNothing) {
                    items.add(new Item(
                            row,
                            due,
                            code,
                            cell(row, due.date()).stream().findFirst().map(OpenTime::lastDay),
                            amount));
                }
            }
        }
        return items;
    }

    private List<String> cell(ListedRow row, String column) {
        return row.cell(roster.indexOf(column));
    }

    private boolean isOverdue(Item item) {
        return item.day.filter(day -> day.isBefore(view.basis.today())).isPresent();
    }

    private boolean isWithin(Item item, int days) {
        return item.day
                .filter(day -> !day.isAfter(view.basis.today().plusDays(days)))
                .isPresent();
    }
}
