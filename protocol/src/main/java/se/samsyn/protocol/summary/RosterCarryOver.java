package se.samsyn.protocol.summary;

import java.util.Optional;
import se.samsyn.protocol.dataset.Column;
import se.samsyn.protocol.dataset.RosterRule;

/**
 * A roster that was told under one version of a definition, read as that of another: columns by name, empty or {@code unknown} where the
 * told one has no such column or code.
 */
final class RosterCarryOver {
    private final RosterRule told;
    private final RosterRule asked;

    /** @param told and {@code asked}, which do not differ by {@link #difference} */
    RosterCarryOver(RosterRule told, RosterRule asked) {
        this.told = told;
        this.asked = asked;
    }

    /** Why a roster cannot be read as another, said of the one that was told; nothing if it can. */
    static Optional<String> difference(RosterRule told, RosterRule asked) {
        if (!told.id().equals(asked.id())) {
            return Optional.of("its roster names things otherwise");
        }
        if (told.places().isEmpty() && asked.places().isPresent()) {
            return Optional.of("its roster does not say where things are");
        }
        // a thing in a place that is not there any more would be elsewhere, or nowhere
        Optional<String> place = asked.places()
                .flatMap(places ->
                        told.places().flatMap(before -> CodeDifference.lacking(before.codes(), places.codes())));
        if (place.isPresent()) {
            return place.map(code -> "its roster has other places, unlike in \"" + code + "\"");
        }
        if (told.settlement().isPresent() || asked.settlement().isPresent()) {
            return settlementDifference(told, asked);
        }
        return asked.columns().stream()
                .filter(column -> !ColumnCarryOver.canSay(told.columns(), column))
                .findFirst()
                .map(Column::name)
                .map(name -> "its roster has other codes of " + name + ", or none, for which there is no \"unknown\"");
    }

    /** What two members have signed is told whole or not at all: no number or outcome of it becomes unknown. */
    private static Optional<String> settlementDifference(RosterRule told, RosterRule asked) {
        boolean isSame = told.settlement().equals(asked.settlement())
                && asked.columns().stream().allMatch(column -> ColumnCarryOver.isWhole(told.columns(), column));
        return isSame ? Optional.empty() : Optional.of("its roster tells what is settled otherwise");
    }

    Roster read(Roster roster) {
        return told.equals(asked)
                ? roster
                : new Roster(asked, roster.rows().stream().map(this::read).toList());
    }

    private RosterRow read(RosterRow row) {
        return new RosterRow(
                row.id(),
                asked.columns().stream()
                        .map(column -> ColumnCarryOver.values(told.columns(), row.cells(), column))
                        .toList(),
                asked.places().flatMap(places -> row.place()));
    }
}
