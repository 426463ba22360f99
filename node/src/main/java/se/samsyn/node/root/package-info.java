/** The versions of the federation root that the node has accepted, and how it hears of the next. */
@NullMarked
package se.samsyn.node.root;

import org.jspecify.annotations.NullMarked;
