/** The configuration of a node: every key in one record, every mistake in one message. */
@NullMarked
package se.samsyn.node.config;

import org.jspecify.annotations.NullMarked;
