/** From the private side to the log: drafts become summaries, with a fresh salt and the publisher's signature. */
@NullMarked
package se.samsyn.node.release;

import org.jspecify.annotations.NullMarked;
