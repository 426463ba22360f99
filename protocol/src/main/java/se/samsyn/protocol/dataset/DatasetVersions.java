package se.samsyn.protocol.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;

/**
 * The versions of one dataset's definition that are kept: the newest, by which is released and asked, and the older ones, by which is read
 * what was released under them.
 */
public final class DatasetVersions {
    private final Map<Hash, DatasetDefinition> byHash = new LinkedHashMap<>();
    private final DatasetDefinition newest;
    private final Hash newestHash;

    private DatasetVersions(List<DatasetDefinition> versions) {
        List<DatasetDefinition> newestFirst = versions.stream()
                .sorted(Comparator.comparingInt(DatasetDefinition::version).reversed())
                .toList();
        newestFirst.forEach(definition -> byHash.put(definition.hash(), definition));
        for (int i = 1; i < newestFirst.size(); i++) {
            DatasetDefinition one = newestFirst.get(i);
            if (one.version() == newestFirst.get(i - 1).version()) {
                throw new MalformedException("dataset " + one.dataset() + " has two definitions of version "
                        + one.version() + ": a definition that differs has a version of its own");
            }
        }
        newest = newestFirst.get(0);
        newestHash = byHash.keySet().iterator().next();
    }

    /**
     * Sorts definitions by their datasets.
     *
     * @throws MalformedException if two of a dataset have the same version
     */
    public static SortedMap<String, DatasetVersions> of(Collection<DatasetDefinition> definitions) {
        SortedMap<String, List<DatasetDefinition>> byName = new TreeMap<>();
        definitions.forEach(definition -> byName.computeIfAbsent(definition.dataset(), name -> new ArrayList<>())
                .add(definition));
        SortedMap<String, DatasetVersions> versions = new TreeMap<>();
        byName.forEach((name, all) -> versions.put(name, new DatasetVersions(all)));
        return versions;
    }

    /** The newest version of each dataset, in the order of their names. */
    public static List<DatasetDefinition> newestOf(Collection<DatasetDefinition> definitions) {
        return of(definitions).values().stream().map(DatasetVersions::newest).toList();
    }

    /** The newest version. */
    public DatasetDefinition newest() {
        return newest;
    }

    /** The hash of the newest version. */
    public Hash newestHash() {
        return newestHash;
    }

    /** The version with a hash, if it is kept. */
    public Optional<DatasetDefinition> get(Hash definition) {
        return Optional.ofNullable(byHash.get(definition));
    }

    /** The hashes of all versions, the newest first. */
    public List<Hash> hashes() {
        return List.copyOf(byHash.keySet());
    }

    /** The hash of a version that is kept. */
    public Hash hash(int version) {
        return byHash.entrySet().stream()
                .filter(entry -> entry.getValue().version() == version)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(newest.dataset() + " has no version " + version))
                .getKey();
    }
}
