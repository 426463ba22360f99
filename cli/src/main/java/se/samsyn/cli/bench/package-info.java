/** Measurements of the production classes beside what they are compared with, in turns within one run. */
@NullMarked
package se.samsyn.cli.bench;

import org.jspecify.annotations.NullMarked;
