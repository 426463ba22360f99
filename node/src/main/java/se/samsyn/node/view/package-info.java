/** The national picture, kept merged as quorum-covered summaries arrive. */
@NullMarked
package se.samsyn.node.view;

import org.jspecify.annotations.NullMarked;
