package se.samsyn.protocol.settlement;

import java.util.List;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.root.Scope;

/**
 * What an issuer says that a payer owes it for a quarter, line by line; no line says that it is nothing.
 *
 * @param lines in the order of their keys, none twice
 * @param rest what sets them apart from the issuer's costs
 */
public record Proposal(Between between, List<InvoiceLine> lines, Rest rest) {
    /** The most lines. */
    public static final int MAX_LINES = 10_000;

    public Proposal {
        lines = List.copyOf(lines);
        if (lines.size() > MAX_LINES) {
            throw new MalformedException("a proposal has at most " + MAX_LINES + " lines, not " + lines.size());
        }
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i - 1).key().compareTo(lines.get(i).key()) >= 0) {
                throw new MalformedException("/lines/" + i + ": lines are in the order of their keys, none twice");
            }
        }
    }

    /**
     * Verifies that every line is of the issuer's places and asks the payer's.
     *
     * @throws RefutedException naming the first line that is not
     */
    public void checkScopes(Scope issuer, Scope payer) {
        for (int i = 0; i < lines.size(); i++) {
            LineKey key = lines.get(i).key();
            if (!issuer.covers(key.studyRegion())) {
                throw new RefutedException(
                        "/lines/" + i + ": study region " + key.studyRegion() + " is no place of " + between.issuer());
            }
            if (!payer.covers(key.homeRegion())) {
                throw new RefutedException(
                        "/lines/" + i + ": home region " + key.homeRegion() + " is no place of " + between.payer());
            }
        }
    }

    /** The payload: canonical JSON. */
    public byte[] encode() {
        return SettlementJson.encode(this);
    }

    /**
     * Reads a payload.
     *
     * @throws MalformedException if it is not what {@link #encode} writes
     */
    public static Proposal parse(byte[] payload) {
        return SettlementJson.proposal(payload);
    }
}
