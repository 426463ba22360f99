/** How nodes reach each other: TLS 1.3 with keys pinned in the federation root, and a client with bounds on all that it reads. */
@NullMarked
package se.samsyn.node.peer;

import org.jspecify.annotations.NullMarked;
