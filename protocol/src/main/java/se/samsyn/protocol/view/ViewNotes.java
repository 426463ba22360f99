package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Table;

/** What a reader must know beside the figures, as a word for programs and a sentence for people. */
final class ViewNotes {
    private ViewNotes() {}

    static void write(ArrayNode notes, NationalView view) {
        if (!view.current) {
            add(
                    notes,
                    "root-expired",
                    "Federationens rotfil har gått ut: vyn är inte aktuell förrän det finns en ny version.",
                    "The federation root has expired: the view is not current until there is a next version.");
        }
        if (view.query.byRegion()) {
            add(
                    notes,
                    "regions-overlap",
                    "En prövning räknas en gång i varje region där den har en klinik, så regionerna kan tillsammans bli"
                            + " fler än totalen.",
                    "A trial counts once in each region where it has a site, so the regions may add up to more than the"
                            + " total.");
        }
        if (view.trialsOfUnknownYear > 0) {
            add(
                            notes,
                            "unknown-period",
                            "Prövningar utan känt år ingår inte, eftersom frågan gäller vissa år.",
                            "Trials without a known year are not included, since the query names years.")
                    .put("trials", view.trialsOfUnknownYear);
        }
        if (view.definition.register().isPresent() && !view.whole) {
            add(
                    notes,
                    "register-gaps",
                    "Någon medlems uppgifter för någon period saknas. De kan också flytta en prövning till ett annat år"
                            + " eller visa att två är en och samma.",
                    "Some member's part of some period is not told. It might also move a trial to another year, or show"
                            + " that two trials are one.");
        }
        if (countsDistinct(view.definition, view.query)) {
            add(
                    notes,
                    "distinct-within-period",
                    "Personer räknas en gång per medlem och period; perioderna ska inte läggas ihop.",
                    "Persons count once per member and period; do not add up the periods.");
        }
        if (view.breaks.areThere()) {
            add(
                    notes,
                    "versions-differ",
                    "Uppgifterna är lämnade enligt olika versioner av definitionen: en förändring vid ett brott mellan"
                            + " dem kan vara en ändring av vad som räknas.",
                    "What is told is told under different versions of the definition: a change at a break between them"
                            + " may be one of what is counted.");
        }
        if (view.parts.stream().anyMatch(part -> part.accusation().isPresent())) {
            add(
                    notes,
                    "accused",
                    "Någon medlems nyckel har bevisligen signerat två historier. Från den punkten räknas inget mer av"
                            + " den medlemmens logg.",
                    "Some member's key is proven to have signed two histories. From there on nothing more of that"
                            + " member's log counts.");
        }
        if (view.parts.stream().anyMatch(part -> part.isStale(view.basis.atSeconds()))) {
            add(
                    notes,
                    "stale",
                    "Någon medlems logg har inte bekräftats på mer än 26 timmar.",
                    "Some member's log has not been confirmed for more than 26 hours.");
        }
    }

    private static boolean countsDistinct(DatasetDefinition definition, ViewQuery query) {
        return query.table()
                .flatMap(definition::table)
                .map(Table::measures)
                .map(measures -> measures.stream().anyMatch(measure -> measure.aggregate() == Aggregate.DISTINCT))
                .orElse(false);
    }

    private static ObjectNode add(ArrayNode notes, String note, String sv, String en) {
        return notes.addObject().put("note", note).put("sv", sv).put("en", en);
    }
}
