package se.samsyn.protocol.view;

import se.samsyn.protocol.Hash;

/**
 * A summary in its place in a log, as one link in the chain of releases for one dataset and period.
 *
 * @param leafHash of its entry, by which the next release names it
 * @param definition hash of the version of the definition that it was made under
 * @param sha256 of its body
 * @param length of its body in bytes
 * @param retracted whether a later entry withdrew it
 */
record Release(Hash leafHash, Hash definition, Hash sha256, long length, boolean retracted) {
    Release asRetracted() {
        return new Release(leafHash, definition, sha256, length, true);
    }
}
