package se.samsyn.node.release;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import se.samsyn.node.Json;
import se.samsyn.node.protect.Waits;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.statement.SummaryStatement;

/**
 * The release officer's desk: which drafts wait and why, what would leave with each, and her word on them. What it tells is for the
 * member's own people: a reason tells of the records.
 */
public final class ReleaseDesk {
    private static final String DATASET = "dataset";
    private static final String PERIOD = "period";
    private static final String STATE = "state";
    private static final String REASON = "reason";
    /** Said of a period in the place of a draft's hash, if there is nothing new to say. */
    public static final String UNCHANGED = "unchanged";

    private static final String DRAFT = "draft";
    /** The state of a period that was released under an older version of the definition. */
    private static final String VERSION = "version";

    private final Releaser releaser;
    private final List<DatasetDefinition> definitions;
    private final Set<String> automaticRelease;
    private final HeldPeriods held;

    /** Why a draft has not left. */
    private record Waiting(String state, String reason) {}

    public ReleaseDesk(
            Releaser releaser, List<DatasetDefinition> definitions, Set<String> automaticRelease, HeldPeriods held) {
        this.releaser = releaser;
        this.definitions = List.copyOf(definitions);
        this.automaticRelease = Set.copyOf(automaticRelease);
        this.held = held;
    }

    /** Every draft that waits, and what is held: dataset, period, state, reason, and the draft's hash. */
    public ArrayNode list() {
        ArrayNode list = Json.array();
        for (DatasetDefinition definition : definitions) {
            for (PeriodDraft draft : releaser.drafts(definition)) {
                waiting(draft).ifPresent(waiting -> list.add(head(draft, Optional.of(waiting))));
            }
        }
        return list;
    }

    /**
     * What would leave with a draft, and what became of each cell that holds records.
     *
     * @throws se.samsyn.protocol.RefutedException if the period has not ended
     */
    public ObjectNode show(String dataset, Period period) {
        DatasetDefinition definition = find(definitions, dataset, Set.of(period));
        PeriodDraft draft = releaser.draft(definition, period);
        ObjectNode json = head(draft, waiting(draft));
        DraftJson.columns(json, definition);
        draft.draft().ifPresent(content -> DraftJson.content(json, draft, content));
        return json;
    }

    /** What a draft would change of the last release, cell by cell and row by row. */
    public ObjectNode difference(String dataset, Period period) {
        DatasetDefinition definition = find(definitions, dataset, Set.of(period));
        PeriodDraft draft = releaser.draft(definition, period);
        ObjectNode json = head(draft, waiting(draft));
        DraftJson.columns(json, definition);
        draft.draft()
                .ifPresent(content ->
                        DraftJson.difference(json, draft, releaser.released(definition, period), content.content()));
        return json;
    }

    /**
     * Releases exactly these drafts, which a person was shown, and holds none of these periods any longer.
     *
     * @param shown by period: the hash of the draft, or nothing if she was shown that there is nothing new to say
     * @throws se.samsyn.protocol.RefutedException if one is not what would be released now; nothing is released then
     */
    public ReleaseReport approve(String dataset, Map<Period, Optional<Hash>> shown) {
        DatasetDefinition definition = find(definitions, dataset, shown.keySet());
        if (shown.isEmpty()) {
            throw new MalformedException("no draft is named");
        }
        ReleaseReport report = releaser.release(definition, shown);
        held.lift(dataset, shown.keySet());
        return report;
    }

    /** Keeps periods from release by rule until a person releases them. */
    public void hold(String dataset, Collection<Period> periods) {
        find(definitions, dataset, periods);
        if (periods.isEmpty()) {
            throw new MalformedException("no period is named");
        }
        held.hold(dataset, periods);
    }

    /** A draft as a file, to be signed where the officer's key is. */
    public byte[] export(String dataset, Period period) {
        return releaser.unsigned(find(definitions, dataset, Set.of(period)), period)
                .encode();
    }

    /**
     * Withdraws releases of a period, on a person's word alone; nothing brings their bodies back.
     *
     * @param replacedOnly leaves the newest release as it is
     * @return dataset, and the periods of what was retracted, one for each release
     * @throws se.samsyn.protocol.RefutedException if there is nothing to withdraw, or the node's own key may not say so
     */
    public ObjectNode retract(String dataset, Period period, boolean replacedOnly) {
        int withdrawn = releaser.retract(find(definitions, dataset, Set.of(period)), period, replacedOnly);
        return retracted(Collections.nCopies(withdrawn, period), dataset);
    }

