/** From records to raw tables, on the private side: what is made here leaves the node only through {@code protect}. */
@NullMarked
package se.samsyn.node.tabulate;

import org.jspecify.annotations.NullMarked;
