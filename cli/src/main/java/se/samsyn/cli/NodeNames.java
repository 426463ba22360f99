package se.samsyn.cli;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names of nodes as tables show them: the first part alone, where that tells them apart. */
final class NodeNames {
    private final Map<String, String> shown = new HashMap<>();

    /** @param nodes all that a table shows */
    NodeNames(Collection<String> nodes) {
        Set<String> different = new HashSet<>(nodes);
        Map<String, Integer> firsts = new HashMap<>();
        different.forEach(node -> firsts.merge(first(node), 1, Integer::sum));
        different.forEach(node -> shown.put(node, firsts.getOrDefault(first(node), 0) == 1 ? first(node) : node));
    }

    String of(String node) {
        return shown.getOrDefault(node, node);
    }

    private static String first(String node) {
        int dot = node.indexOf('.');
        return dot < 1 ? node : node.substring(0, dot);
    }
}
