package se.samsyn.cli.bench;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A DuckDB in memory, from a JDBC driver that is no part of this program: with its library it is larger than all of it. */
final class DuckDb implements AutoCloseable {
    private static final String DRIVER = "org.duckdb.DuckDBDriver";

    private final URLClassLoader loader;
    private final Connection connection;

    private DuckDb(URLClassLoader loader, Connection connection) {
        this.loader = loader;
        this.connection = connection;
    }

    /**
     * Opens an empty one.
     *
     * @param driver {@code duckdb_jdbc.jar}
     * @throws IllegalArgumentException if it is not that
     */
    static DuckDb open(Path driver) throws Exception {
        if (!Files.isReadable(driver)) {
            throw new IllegalArgumentException("--duckdb: there is no file " + driver);
        }
        URLClassLoader loader = new URLClassLoader(new URL[] {driver.toUri().toURL()});
        try {
            Driver found =
                    (Driver) loader.loadClass(DRIVER).getDeclaredConstructor().newInstance();
            return new DuckDb(loader, found.connect("jdbc:duckdb:", new Properties()));
        } catch (ReflectiveOperationException | SQLException e) {
            loader.close();
            throw new IllegalArgumentException(
                    "--duckdb: " + driver + " is no JDBC driver of DuckDB: " + e.getMessage(), e);
        }
    }

    String version() throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion();
    }

    /** Runs a statement, and reads all rows of its answer. */
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet answer = statement.getResultSet()) {
                    while (answer.next()) {
                        var unused = answer.getObject(1);
                    }
                }
            }
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        connection.close();
        loader.close();
    }
}
