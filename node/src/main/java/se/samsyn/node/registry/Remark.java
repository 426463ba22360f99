package se.samsyn.node.registry;

/**
 * Something in a document that is not in what was read from it.
 *
 * @param field the field of the document, as a path that people can follow
 * @param value what stands there; empty for everything that might name a person
 * @param meaning what became of it
 */
public record Remark(String field, String value, String meaning) {}
