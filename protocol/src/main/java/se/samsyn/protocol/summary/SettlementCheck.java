package se.samsyn.protocol.summary;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.RosterRule;
import se.samsyn.protocol.dataset.SettlementRule;

/**
 * What a receiver sees of whether settlements may be told as they are: each is one of the member's own, every number is of k participants
 * or more, and one agreement is told in one way.
 */
final class SettlementCheck {
    private final RosterRule roster;
    private final SettlementRule rule;

    SettlementCheck(RosterRule roster, SettlementRule rule) {
        this.roster = roster;
        this.rule = rule;
    }

    /** @throws RefutedException naming the row that does not hold */
    void verify(String node, Roster told, List<Roster> earlier) {
        Map<List<String>, String> agreements = new HashMap<>();
        Set<List<String>> outcomes = new HashSet<>();
        for (RosterRow row : told.rows()) {
            List<String> pair = List.of(text(row, rule.issuer()), text(row, rule.payer()));
            String agreement = text(row, rule.agreement());
            require(row, pair.contains(node) && !pair.get(0).equals(pair.get(1)), "is no settlement of " + node);
            require(
                    row,
                    agreements.computeIfAbsent(pair, any -> agreement).equals(agreement),
                    "is of another agreement than the other rows of the pair");
            require(
                    row,
                    outcomes.add(List.of(pair.get(0), pair.get(1), text(row, rule.outcome()))),
                    "tells an outcome of the pair twice");
            verifyNumbers(row);
        }
        earlier.forEach(before -> verifySame(before, told));
    }

    private void verifyNumbers(RosterRow row) {
        boolean isWithheld = text(row, rule.outcome()).equals(rule.withheld());
        for (String name : rule.numbers()) {
            boolean isTold = !row.cells().get(roster.indexOf(name)).isEmpty();
            require(row, isTold != isWithheld, isTold ? "tells " + name + " of what is withheld" : "lacks " + name);
        }
        if (!isWithheld) {
            boolean isNothing = text(row, rule.outcome()).equals(rule.settled())
                    && rule.numbers().stream().allMatch(name -> text(row, name).equals("0"));
            long persons = Long.parseLong(text(row, rule.persons()));
            require(
                    row,
                    isNothing || persons >= rule.k(),
                    "covers " + persons + " participants, fewer than k = " + rule.k());
        }
    }

    /** What is told of an agreement stays as it is; another one may be told in its place. */
    private void verifySame(Roster before, Roster now) {
        Map<String, Set<List<List<String>>>> told = byAgreement(now);
        byAgreement(before).forEach((agreement, rows) -> {
            if (!told.getOrDefault(agreement, rows).equals(rows)) {
                throw new RefutedException("agreement " + agreement + " was told with other numbers before");
            }
        });
    }

    private Map<String, Set<List<List<String>>>> byAgreement(Roster told) {
        Map<String, Set<List<List<String>>>> rows = new HashMap<>();
        told.rows()
                .forEach(row -> rows.computeIfAbsent(text(row, rule.agreement()), any -> new HashSet<>())
                        .add(row.cells()));
        return rows;
    }

    private String text(RosterRow row, String column) {
        List<String> cell = row.cells().get(roster.indexOf(column));
        if (cell.isEmpty()) {
            throw new RefutedException("row " + row.id() + " lacks " + column);
        }
        return cell.get(0);
    }

    private static void require(RosterRow row, boolean holds, String problem) {
        if (!holds) {
            throw new RefutedException("row " + row.id() + " " + problem);
        }
    }
}
