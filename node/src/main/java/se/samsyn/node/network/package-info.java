/** What the network agrees on, as files: dataset definitions, code lists, and the vocabularies that map registries' words to them. */
@NullMarked
package se.samsyn.node.network;

import org.jspecify.annotations.NullMarked;
