/** The federation root: who belongs to a network, with which keys and places, and what the network agreed on. */
@NullMarked
package se.samsyn.protocol.root;

import org.jspecify.annotations.NullMarked;
