package se.samsyn.node.record;

import java.util.List;

/**
 * One row of a CSV file.
 *
 * @param line the line on which the row starts, from 1
 * @param flaw what is wrong with how the row is written; empty if nothing is
 */
record CsvLine(long line, List<String> cells, String flaw) {}
