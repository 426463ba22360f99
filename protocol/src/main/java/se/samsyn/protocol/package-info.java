/** The values that every other package is made of: hashes, strict base64, and the two ways in which input is refused. */
@NullMarked
package se.samsyn.protocol;

import org.jspecify.annotations.NullMarked;
