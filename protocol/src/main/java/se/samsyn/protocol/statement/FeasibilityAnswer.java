package se.samsyn.protocol.statement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.statistic.Figure;

/**
 * A member answers a feasibility request (SPEC section 3). A later answer in its log replaces an earlier one.
 *
 * @param request leaf hash of the request's entry
 * @param answered the day, in UTC, as the member says
 * @param capacity how many participants it could take; empty if it does not say
 * @param start the earliest start; empty if it does not say
 * @param sites where, each name once, at most {@link #MAX_SITES}
 * @param note at most {@link #MAX_NOTE_LENGTH} characters
 * @param eligible what follows from one of its released tables; empty if it has none
 */
public record FeasibilityAnswer(
        String node,
        long root,
        Hash request,
        LocalDate answered,
        Interest interest,
        OptionalLong capacity,
        Optional<YearMonth> start,
        List<Site> sites,
        Optional<String> note,
        Optional<Eligible> eligible)
        implements Statement {
    public static final String KIND = "feasibility-answer";
    /** Participants. */
    public static final long MAX_CAPACITY = 1_000_000;
    /** Sites of one answer. */
    public static final int MAX_SITES = 64;
    /** UTF-16 units of a site's name. */
    public static final int MAX_SITE_LENGTH = 100;
    /** UTF-16 units of a note. */
    public static final int MAX_NOTE_LENGTH = 300;

    /** Whether a member wants to take part. */
    public enum Interest {
        YES,
        NO,
        PERHAPS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a site would be in the trial. */
    public enum SiteRole {
        MAIN,
        ORDINARY,
        SATELLITE,
        RESERVE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A place, never a person.
     *
     * @param name of a hospital, clinic or unit
     */
    public record Site(String name, SiteRole role) {
        public Site {
            FeasibilityText.check("a site's name", name, MAX_SITE_LENGTH);
        }
    }

    /**
     * How many patients meet the criteria, as anybody can work out from one released summary of the answering member.
     *
     * @param dataset of the summary
     * @param period of the summary
     * @param sha256 of its body
     * @param figure as {@code view.EligibleFigure} gives it
     */
    public record Eligible(String dataset, Period period, Hash sha256, Figure figure) {
        public Eligible {
            StatementJson.checkDataset(dataset);
        }
    }

    public FeasibilityAnswer {
        StatementJson.checkHead(node, root);
        StatementJson.checkDay("answered", answered);
        start.ifPresent(month -> StatementJson.checkMonth("the start", month));
        if (capacity.isPresent() && (capacity.getAsLong() < 0 || capacity.getAsLong() > MAX_CAPACITY)) {
            throw new MalformedException("capacity is 0 to " + MAX_CAPACITY + ", not " + capacity.getAsLong());
        }
        sites = List.copyOf(sites);
        if (sites.size() > MAX_SITES) {
            throw new MalformedException("an answer has at most " + MAX_SITES + " sites, not " + sites.size());
        }
        Set<String> names = new HashSet<>();
        for (Site site : sites) {
            if (!names.add(site.name())) {
                throw new MalformedException("site \"" + site.name() + "\" is named twice");
            }
        }
        note.ifPresent(text -> FeasibilityText.check("the note", text, MAX_NOTE_LENGTH));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void write(ObjectNode json) {
        json.put(StatementJson.REQUEST, request.toHex())
                .put(StatementJson.ANSWERED, answered.toString())
                .put(StatementJson.INTEREST, interest.word());
        capacity.ifPresent(slots -> json.put(StatementJson.CAPACITY, slots));
        start.ifPresent(month -> json.put(StatementJson.START, month.toString()));
        ArrayNode array = json.putArray(StatementJson.SITES);
        sites.forEach(site -> array.addObject()
                .put("name", site.name())
                .put("role", site.role().word()));
        note.ifPresent(text -> json.put(StatementJson.NOTE, text));
        eligible.ifPresent(one -> json.putObject(StatementJson.ELIGIBLE)
                .put(StatementJson.DATASET, one.dataset())
                .put(StatementJson.PERIOD, one.period().toString())
                .put(StatementJson.SHA256, one.sha256().toHex())
                .set(StatementJson.FIGURE, one.figure().json()));
    }
}
