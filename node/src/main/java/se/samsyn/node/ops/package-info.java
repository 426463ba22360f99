/** What keeps a node in operation: measurements for those who watch it. */
@NullMarked
package se.samsyn.node.ops;

import org.jspecify.annotations.NullMarked;
