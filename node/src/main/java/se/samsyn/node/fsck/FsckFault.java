package se.samsyn.node.fsck;

/**
 * Something in a store that is not as it must be.
 *
 * @param where which part of the store
 * @param what is wrong with it
 * @param next what the operator does about it
 */
public record FsckFault(String where, String what, String next) {
    @Override
    public String toString() {
        return where + ": " + what + ". " + next;
    }
}
