package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.DatasetVersions;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Scope;
import se.samsyn.protocol.statistic.Figure;

/**
 * The answer to a query: national figures, what each member's part in them is, and the state that they were computed
 * from. The package's description says what its JSON holds.
 */
public final class NationalView {
    /** A member whose log nobody vouched for since is stale: 26 hours, a day and some slack. */
    public static final long MAX_AGE_SECONDS = 26 * 3_600;
    /** Rows of one view. */
    public static final int MAX_ROWS = 50_000;

    final DatasetDefinition definition;
    final DatasetVersions versions;
    final VersionBreaks breaks;
    final ViewQuery query;
    final Basis basis;
    final List<Period> periods;
    final List<Axis> axes;
    final List<MemberPart> parts;
    final Figures figures;
    final List<MergedTrial> disputed;
    final List<MergedTrial> trials;
    final List<ListedRow> listed;
    final Optional<Reading> reading;
    final long trialsOfUnknownYear;
    final boolean whole;
    final boolean current;
    private final boolean countsByNumber;
    private final boolean[] complete;

    /**
     * A view.
     *
     * @param versions of the definition, of which the newest is the view's own
     * @param trials those of the periods, where something is derived from them
     * @param listed the rows of a roster
     * @param reading what another dataset tells, where something is derived from both
     * @param trialsOfUnknownYear how many trials are left out because the query names years
     * @param whole whether every member told its part of every period that is expected, asked for or not
     * @param current whether the federation root had not expired at the instant of the basis
     * @throws MalformedException if it has more than {@link #MAX_ROWS}
     */
    NationalView(
            DatasetVersions versions,
            ViewQuery query,
            Basis basis,
            List<Period> periods,
            List<Axis> axes,
            List<MemberPart> parts,
            Figures figures,
            List<MergedTrial> disputed,
            List<MergedTrial> trials,
            List<ListedRow> listed,
            Optional<Reading> reading,
            long trialsOfUnknownYear,
            boolean whole,
            boolean current) {
        this.versions = versions;
        this.definition = versions.newest();
        this.query = query;
        this.basis = basis;
        this.periods = periods;
        this.axes = axes;
        this.parts = parts;
        this.figures = figures;
        this.disputed = disputed;
        this.trials = trials;
        this.listed = listed;
        this.reading = reading;
        this.trialsOfUnknownYear = trialsOfUnknownYear;
        this.whole = whole;
        this.current = current;
        this.countsByNumber = query.table().flatMap(definition::table).stream()
                .flatMap(table -> table.dimensions().stream())
                .anyMatch(dimension -> dimension.codes().upTo().isPresent());
        this.breaks = new VersionBreaks(this);
        this.complete = new boolean[periods.size()];
        for (int period = 0; period < complete.length; period++) {
            complete[period] = isToldByAll(period);
        }
        if (Math.max(rows(), listed.size()) > MAX_ROWS) {
            throw new MalformedException(
                    "the view has more than " + MAX_ROWS + " rows: ask for fewer periods or attributes");
        }
    }

    /** Canonical JSON: the same bytes from the same definitions, entries, query and basis. */
    public byte[] encode() {
        return CanonicalJson.encode(json());
    }

    public JsonNode json() {
        return new ViewJson(this).write();
    }

    /** Whether every member told its part of a period. */
    boolean isComplete(int period) {
        return complete[period];
    }

    /**
     * Whether a row is shown; one that is not is exactly zero. In a table that counts by number only rows are shown of which something is
     * told: of a number of which nothing is, a period that is not told whole says as much.
     */
    boolean hasRow(int period, int group) {
        return (!complete[period] && !countsByNumber) || !figures.isZero(period, group);
    }

    /** A figure of a row. */
    Figure cell(int period, int group, int measure) {
        return figures.cell(period, group, measure, complete[period]);
    }

    /** A figure over all rows of a period. */
    Figure total(int period, int measure) {
        return figures.total(period, measure, complete[period]);
    }

    /** Whether the federation root had not expired at the instant of a basis. */
    static boolean isCurrent(FederationRoot root, Basis basis) {
        return root.expires()
                .filter(end -> end.getEpochSecond() <= basis.atSeconds())
                .isEmpty();
    }

    /** How many people live where the members that told their part of a period speak for. */
    long inhabitantsTold(int period, CodeList places) {
        return parts.stream()
                .filter(part -> part.standings().get(period).state().isTold())
                .mapToLong(part -> inhabitants(part.member().scope(), places))
                .sum();
    }

    /** How many people live in the places of a list; those within others are counted there. */
    static long inhabitants(CodeList places) {
        return places.codes().stream()
                .filter(code -> code.parent().isEmpty())
                .mapToLong(code -> code.inhabitants().orElse(0))
                .sum();
    }

    private static long inhabitants(Scope scope, CodeList places) {
        return scope.places().stream()
                .flatMap(place -> places.get(place).stream())
                .mapToLong(code -> code.inhabitants().orElse(0))
                .sum();
    }

    private boolean isToldByAll(int period) {
        // where nobody has a part, as no member is the keeper, nothing is told: that is not zero
        return !parts.isEmpty()
                && parts.stream()
                        .allMatch(part -> part.standings().get(period).state().isTold());
    }

    private long rows() {
        return IntStream.range(0, periods.size())
                .mapToLong(period -> IntStream.range(0, figures.groups)
                        .filter(group -> hasRow(period, group))
                        .count())
                .sum();
    }
}
