package se.samsyn.protocol.statement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;

/**
 * A coordinator asks members whether they can take part in a trial (SPEC section 3). The request is known by the leaf hash of its entry.
 *
 * @param asked the day, in UTC, as the asking member says
 * @param title what is to be tried, in the asker's words, at most {@link #MAX_TITLE_LENGTH} characters
 * @param product what is tried, at most {@link #MAX_PRODUCT_LENGTH} characters; empty if it is not to be told
 * @param dataset of cohorts
 * @param definition SHA-256 of its definition
 * @param table the one table that patients are counted in
 * @param criteria by dimension of that table the codes that count, ascending; of a dimension that is not named all count
 * @param start when the trial is planned to start
 * @param deadline the last day to answer, not before {@code asked}
 * @param members who is asked, ascending
 */
public record FeasibilityRequest(
        String node,
        long root,
        LocalDate asked,
        String title,
        Optional<String> product,
        String dataset,
        Hash definition,
        String table,
        SortedMap<String, List<String>> criteria,
        YearMonth start,
        LocalDate deadline,
        List<String> members)
        implements Statement {
    public static final String KIND = "feasibility-request";
    /** UTF-16 units of a title. */
    public static final int MAX_TITLE_LENGTH = 200;
    /** UTF-16 units of a product. */
    public static final int MAX_PRODUCT_LENGTH = 100;
    /** Codes of all criteria together. */
    public static final int MAX_CODES = 500;
    /** Members that are asked. */
    public static final int MAX_MEMBERS = 64;

    /** Dimensions of the criteria. */
    public static final int MAX_DIMENSIONS = 16;

    private static final Pattern DIMENSION = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9/.-]{1,40}");

    public FeasibilityRequest {
        StatementJson.checkHead(node, root);
        StatementJson.checkDataset(dataset);
        StatementJson.checkDataset(table);
        FeasibilityText.check("the title", title, MAX_TITLE_LENGTH);
        product.ifPresent(text -> FeasibilityText.check("the product", text, MAX_PRODUCT_LENGTH));
        StatementJson.checkDay("asked", asked);
        StatementJson.checkDay("the deadline", deadline);
        StatementJson.checkMonth("the start", start);
        if (deadline.isBefore(asked)) {
            throw new MalformedException("the deadline " + deadline + " is before the day of the question, " + asked);
        }
        TreeMap<String, List<String>> copy = new TreeMap<>();
        criteria.forEach((dimension, codes) -> {
            if (codes.isEmpty()) {
                throw new MalformedException("criteria: " + dimension + " names no code; leave it out if all count");
            }
            if (!DIMENSION.matcher(dimension).matches()) {
                throw new MalformedException("criteria: \"" + dimension + "\" is no name of a dimension");
            }
            for (String code : codes) {
                if (!CODE.matcher(code).matches()) {
                    throw new MalformedException("criteria: \"" + code + "\" is no code");
                }
            }
            StatementJson.checkAscending("criteria: the codes of " + dimension, codes);
            copy.put(dimension, List.copyOf(codes));
        });
        criteria = Collections.unmodifiableSortedMap(copy);
        if (copy.size() > MAX_DIMENSIONS) {
            throw new MalformedException("criteria name more than " + MAX_DIMENSIONS + " dimensions");
        }
        if (copy.values().stream().mapToInt(List::size).sum() > MAX_CODES) {
            throw new MalformedException("criteria name more than " + MAX_CODES + " codes");
        }
        members = List.copyOf(members);
        if (members.isEmpty() || members.size() > MAX_MEMBERS) {
            throw new MalformedException("1 to " + MAX_MEMBERS + " members are asked, not " + members.size());
        }
        members.forEach(StatementJson::checkNode);
        StatementJson.checkAscending("the members that are asked", members);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void write(ObjectNode json) {
        json.put(StatementJson.ASKED, asked.toString()).put(StatementJson.TITLE, title);
        product.ifPresent(text -> json.put(StatementJson.PRODUCT, text));
        json.put(StatementJson.DATASET, dataset)
                .put(StatementJson.DEFINITION, definition.toHex())
                .put(StatementJson.TABLE, table);
        ObjectNode wanted = json.putObject(StatementJson.CRITERIA);
        criteria.forEach((dimension, codes) -> codes.forEach(wanted.withArrayProperty(dimension)::add));
        json.put(StatementJson.START, start.toString()).put(StatementJson.DEADLINE, deadline.toString());
        ArrayNode array = json.putArray(StatementJson.MEMBERS);
        members.forEach(array::add);
    }
}
