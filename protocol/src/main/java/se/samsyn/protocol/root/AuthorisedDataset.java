package se.samsyn.protocol.root;

import se.samsyn.protocol.Hash;

/**
 * A definition that the network agreed on.
 *
 * @param name of the dataset
 * @param definition SHA-256 of the definition with its code lists, in canonical JSON
 */
public record AuthorisedDataset(String name, Hash definition) {}
