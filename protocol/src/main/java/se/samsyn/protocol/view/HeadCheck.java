package se.samsyn.protocol.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.summary.CarryOver;
import se.samsyn.protocol.summary.DisclosureCheck;
import se.samsyn.protocol.summary.Summary;

/**
 * The receiver's check of a live head: is its body still there, is it what the statement names, and do the rules of
 * disclosure hold? Each release is read and judged by the version of the definition that its own statement names.
 *
 * <p>The verdict depends on the chain as it is now, and not on when its bodies arrived: a head is compared with every
 * earlier release that is not retracted, and is judged anew when one of them is. A body that is gone was retracted by an
 * entry that is not under a quorum yet (a log is kept with all its bodies, so nothing else takes one away): that release
 * is withdrawn already. The reason of a rejection is part of a view's bytes, so it is made of this project's own words
 * only; what a library says about a body differs between its versions.
 */
final class HeadCheck {
    /** UTF-16 units of a reason. */
    static final int MAX_REASON_LENGTH = 300;

    private final DatasetPicture dataset;
    private final Member member;
    private final BodySource bodies;

    HeadCheck(DatasetPicture dataset, Member member, BodySource bodies) {
        this.dataset = dataset;
        this.member = member;
        this.bodies = bodies;
    }

    /** Judges the last release of a chain that is not empty. */
    Verdict judge(Subject subject, List<Release> chain) {
        Release head = chain.get(chain.size() - 1);
        Optional<byte[]> body = body(head);
        if (body.isEmpty()) {
            return new Verdict.NotCounted(Standing.of(MemberState.WITHDRAWN));
        }
        try {
            CarryOver carryOver = dataset.carryOver(head.definition());
            DatasetDefinition definition = carryOver.told();
            verifyKeeper(definition);
            Summary summary = read(subject, head, body.get());
            DisclosureCheck.verify(
                    definition,
                    summary,
                    earlier(subject, chain),
                    place -> member.scope().covers(place));
            return new Verdict.Accepted(summary.content(), carryOver);
        } catch (RefutedException e) {
            return rejected(e.getMessage());
        } catch (MalformedException e) {
            return rejected("the body does not have the form that its dataset prescribes");
        }
    }

    private void verifyKeeper(DatasetDefinition definition) {
        if (!isKeptBy(definition, member)) {
            throw new RefutedException("dataset " + definition.dataset() + " is kept by the member that speaks for \""
                    + definition.keeper().orElseThrow() + "\" alone");
        }
    }

    /** Whether a member has a part in a dataset. */
    static boolean isKeptBy(DatasetDefinition definition, Member member) {
        return definition.keeper().map(place -> member.scope().covers(place)).orElse(true);
    }

    private List<Summary> earlier(Subject subject, List<Release> chain) {
        List<Summary> earlier = new ArrayList<>();
        for (Release release : chain.subList(0, chain.size() - 1)) {
            body(release).flatMap(body -> readable(subject, release, body)).ifPresent(earlier::add);
        }
        return earlier;
    }

    /**
     * An earlier release that was rejected for its form tells a reader nothing that the head could be subtracted from.
     */
    private Optional<Summary> readable(Subject subject, Release release, byte[] body) {
        try {
            return Optional.of(read(subject, release, body));
        } catch (MalformedException | RefutedException e) {
            return Optional.empty();
        }
    }

    /** The body of a release, unless it was retracted. */
    private Optional<byte[]> body(Release release) {
        return release.retracted() ? Optional.empty() : bodies.body(release.sha256());
    }

    private Summary read(Subject subject, Release release, byte[] body) {
        if (body.length != release.length() || !Hash.sha256(body).equals(release.sha256())) {
            throw new RefutedException("the body is not the one that the statement names");
        }
        Summary summary =
                Summary.parse(body, dataset.carryOver(release.definition()).told());
        Subject own = new Subject(summary.dataset(), summary.period());
        if (!own.equals(subject) || !summary.node().equals(member.node())) {
            throw new RefutedException("the body is about " + own + " of " + summary.node());
        }
        return summary;
    }

    private static Verdict rejected(@Nullable String message) {
        return new Verdict.NotCounted(Standing.rejected(bounded(message == null ? "no reason was given" : message)));
    }

    /** A reason as views show it, cut where it is too long. */
    static String bounded(String reason) {
        return reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH) + "…";
    }
}
