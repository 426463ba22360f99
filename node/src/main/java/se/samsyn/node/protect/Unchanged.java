package se.samsyn.node.protect;

/**
 * There is nothing new to say: the records come to what the newest of the earlier revisions says.
 *
 * @param draft that content, for who wants it explained or, after a retraction, released again
 */
public record Unchanged(Draft draft) implements Protection {}
