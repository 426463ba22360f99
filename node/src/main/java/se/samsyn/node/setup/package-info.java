/** How a node comes to be: its keys, configuration and member lines; the first federation root; joining a network. */
@NullMarked
package se.samsyn.node.setup;

import org.jspecify.annotations.NullMarked;
