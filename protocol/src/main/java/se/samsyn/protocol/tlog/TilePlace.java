package se.samsyn.protocol.tlog;

/** Where a tile is, however wide. */
record TilePlace(int level, long index) {}
