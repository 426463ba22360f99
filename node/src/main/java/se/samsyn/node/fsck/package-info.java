/** Verification of a stopped node's store: everything in it follows from what members signed, or is named as a fault. */
@NullMarked
package se.samsyn.node.fsck;

import org.jspecify.annotations.NullMarked;
