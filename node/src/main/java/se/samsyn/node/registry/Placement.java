package se.samsyn.node.registry;

import java.util.Optional;

/** Where a site lies, or why that is not known. */
public sealed interface Placement {
    /** The place's code; empty unless the site was placed in Sweden. */
    default Optional<String> place() {
        return Optional.empty();
    }

    /**
     * In a place of the network's list.
     *
     * @param code for example {@code 12}, or {@code 1383} in Halland
     */
    record InSweden(String code) implements Placement {
        @Override
        public Optional<String> place() {
            return Optional.of(code);
        }
    }

    /** In another country. */
    record Abroad(String country) implements Placement {}

    /**
     * Nobody can tell where.
     *
     * @param why for people
     */
    record NotPlaced(String why) implements Placement {}
}
