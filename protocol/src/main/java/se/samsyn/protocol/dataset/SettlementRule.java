package se.samsyn.protocol.dataset;

import java.util.List;
import se.samsyn.protocol.MalformedException;

/**
 * Which columns of a roster tell what two members have settled with one another: one row a pair and outcome, told alike by both.
 *
 * @param issuer the column with the member that asks for money
 * @param payer the column with the member that is asked
 * @param agreement the column with the SHA-256 of the payer's signed answer, by which both name the same documents
 * @param outcome the column with what became of the invoice lines
 * @param settled the outcome whose amount is owed
 * @param withheld the outcome of a row without numbers: there is more than may be told
 * @param lines the column with the number of invoice lines
 * @param amount the column with what the issuer has, in öre
 * @param payerAmount the column with what the payer has, in öre
 * @param persons the column with the number of participants
 * @param k the fewest participants that a row with numbers covers, unless it says that there is nothing
 */
public record SettlementRule(
        String issuer,
        String payer,
        String agreement,
        String outcome,
        String settled,
        String withheld,
        String lines,
        String amount,
        String payerAmount,
        String persons,
        int k) {
    public SettlementRule {
        if (k < DisclosureRule.MIN_K || k > DisclosureRule.MAX_K) {
            throw new MalformedException(
                    "k of a settlement is within " + DisclosureRule.MIN_K + ".." + DisclosureRule.MAX_K + ", not " + k);
        }
    }

    void check(List<Column> columns) {
        require(columns, issuer, ColumnType.MEMBER);
        require(columns, payer, ColumnType.MEMBER);
        require(columns, agreement, ColumnType.SHA256);
        CodeList outcomes = require(columns, outcome, ColumnType.CODE).codes().orElseThrow();
        for (String code : List.of(settled, withheld)) {
            if (outcomes.indexOf(code) < 0) {
                throw new MalformedException("a settlement names the outcome \"" + code
                        + "\", which is not in code list " + outcomes.name());
            }
        }
        numbers().forEach(name -> require(columns, name, ColumnType.NUMBER));
    }

    /** The columns with numbers. */
    public List<String> numbers() {
        return List.of(lines, amount, payerAmount, persons);
    }

    private static Column require(List<Column> columns, String name, ColumnType type) {
        return RosterRule.require(columns, name, type, "a settlement");
    }
}
