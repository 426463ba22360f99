/** The node's RocksDB database: the only code that knows of RocksDB, and the whole schema on one screen ({@link Columns}). */
@NullMarked
package se.samsyn.node.store;

import org.jspecify.annotations.NullMarked;
