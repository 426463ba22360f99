package se.samsyn.node.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import se.samsyn.protocol.dataset.CodeList;

/**
 * How long each step took at each site and ATMP centre of the node: from one milestone to another, in days, or that the second is waited
 * for. A step is of one site, and a site is of one member, so that no step counts twice. What takes place once for a whole trial, such as
 * the agency's decision, is not told here but by the register.
 *
 * <p>Fields: {@code step}, {@code start} (the first milestone's date), {@code reached} ({@code yes} or {@code no}), {@code days} (empty if
 * not reached, or if one of the dates does not say its day or they are in the wrong order), {@code region}, {@code sponsorClass}, {@code
 * atmpClass}.
 */
final class LeadTimes {
    private static final String SUBMITTED = "submitted_date";
    private static final String DECISION = "decision_date";
    private static final String CONTRACT = "contract_date";
    private static final String SITE_READY = "site_ready_date";
    private static final String FIRST_PARTICIPANT = "first_participant_date";

    private static final List<Step> OF_SITES = List.of(
            new Step("application-to-contract", Where.TRIAL, SUBMITTED, CONTRACT),
            new Step("contract-to-site-ready", Where.SITE, CONTRACT, SITE_READY),
            new Step("site-ready-to-first-participant", Where.SITE, SITE_READY, FIRST_PARTICIPANT),
            new Step("decision-to-first-participant", Where.TRIAL, DECISION, FIRST_PARTICIPANT),
            new Step("application-to-first-participant", Where.TRIAL, SUBMITTED, FIRST_PARTICIPANT));

    private static final List<Step> OF_CENTRES = List.of(
            new Step(
                    "recommendation-to-regional-decision",
                    Where.SITE,
                    "council_recommendation_date",
                    "regional_decision_date"),
            new Step("regional-decision-to-first-patient", Where.SITE, "regional_decision_date", "first_patient_date"));

    /** A trial in one of these states waits for nothing any more. */
    private static final Set<String> OVER = Set.of("completed", "stopped-early", "refused", "withdrawn");

    private final Records records;

    /** Whose milestone a step begins with: the trial's, or that of the site or centre where it ends. */
    private enum Where {
        TRIAL,
        SITE
    }

    /** From one milestone to another, by their columns. */
    private record Step(String code, Where begins, String from, String to) {}

    LeadTimes(Records records) {
        this.records = records;
    }

    /** Gives every step of a site or centre in the node's scope. */
    void scan(Consumer<SourceRecord> each) {
        Map<String, SortedMap<String, String>> trials = new HashMap<>();
        records.forEach(RecordKind.TRIAL, (id, json) -> trials.put(id, StoredRecord.parseCells(json)));
        records.forEach(RecordKind.SITE, (key, json) -> {
            SortedMap<String, String> site = StoredRecord.parseCells(json);
            SortedMap<String, String> trial = trials.get(site.getOrDefault(Records.TRIAL_ID, ""));
            if (trial != null && isOwn(site)) {
                boolean isOver = OVER.contains(trial.getOrDefault("status", ""));
                for (Step step : OF_SITES) {
                    String from = (step.begins == Where.TRIAL ? trial : site).getOrDefault(step.from, "");
                    give(each, key, step, from, site, trial, isOver);
                }
            }
        });
        records.forEach(RecordKind.ATMP_CENTRE, (key, json) -> {
            SortedMap<String, String> centre = StoredRecord.parseCells(json);
            if (isOwn(centre)) {
                OF_CENTRES.forEach(
                        step -> give(each, key, step, centre.getOrDefault(step.from, ""), centre, centre, false));
            }
        });
    }

    private boolean isOwn(SortedMap<String, String> site) {
        return records.scope().covers(site.getOrDefault("region", ""));
    }

    /** @param about the trial, or the centre: what its class is told by */
    private static void give(
            Consumer<SourceRecord> each,
            String key,
            Step step,
            String from,
            SortedMap<String, String> site,
            SortedMap<String, String> about,
            boolean isOver) {
        String to = site.getOrDefault(step.to, "");
        if (from.isEmpty() || (to.isEmpty() && isOver)) {
            return;
        }
        OptionalInt days = Milestones.days(from, to);
        each.accept(new DerivedRecord(
                DerivedKind.LEAD_TIME,
                key + " " + step.code,
                Map.of(
                        "step",
                        step.code,
                        "start",
                        from,
                        "reached",
                        to.isEmpty() ? "no" : "yes",
                        "days",
                        days.isPresent() ? Integer.toString(days.getAsInt()) : "",
                        "region",
                        site.getOrDefault("region", ""),
                        "sponsorClass",
                        about.getOrDefault("sponsor_class", CodeList.UNKNOWN),
                        "atmpClass",
                        about.getOrDefault("atmp_class", CodeList.UNKNOWN))));
    }
}
