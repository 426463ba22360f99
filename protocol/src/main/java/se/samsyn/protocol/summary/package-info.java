/**
 * Summaries: one member's values for one dataset and period, as bytes and as values in which no unsafe count can stand.
 */
@NullMarked
package se.samsyn.protocol.summary;

import org.jspecify.annotations.NullMarked;
