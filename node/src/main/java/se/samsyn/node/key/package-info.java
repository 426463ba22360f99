/** The node's private keys, each for one purpose, in one encrypted PKCS#12 file. */
@NullMarked
package se.samsyn.node.key;

import org.jspecify.annotations.NullMarked;
