/** Logs as they are held in the store, and the node's own log: its sequencer, and the publication of its checkpoints. */
@NullMarked
package se.samsyn.node.log;

import org.jspecify.annotations.NullMarked;
