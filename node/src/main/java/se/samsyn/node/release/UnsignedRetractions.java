package se.samsyn.node.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.MerkleTree;

/**
 * Retractions on their way to an officer whose publisher key is on another machine, each with the release that it withdraws, so that
 * she can see what goes.
 *
 * @param withdrawals at least one, the oldest release first
 */
public record UnsignedRetractions(List<Withdrawal> withdrawals) {
    private static final String WITHDRAWALS = "withdrawals";
    private static final String RELEASE = "release";
    private static final String STATEMENT = "statement";

    public UnsignedRetractions {
        withdrawals = List.copyOf(withdrawals);
        if (withdrawals.isEmpty()) {
            throw new MalformedException("nothing is withdrawn");
        }
    }

    /**
     * One release that goes.
     *
     * @param statement what the officer signs
     * @param release the log's entry that it withdraws
     * @param released what that entry says
     */
    public record Withdrawal(Retraction statement, byte[] release, SummaryStatement released) {
        /**
         * Pairs a retraction with its release.
         *
         * @throws MalformedException if the one is not of the other
         */
        public static Withdrawal of(Retraction statement, byte[] release) {
            if (!MerkleTree.leafHash(release).equals(statement.supersedes())
                    || !(SignedStatement.unverified(release) instanceof SummaryStatement released)
                    || !released.sha256().equals(statement.sha256())
                    || !released.node().equals(statement.node())) {
                throw new MalformedException("a retraction and the release beside it do not belong together");
            }
            return new Withdrawal(statement, release, released);
        }
    }

    /** True if a file looks like one of these; what it holds is still to be read. */
    public static boolean isIn(byte[] file) {
        return CanonicalJson.parse(file).has(WITHDRAWALS);
    }

    /**
     * Reads the file that {@link #encode} wrote.
     *
     * @throws MalformedException if it is no such file
     */
    public static UnsignedRetractions parse(byte[] file) {
        List<Withdrawal> withdrawals = new ArrayList<>();
        for (JsonNode each : UnsignedRelease.fields(file, WITHDRAWALS).get(WITHDRAWALS)) {
            byte[] statement = CanonicalJson.encode(each.path(STATEMENT));
            if (!(Statement.parse(statement) instanceof Retraction retraction)) {
                throw new MalformedException("a statement in the file is no retraction");
            }
            withdrawals.add(
                    Withdrawal.of(retraction, each.path(RELEASE).asText().getBytes(StandardCharsets.UTF_8)));
        }
        return new UnsignedRetractions(withdrawals);
    }

    /** Canonical JSON with the member {@code withdrawals}: objects with {@code release} and {@code statement}. */
    public byte[] encode() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray(WITHDRAWALS);
        for (Withdrawal each : withdrawals) {
            list.addObject()
                    .put(RELEASE, new String(each.release(), StandardCharsets.UTF_8))
                    .set(STATEMENT, CanonicalJson.parse(each.statement().encode()));
        }
        return CanonicalJson.encode(json);
    }
}
