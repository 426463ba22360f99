package se.samsyn.protocol.summary;

/**
 * A published cell: its position in the table (see {@link se.samsyn.protocol.dataset.TableShape}) and its exact values.
 *
 * @param position the index of the cell, from zero
 * @param values one for each measure of the table
 */
public record Cell(int position, Values values) {}
