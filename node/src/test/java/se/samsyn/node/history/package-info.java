/** Generated histories: real parts of nodes on one thread, under a virtual clock, in an order that a seed chooses. */
@NullMarked
package se.samsyn.node.history;

import org.jspecify.annotations.NullMarked;
