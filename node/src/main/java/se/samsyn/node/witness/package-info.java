/** The node as a witness: it cosigns the checkpoints of logs whose every entry and body it holds. */
@NullMarked
package se.samsyn.node.witness;

import org.jspecify.annotations.NullMarked;
