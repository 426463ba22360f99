package se.samsyn.node.store;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.StringAppendOperator;
import org.rocksdb.WALRecoveryMode;

/** How the database of a store is opened; it must be closed after the database. */
final class DatabaseOptions implements AutoCloseable {
    /** About so many bytes a start after a kill reads again; with fewer, tables are written more often, and appends wait for that. */
    private static final long MAX_WRITE_AHEAD_LENGTH = 256L << 20;

    private final DBOptions database;
    private final StringAppendOperator appending = new StringAppendOperator("");
    private final ColumnFamilyOptions column = new ColumnFamilyOptions().setMergeOperator(appending);
    // a body must be found in the files that it is in, for a test to tell that it has left them
    private final ColumnFamilyOptions body =
            new ColumnFamilyOptions().setMergeOperator(appending).setCompressionType(CompressionType.NO_COMPRESSION);

    /**
     * Makes them.
     *
     * @param create what is not there yet, database and columns
     */
    DatabaseOptions(boolean create) {
        database = new DBOptions()
                .setCreateIfMissing(create)
                .setCreateMissingColumnFamilies(create)
                .setMaxTotalWalSize(MAX_WRITE_AHEAD_LENGTH)
                // a store has few tables: opening them one after the other takes less time than making threads for it
                .setMaxFileOpeningThreads(1)
                // a write that a kill cut short ends the log; a record that is damaged before that is never passed over
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords);
    }

    DBOptions database() {
        return database;
    }

    /** All columns, the one that every database has first. */
    List<ColumnFamilyDescriptor> columns() {
        List<ColumnFamilyDescriptor> columns = new ArrayList<>();
        columns.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, column));
        Columns.ALL.forEach(each -> columns.add(
                new ColumnFamilyDescriptor(Codec.TEXT.encode(each.name()), each.equals(Columns.BODY) ? body : column)));
        return columns;
    }

    @Override
    public void close() {
        column.close();
        body.close();
        appending.close();
        database.close();
    }
}
