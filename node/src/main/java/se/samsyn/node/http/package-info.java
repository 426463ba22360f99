/** The two listeners and their routes, which are thin: they parse, call, and answer. */
@NullMarked
package se.samsyn.node.http;

import org.jspecify.annotations.NullMarked;
