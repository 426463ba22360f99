/**
 * Settlement with other members, on the private side: invoice lines out of the region's own records go to the one counterpart that they
 * concern, over the peer connection, and to nobody else.
 */
@NullMarked
package se.samsyn.node.settlement;

import org.jspecify.annotations.NullMarked;
