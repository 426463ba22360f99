package se.samsyn.protocol.view;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.witness.Evidence.Accusation;

/**
 * What a view says about one member: its state for each period, and how fresh its log is.
 *
 * @param member who it is
 * @param log the basis of its log; none if no checkpoint of it is under quorum
 * @param standings one a period of the view
 * @param versions one a period: the version of the definition that its part is told under, where it told one that counts
 * @param published one a period: what counts of its table, where the query names one
 * @param rejections how many entries of its log were rejected
 * @param latest the newest of them
 * @param accusation against its log, which is not merged from that position on
 */
record MemberPart(
        Member member,
        Optional<LogBasis> log,
        List<Standing> standings,
        List<Optional<Integer>> versions,
        List<Optional<Published>> published,
        long rejections,
        List<Rejection> latest,
        Optional<Accusation> accusation) {
    boolean isStale(long atSeconds) {
        return log.map(basis -> basis.ageSeconds(atSeconds) > NationalView.MAX_AGE_SECONDS)
                .orElse(true);
    }

    /** How many people live in the regions that it speaks for alone; a part of a region is counted where the region is. */
    long inhabitantsOfRegions(CodeList population) {
        return member.scope().places().stream()
                .flatMap(place -> population.get(place).stream())
                .filter(place -> place.parent().isEmpty())
                .mapToLong(place -> place.inhabitants().orElse(0))
                .sum();
    }

    long toldPeriods() {
        return standings.stream().filter(standing -> standing.state().isTold()).count();
    }
}
