package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Prints under which versions of the definition a view's figures were told, and where members go over to another one. */
final class VersionPrinter {
    /** The states of a part that is told, if only that it is kept back, under some version. */
    private static final Set<String> TOLD = Set.of("reported", "zero", "pooled", "withheld", "other-version");

    private final PrintWriter out;
    private final Language language;

    VersionPrinter(PrintWriter out, Language language) {
        this.out = out;
        this.language = language;
    }

    /** Prints nothing of a view that is told under one version. */
    void print(JsonNode view) {
        for (JsonNode one : view.path("breaks")) {
            List<String> nodes = new ArrayList<>();
            one.path("nodes").forEach(node -> nodes.add(node.asText()));
            out.printf(
                    Locale.ROOT,
                    language.text(
                            "from %s on by version %d of the definition, before by version %d: %s%n",
                            "från och med %s enligt version %d av definitionen, dessförinnan enligt version %d: %s%n"),
                    one.path("period").asText(),
                    one.path("to").asInt(),
                    one.path("from").asInt(),
                    String.join(", ", nodes));
        }
        older(view)
                .forEach((version, who) -> out.printf(
                        Locale.ROOT,
                        language.text("told by version %d: %s%n", "redovisat enligt version %d: %s%n"),
                        version,
                        String.join("; ", who)));
    }

    /** By period the versions that members told it under, with blanks between; nothing of a view that is told under one version. */
    static Map<String, String> byPeriod(JsonNode view) {
        Map<String, SortedSet<Integer>> versions = new TreeMap<>();
        if (!view.has("versions")) {
            return Map.of();
        }
        int own = view.path("versions")
                .path(view.path("versions").size() - 1)
                .path("version")
                .asInt();
        List<String> periods = new ArrayList<>();
        view.path("periods").forEach(period -> periods.add(period.asText()));
        for (JsonNode member : view.path("members")) {
            for (JsonNode run : member.path("periods")) {
                if (run.has("version") || TOLD.contains(run.path("state").asText())) {
                    int last = periods.indexOf(run.path("to").asText());
                    for (int period = periods.indexOf(run.path("from").asText()); period <= last; period++) {
                        versions.computeIfAbsent(periods.get(period), key -> new TreeSet<>())
                                .add(run.path("version").asInt(own));
                    }
                }
            }
        }
        Map<String, String> words = new TreeMap<>();
        versions.forEach((period, all) ->
                words.put(period, all.stream().map(String::valueOf).collect(Collectors.joining(" "))));
        return words;
    }

    /** By older version, what each member told under it: the member and the run of periods. */
    private SortedMap<Integer, List<String>> older(JsonNode view) {
        SortedMap<Integer, List<String>> older = new TreeMap<>();
        for (JsonNode member : view.path("members")) {
            for (JsonNode run : member.path("periods")) {
                if (run.has("version")) {
                    String from = run.path("from").asText();
                    String to = run.path("to").asText();
                    older.computeIfAbsent(run.path("version").asInt(), key -> new ArrayList<>())
                            .add(member.path("node").asText() + " "
                                    + (from.equals(to) ? from : from + language.range + to));
                }
            }
        }
        return older;
    }
}
