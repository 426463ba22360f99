package se.samsyn.protocol.summary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.TrialYear;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.json.JsonSchema;

/**
 * One member's values for one dataset and period, as its body says them: the part of a release that stays outside the
 * log and can be withdrawn (DESIGN section 5).
 *
 * @param node the member's full node name
 * @param dataset the name of the dataset
 * @param period the period that the values are of
 * @param salt random, and different in each body
 * @param content the values
 */
public record Summary(String node, String dataset, Period period, Salt salt, SummaryContent content) {
    /** Bytes in a body. */
    public static final int MAX_LENGTH = CanonicalJson.MAX_LENGTH;
    /** Characters of a node's name, so that the names of its keys still fit where a length is one byte. */
    public static final int MAX_NODE_LENGTH = 245;

    private static final Pattern NODE = Pattern.compile("[a-z0-9.-]{1," + MAX_NODE_LENGTH + "}");
    private static final Pattern DATASET = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public Summary {
        if (!NODE.matcher(node).matches()) {
            throw new MalformedException("a node's name is made of a-z, 0-9, dots and dashes, unlike \"" + node + "\"");
        }
        if (!DATASET.matcher(dataset).matches()) {
            throw new MalformedException("a dataset's name is made of a-z, 0-9 and dashes, unlike \"" + dataset + "\"");
        }
        if (content instanceof Register register) {
            for (RegisterRow row : register.rows()) {
                checkPeriod(period, row);
            }
        }
    }

    /**
     * Reads a body; what is read encodes to the same bytes.
     *
     * @throws MalformedException if the bytes are no body of that dataset, naming the field
     * @throws se.samsyn.protocol.RefutedException if it tells a count of fewer than k persons
     */
    public static Summary parse(byte[] body, DatasetDefinition definition) {
        if (body.length > MAX_LENGTH) {
            throw new MalformedException("a body has at most " + MAX_LENGTH + " bytes, not " + body.length);
        }
        JsonNode json = CanonicalJson.parseCanonical(body);
        JsonSchema.named("summary").check(json);
        Summary summary = SummaryJson.read(json, definition);
        if (!Arrays.equals(summary.encode(), body)) {
            throw new MalformedException("the body is not the encoding of what it says");
        }
        return summary;
    }

    /** The body: canonical JSON. */
    public byte[] encode() {
        return CanonicalJson.encode(SummaryJson.write(this));
    }

    private static void checkPeriod(Period period, RegisterRow row) {
        Period own = TrialYear.of(row.start(), row.ids()).period();
        if (!own.equals(period)) {
            throw new MalformedException("row " + row.ids() + " belongs to the period " + own + ", not " + period);
        }
    }
}
