package se.samsyn.node.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import se.samsyn.node.Json;

/**
 * What an import of a registry's documents did.
 *
 * @param file its name
 * @param documents in the file
 * @param formats how many documents were written in each format
 * @param refused documents of which nothing was taken
 * @param trials what became of the trials that are this node's
 * @param sites what became of their sites in this node's scope
 * @param sitesRemoved sites that an earlier document of the same registry named and the newest does not
 * @param repeated trials that stand twice in the file, alike
 * @param elsewhere trials that are not this node's: they have no site in its scope
 * @param sitesElsewhere sites in the scopes of other members
 * @param sitesNotPlaced sites of which nobody can tell where in Sweden they are
 * @param warnings what was dropped, mapped to unknown or not placed, and why
 */
public record DocumentReport(
        String file,
        long documents,
        Map<String, Long> formats,
        List<Refused> refused,
        Changes trials,
        Changes sites,
        long sitesRemoved,
        long repeated,
        long elsewhere,
        long sitesElsewhere,
        long sitesNotPlaced,
        List<Warning> warnings) {
    /** A document of which nothing was taken, and why. */
    public record Refused(String document, String why) {}

    /** What became of records of one kind. */
    public record Changes(long added, long changed, long unchanged) {
        static Changes of(Records.Changes changes) {
            return new Changes(changes.added(), changes.changed(), changes.unchanged());
        }

        private ObjectNode toJson() {
            return Json.object().put("added", added).put("changed", changed).put("unchanged", unchanged);
        }

        private String toText() {
            return added + " added, " + changed + " changed, " + unchanged + " unchanged";
        }
    }

    public DocumentReport {
        formats = Collections.unmodifiableMap(new TreeMap<>(formats));
        refused = List.copyOf(refused);
        warnings = List.copyOf(warnings);
    }

    /** For the API: the counts by name, refused documents, warnings with column, value, meaning and count, and all of it for people. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("file", file).put("documents", documents);
        json.set("formats", Json.tree(formats));
        ArrayNode list = json.putArray("refused");
        refused.forEach(
                each -> list.addObject().put("document", each.document()).put("why", each.why()));
        json.set("trials", trials.toJson());
        json.set("sites", sites.toJson());
        json.put("sitesRemoved", sitesRemoved)
                .put("repeated", repeated)
                .put("elsewhere", elsewhere)
                .put("sitesElsewhere", sitesElsewhere)
                .put("sitesNotPlaced", sitesNotPlaced);
        json.set("warnings", Warning.toJson(warnings));
        json.put("text", toText());
        return json;
    }

    /** For people: what was read, taken and left out, then one line a refused document and one a warning. */
    public String toText() {
        StringBuilder text = new StringBuilder(file + ": " + documents + (documents == 1 ? " document" : " documents"));
        if (!formats.isEmpty()) {
            text.append(" (")
                    .append(formats.entrySet().stream()
                            .map(format -> format.getValue() + " " + format.getKey())
                            .collect(Collectors.joining(", ")))
                    .append(')');
        }
        text.append("\n  trials: ").append(trials.toText());
        text.append("\n  sites in this node's scope: ").append(sites.toText()).append('\n');
        line(text, sitesRemoved, "sites removed: the registry no longer names them");
        line(text, repeated, "trials repeated, alike");
        line(text, elsewhere, "trials left out: no site in this node's scope");
        line(text, sitesElsewhere, "sites left out: in other members' scopes");
        line(text, sitesNotPlaced, "sites not placed");
        refused.forEach(each -> text.append("  refused, and nothing of it imported: ")
                .append(each.document())
                .append(": ")
                .append(each.why())
                .append('\n'));
        warnings.forEach(
                warning -> text.append("  warning: ").append(warning.toText()).append('\n'));
        return text.toString();
    }

    private static void line(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append("  ").append(count).append(' ').append(what).append('\n');
        }
    }
}