    /** What would withdraw releases of a period as a file, to be signed where the officer's key is. */
    public byte[] exportRetractions(String dataset, Period period, boolean replacedOnly) {
        return releaser.retractions(find(definitions, dataset, Set.of(period)), period, replacedOnly)
                .encode();
    }

    /**
     * Releases or retracts what was exported and signed.
     *
     * @param file as {@code samsyn release sign} made it
     * @return dataset, and the period of what was released, or the periods of what was retracted
     * @throws se.samsyn.protocol.RefutedException if the signature does not count here, or something changed since the export
     */
    public ObjectNode importSigned(byte[] file) {
        if (SignedRetractions.isIn(file)) {
            List<SummaryStatement> withdrawn = releaser.append(SignedRetractions.parse(file));
            return retracted(
                    withdrawn.stream().map(SummaryStatement::period).toList(),
                    withdrawn.get(0).dataset());
        }
        SummaryStatement released = releaser.append(SignedRelease.parse(file), definitions);
        held.lift(released.dataset(), Set.of(released.period()));
        return Json.object()
                .put(DATASET, released.dataset())
                .put(PERIOD, released.period().toString());
    }

    private static ObjectNode retracted(List<Period> periods, String dataset) {
        ObjectNode json = Json.object().put(DATASET, dataset);
        periods.stream().map(Period::toString).forEach(json.putArray("retracted")::add);
        return json;
    }

    /** The definition of a dataset that has these periods. */
    static DatasetDefinition find(List<DatasetDefinition> definitions, String dataset, Collection<Period> periods) {
        DatasetDefinition definition = definitions.stream()
                .filter(each -> each.dataset().equals(dataset))
                .findFirst()
                .orElseThrow(() -> new MalformedException("there is no dataset \"" + dataset + "\"; there are "
                        + definitions.stream().map(DatasetDefinition::dataset).collect(Collectors.joining(", "))));
        for (Period period : periods) {
            if (!definition.period().has(period)) {
                throw new MalformedException("dataset " + dataset + " has no period " + period);
            }
        }
        return definition;
    }

    private static ObjectNode head(PeriodDraft draft, Optional<Waiting> waiting) {
        ObjectNode json = Json.object()
                .put(DATASET, draft.definition().dataset())
                .put(PERIOD, draft.period().toString())
                .put(STATE, waiting.map(Waiting::state).orElse(UNCHANGED))
                .put(REASON, waiting.map(Waiting::reason).orElse("the records come to what was released last"))
                .put("revises", draft.head().isPresent() && !draft.withdrawn());
        draft.hash().ifPresent(hash -> json.put(DRAFT, hash.toHex()));
        return json;
    }

    /** Why a period waits; nothing if there is nothing new to say and nobody holds it. */
    private Optional<Waiting> waiting(PeriodDraft draft) {
        String dataset = draft.definition().dataset();
        Optional<Instant> since = held.since(dataset, draft.period());
        if (draft.protection() instanceof Waits waits) {
            return Optional.of(new Waiting(draft.olderVersion().isPresent() ? VERSION : "too small", waits.reason()));
        }
        if (since.isPresent()) {
            String what = draft.draft().isPresent() ? "" : "; there is nothing new to say";
            return Optional.of(new Waiting("held", "held since " + since.get() + " by a person or a restore" + what));
        }
        return draft.draft().map(content -> waiting(draft, dataset));
    }

    private Waiting waiting(PeriodDraft draft, String dataset) {
        if (held.isConfigured(dataset, draft.period())) {
            return new Waiting("held", "heldPeriods in the configuration holds it");
        }
        if (draft.withdrawn()) {
            return new Waiting("withdrawn", "it was retracted, and only a person releases it anew");
        }
        if (draft.olderVersion().isPresent()) {
            return new Waiting(
                    VERSION,
                    "it was released under version " + draft.olderVersion().get()
                            + " of the definition, and version "
                            + draft.definition().version()
                            + " is the newest: only a person goes over to that one");
        }
        if (!draft.hasRecords() && draft.head().isEmpty()) {
            return new Waiting("nothing", "there are no records, and only a person says that there is nothing");
        }
        if (!automaticRelease.contains(dataset)) {
            return new Waiting("no rule", "the dataset is not in automaticRelease of the configuration");
        }
        return releaser.maySignSummaries()
                ? new Waiting("due", "the rule releases it when it runs next, within the hour")
                : new Waiting("officer", Releaser.WAITS_FOR_OFFICER);
    }
}
