package se.samsyn.node.restore;

/** Is told how far a long piece of work has come. */
public interface Progress {
    /** Nobody looks. */
    Progress NONE = (what, done, total) -> {};

    /** So many of all are done; {@code total} is 0 where it is not known. */
    void at(String what, long done, long total);
}
