/**
 * Private: a region's own trials, sites and cost items, how they are imported, and how tabulation reads them. Nothing
 * that serves, mirrors or merges may name a type from here.
 */
@NullMarked
package se.samsyn.node.record;

import org.jspecify.annotations.NullMarked;
