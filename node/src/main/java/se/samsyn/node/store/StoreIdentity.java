package se.samsyn.node.store;

import se.samsyn.protocol.Hash;

/** Whose store it is: the node's name, and the network by the hash of its federation root's first version. */
public record StoreIdentity(String node, Hash network) {}
