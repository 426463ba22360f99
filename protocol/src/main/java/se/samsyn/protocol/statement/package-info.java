/** Statements: what the entries of a log say, and the signed envelope that carries one. */
@NullMarked
package se.samsyn.protocol.statement;

import org.jspecify.annotations.NullMarked;
