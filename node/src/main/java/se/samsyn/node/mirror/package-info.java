/** Peers' logs as verified copies: pulled, checked against their checkpoints, kept, and served on. */
@NullMarked
package se.samsyn.node.mirror;

import org.jspecify.annotations.NullMarked;
