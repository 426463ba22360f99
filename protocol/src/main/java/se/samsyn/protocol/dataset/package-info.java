/**
 * What a network agrees to count: dataset definitions with their code lists, periods, tables, and the numbers that name
 * a trial.
 */
@NullMarked
package se.samsyn.protocol.dataset;

import org.jspecify.annotations.NullMarked;
