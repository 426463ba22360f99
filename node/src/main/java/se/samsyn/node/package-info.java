/** A region's node, from its private records to the national views; {@link se.samsyn.node.Node} wires it. */
@NullMarked
package se.samsyn.node;

import org.jspecify.annotations.NullMarked;
