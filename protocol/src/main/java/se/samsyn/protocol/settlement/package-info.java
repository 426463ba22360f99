/**
 * What two members settle with one another: invoice lines that only they see, signed by both, matched one by one, and the fewest payments
 * that settle what all owe.
 */
@NullMarked
package se.samsyn.protocol.settlement;

import org.jspecify.annotations.NullMarked;
