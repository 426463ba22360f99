/** The auditor's commands, which rest on {@code se.samsyn.protocol} alone: they also come as a jar without a node in it. */
@NullMarked
package se.samsyn.cli.audit;

import org.jspecify.annotations.NullMarked;
