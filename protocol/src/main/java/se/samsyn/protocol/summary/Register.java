package se.samsyn.protocol.summary;

import java.util.List;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.RegisterRule;

/**
 * A register of trials, one row a trial.
 *
 * @param rule the definition of the register
 * @param rows in their own order, none twice; two of them may share a number
 */
public record Register(RegisterRule rule, List<RegisterRow> rows) implements SummaryContent {
    /** Rows in one summary; a period with more would make a body longer than signed JSON may be. */
    public static final int MAX_ROWS = 50_000;

    public Register {
        rows = List.copyOf(rows);
        if (rows.size() > MAX_ROWS) {
            throw new MalformedException("a register has at most " + MAX_ROWS + " rows, not " + rows.size());
        }
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0 && rows.get(i - 1).compareTo(rows.get(i)) >= 0) {
                throw new MalformedException(
                        "rows are listed once each in ascending order; row " + i + " is out of place");
            }
            checkCodes(rule, rows.get(i));
        }
    }

    @Override
    public boolean isZero() {
        return rows.isEmpty();
    }

    private static void checkCodes(RegisterRule rule, RegisterRow row) {
        if (row.attributes().size() != rule.attributes().size()) {
            throw new MalformedException(
                    "row " + row.ids() + " has " + row.attributes().size() + " attributes, expected "
                            + rule.attributes().size());
        }
        for (int i = 0; i < rule.attributes().size(); i++) {
            Dimension attribute = rule.attributes().get(i);
            checkCode(row, attribute.name(), attribute.codes(), row.attributes().get(i));
        }
        for (String place : row.places()) {
            checkCode(row, rule.places().name(), rule.places().codes(), place);
        }
        if (row.end().isPresent() && rule.end().isEmpty()) {
            throw new MalformedException("row " + row.ids() + " has an end, which this register does not tell");
        }
        if (row.terms().size() != rule.terms().size()) {
            throw new MalformedException("row " + row.ids() + " has "
                    + row.terms().size() + " terms, expected " + rule.terms().size());
        }
        for (int i = 0; i < rule.terms().size(); i++) {
            rule.terms().get(i).check(row.terms().get(i));
        }
        if (row.milestones().size() != rule.milestones().size()) {
            throw new MalformedException("row " + row.ids() + " has "
                    + row.milestones().size() + " milestones, expected "
                    + rule.milestones().size());
        }
        for (int i = 0; i < rule.milestones().size(); i++) {
            rule.milestones().get(i).check(row.milestones().get(i).stream().toList());
        }
        row.sites().forEach(site -> checkSite(rule, row, site));
    }

    private static void checkSite(RegisterRule rule, RegisterRow row, RegisterSite site) {
        if (rule.sites().isEmpty()) {
            throw new MalformedException("row " + row.ids() + " has sites, which this register does not tell");
        }
        checkCode(row, "role", rule.sites().get().roles(), site.role());
        checkCode(row, "hospital", rule.sites().get().hospitals(), site.hospital());
    }

    private static void checkCode(RegisterRow row, String name, CodeList codes, String code) {
        if (codes.indexOf(code) < 0) {
            throw new MalformedException(
                    "row " + row.ids() + ": " + name + " \"" + code + "\" is not in code list " + codes.name());
        }
    }
}
