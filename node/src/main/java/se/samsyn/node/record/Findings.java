package se.samsyn.node.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.TrialYear;

/**
 * What is missing, inexact or cannot be true in the trials and sites that are the node's own: counted, so that a network sees how good its
 * data are, and listed, so that a region can mend them.
 *
 * <p>Fields: {@code kind}, {@code year} (of the trial, empty if unknown), {@code about} (the column, or the two columns, that it is about).
 */
final class Findings {
    /** What comes after what; not all of it must be told. */
    private static final List<List<String>> ORDERS_OF_TRIALS = List.of(
            List.of("submitted_date", "validated_date"),
            List.of("validated_date", "decision_date"),
            List.of("submitted_date", "decision_date"),
            List.of("decision_date", "first_participant_date"),
            List.of("first_participant_date", "last_participant_date"),
            List.of("start_date", "end_date"));

    private static final List<List<String>> ORDERS_OF_SITES = List.of(
            List.of("contract_date", "first_participant_date"),
            List.of("site_ready_date", "first_participant_date"),
            List.of("first_participant_date", "last_participant_date"));

    private static final List<String> DATES_OF_TRIALS = List.of(
            "submitted_date",
            "validated_date",
            "decision_date",
            "ethics_date",
            "biobank_date",
            "contract_date",
            "site_ready_date",
            "first_participant_date",
            "last_participant_date",
            "start_date",
            "end_date");

    private static final List<String> DATES_OF_SITES =
            List.of("contract_date", "site_ready_date", "first_participant_date", "last_participant_date");

    /** The dates that a trial in a state must have had. */
    private static final Map<String, List<String>> DUE = Map.of(
            "approved", List.of("decision_date"),
            "refused", List.of("decision_date"),
            "recruiting", List.of("decision_date", "start_date"),
            "closed-to-recruitment", List.of("decision_date", "start_date", "last_participant_date"),
            "completed", List.of("decision_date", "start_date", "end_date"),
            "stopped-early", List.of("end_date"));

    private static final List<String> ATTRIBUTES =
            List.of("phase", "status", "sponsor_class", "study_type", "therapy_area");

    private final Records records;

    /** Takes a finding, and the record that it is in. */
    interface Each {
        void accept(RecordKind record, String key, SourceRecord finding);
    }

    Findings(Records records) {
        this.records = records;
    }

    /** Gives every finding in the node's own trials and their sites, in the order of their keys. */
    void scan(Each each) {
        Map<String, SortedSet<String>> placesByTrial = records.placesByTrial();
        boolean takesUnplaced = records.scope().covers(CodeList.UNKNOWN_PLACE);
        Map<String, String> names = records.trialNames();
        Map<String, String> years = new HashMap<>();
        Set<String> seen = new HashSet<>();
        records.forEach(RecordKind.TRIAL, (id, json) -> {
            boolean isPlaced = placesByTrial.containsKey(id);
            SortedMap<String, String> trial = StoredRecord.parseCells(json);
            String year = year(trial);
            if (isPlaced || takesUnplaced) {
                years.put(id, year);
                Found found = new Found(each, RecordKind.TRIAL, id, year);
                trial(found, trial);
                if (!seen.add(names.getOrDefault(id, id))) {
                    found.add("duplicate", "other_ids");
                }
            } else {
                new Found(each, RecordKind.TRIAL, id, year).add("trial-without-site", "region");
            }
        });
        records.forEach(RecordKind.SITE, (key, json) -> {
            SortedMap<String, String> site = StoredRecord.parseCells(json);
            String year = years.get(site.getOrDefault(Records.TRIAL_ID, ""));
            if (year != null && records.scope().covers(site.getOrDefault("region", ""))) {
                Found found = new Found(each, RecordKind.SITE, key, year);
                dates(found, site, ORDERS_OF_SITES, DATES_OF_SITES);
            }
        });
    }

    private static void trial(Found found, SortedMap<String, String> trial) {
        dates(found, trial, ORDERS_OF_TRIALS, DATES_OF_TRIALS);
        DUE.getOrDefault(trial.getOrDefault("status", ""), List.of()).stream()
                .filter(column -> !trial.containsKey(column))
                .forEach(column -> found.add("missing-milestone", column));
        ATTRIBUTES.stream()
                .filter(column -> trial.getOrDefault(column, CodeList.UNKNOWN).equals(CodeList.UNKNOWN))
                .forEach(column -> found.add("unknown-attribute", column));
    }

    private static void dates(
            Found found, SortedMap<String, String> cells, List<List<String>> orders, List<String> dates) {
        for (List<String> order : orders) {
            if (Milestones.areOutOfOrder(cells.getOrDefault(order.get(0), ""), cells.getOrDefault(order.get(1), ""))) {
                found.add("dates-out-of-order", String.join(" ", order));
            }
        }
        dates.stream()
                .filter(column -> cells.containsKey(column) && !Milestones.isDay(cells.get(column)))
                .forEach(column -> found.add("inexact-date", column));
    }

    private static String year(SortedMap<String, String> trial) {
        Optional<String> start = Optional.ofNullable(trial.get("start_date"));
        TrialYear year = TrialYear.of(
                start, Records.names(trial).stream().map(RegistryNumber::parse).toList());
        return year.year().isPresent() ? Integer.toString(year.year().getAsInt()) : "";
    }

    /** Where what is found in one record goes. */
    private record Found(Each each, RecordKind record, String key, String year) {
        void add(String kind, String about) {
            each.accept(
                    record,
                    key,
                    new DerivedRecord(
                            DerivedKind.FINDING,
                            key + " " + kind + " " + about,
                            Map.of("kind", kind, "year", year, "about", about)));
        }
    }
}
