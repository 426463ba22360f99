package se.samsyn.node.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import se.samsyn.node.protect.Draft;
import se.samsyn.node.protect.Protection;
import se.samsyn.node.protect.Unchanged;
import se.samsyn.node.release.OwnReleases.Revision;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.summary.Salt;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.SummaryContent;

/**
 * What disclosure control makes of the records of one period now.
 *
 * @param node the member
 * @param head the newest release of the period, retracted or not
 * @param withdrawn whether that one was retracted
 * @param olderVersion the version of the definition that it is under, where that is an older one; none if it was retracted
 * @param hasRecords whether there are records of the period
 */
record PeriodDraft(
        String node,
        DatasetDefinition definition,
        Period period,
        Protection protection,
        Optional<Revision> head,
        boolean withdrawn,
        Optional<Integer> olderVersion,
        boolean hasRecords) {
    private static final Salt NO_SALT = Salt.of(new byte[Salt.LENGTH]);

    /** What would be released; nothing if there is nothing new to say, or it has to wait. */
    Optional<Draft> draft() {
        if (protection instanceof Draft draft) {
            return Optional.of(draft);
        }
        // what was told under an older version can be told again under the newest, also where it comes to the same
        return (withdrawn || olderVersion.isPresent()) && protection instanceof Unchanged unchanged
                ? Optional.of(unchanged.draft())
                : Optional.empty();
    }

    /** By what the draft is known: the hash of what would leave, of the definition, and of the release that it follows. */
    Optional<Hash> hash() {
        return draft().map(draft -> hash(draft.content()));
    }

    /** The hash of a draft with this content. */
    Hash hash(SummaryContent content) {
        ObjectNode json = json(content).put("definition", definition.hash().toHex());
        head.ifPresent(release -> json.put("supersedes", release.leafHash().toHex()));
        return Hash.sha256(CanonicalJson.encode(json));
    }

    /** A body with this content as JSON, but for the salt, which each release has anew. */
    ObjectNode json(SummaryContent content) {
        byte[] body = new Summary(node, definition.dataset(), period, NO_SALT, content).encode();
        ObjectNode json = (ObjectNode) CanonicalJson.parse(body);
        json.remove("salt");
        return json;
    }
}
