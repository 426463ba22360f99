/**
 * What follows from national figures by calculation: rates, changes, inequality. Pure functions of numbers, which carry the doubt of their
 * inputs along: from intervals follow intervals, and what cannot be said is not said.
 */
@NullMarked
package se.samsyn.protocol.statistic;

import org.jspecify.annotations.NullMarked;
