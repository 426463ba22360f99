package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.protocol.dataset.DatasetVersions;

/**
 * Where a view goes from one version of the definition to another: a change of its figures there may be one of what is counted. A member's
 * break is at the first period that it tells under another version than the last one that it told before; who told nothing in between
 * breaks nowhere in between.
 */
final class VersionBreaks {
    private final NationalView view;
    private final NavigableSet<Integer> versions = new TreeSet<>();
    private final SortedMap<Break, SortedSet<String>> nodes = new TreeMap<>(
            Comparator.comparingInt(Break::period).thenComparingInt(Break::from).thenComparingInt(Break::to));

    /** A step to another version, at the period with that index in the view. */
    private record Break(int period, int from, int to) {}

    VersionBreaks(NationalView view) {
        this.view = view;
        view.parts.forEach(this::add);
    }

    /** Whether any member's part of any period is told under an older version than the view's own. */
    boolean areThere() {
        return !versions.isEmpty() && versions.first() < view.definition.version();
    }

    /** Writes {@code versions} and {@code breaks}; nothing where all is told under the view's own version. */
    void write(ObjectNode json, DatasetVersions definitions) {
        if (!areThere()) {
            return;
        }
        versions.add(view.definition.version());
        ArrayNode listed = json.putArray("versions");
        for (int version : versions) {
            listed.addObject()
                    .put("version", version)
                    .put("definition", definitions.hash(version).toHex());
        }
        ArrayNode breaks = json.putArray("breaks");
        nodes.forEach((one, who) -> {
            ObjectNode entry = breaks.addObject()
                    .put("period", view.periods.get(one.period).toString())
                    .put("from", one.from)
                    .put("to", one.to);
            who.forEach(entry.putArray("nodes")::add);
        });
    }

    private void add(MemberPart part) {
        Optional<Integer> before = Optional.empty();
        for (int period = 0; period < view.periods.size(); period++) {
            Optional<Integer> version = part.versions().get(period);
            version.ifPresent(versions::add);
            // what is of no known period comes neither before nor after any
            if (version.isEmpty() || view.periods.get(period).isUnknown()) {
                continue;
            }
            if (before.isPresent() && !before.equals(version)) {
                nodes.computeIfAbsent(new Break(period, before.get(), version.get()), key -> new TreeSet<>())
                        .add(part.member().node());
            }
            before = version;
        }
    }
}
