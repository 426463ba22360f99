package se.samsyn.protocol.view;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.DatasetVersions;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.SummaryStatement;

/** The pictures of all datasets that are kept, each with the versions of its definition that the federation root authorises. */
final class DatasetPictures {
    private final FederationRoot root;
    private final SortedMap<String, DatasetPicture> byName = new TreeMap<>();

    /**
     * Empty pictures.
     *
     * @throws RefutedException if the root does not authorise a definition
     * @throws MalformedException if two definitions of one dataset have the same version
     */
    DatasetPictures(FederationRoot root, Collection<DatasetDefinition> definitions) {
        this.root = root;
        DatasetVersions.of(definitions).forEach((name, versions) -> {
            for (Hash hash : versions.hashes()) {
                if (!root.authorises(name, hash)) {
                    throw new RefutedException(
                            "the federation root does not authorise the definition " + hash + " of dataset " + name);
                }
            }
            byName.put(name, new DatasetPicture(versions));
        });
    }

    /** The names of the datasets, sorted. */
    Set<String> names() {
        return new TreeSet<>(byName.keySet());
    }

    /** The pictures in the order of their names. */
    Collection<DatasetPicture> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    Optional<DatasetPicture> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws MalformedException if there is none of that name, saying which there are */
    DatasetPicture require(String name) {
        return find(name)
                .orElseThrow(() -> new MalformedException(
                        "there is no dataset \"" + name + "\"; there is " + String.join(", ", byName.keySet())));
    }

    /** The version of any dataset's definition that has this hash. */
    Optional<DatasetDefinition> definition(Hash hash) {
        return byName.values().stream()
                .flatMap(dataset -> dataset.versions().get(hash).stream())
                .findFirst();
    }

    /** Why a summary cannot count whatever its log says, or nothing if it can. */
    Optional<String> inadmissible(SummaryStatement summary) {
        if (!root.authorises(summary.dataset(), summary.definition())) {
            return Optional.of("the federation root does not authorise its definition " + summary.definition());
        }
        Optional<DatasetDefinition> definition =
                find(summary.dataset()).flatMap(dataset -> dataset.versions().get(summary.definition()));
        if (definition.isEmpty()) {
            return Optional.of("its definition " + summary.definition() + " is not kept here");
        }
        return definition.get().period().has(summary.period())
                ? Optional.empty()
                : Optional.of("the dataset has no period " + summary.period());
    }
}
