package se.samsyn.node.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which registry numbers name the same trial: rows that share one are one trial, also by way of a third. */
final class Aliases {
    private final Map<String, String> parents = new HashMap<>();

    private Aliases() {}

    /** For every number the smallest number of its trial. */
    static Map<String, String> smallest(List<List<String>> trials) {
        Aliases aliases = new Aliases();
        trials.forEach(names -> names.forEach(name -> aliases.join(names.get(0), name)));
        Map<String, String> smallest = new HashMap<>();
        aliases.parents.keySet().forEach(name -> smallest.put(name, aliases.root(name)));
        return smallest;
    }

    private void join(String one, String other) {
        String oneRoot = root(one);
        String otherRoot = root(other);
        if (oneRoot.compareTo(otherRoot) <= 0) {
            parents.put(otherRoot, oneRoot);
        } else {
            parents.put(oneRoot, otherRoot);
        }
    }

    private String root(String name) {
        String root = name;
        String parent = parents.getOrDefault(root, root);
        while (!parent.equals(root)) {
            root = parent;
            parent = parents.getOrDefault(root, root);
        }
        return root;
    }
}
