/** The demo network: seven nodes in one process, on real trials and clearly labelled synthetic costs. */
@NullMarked
package se.samsyn.cli.demo;

import org.jspecify.annotations.NullMarked;
