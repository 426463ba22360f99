/** The command line: one class a command; {@link se.samsyn.cli.Samsyn} is where it begins. */
@NullMarked
package se.samsyn.cli;

import org.jspecify.annotations.NullMarked;
