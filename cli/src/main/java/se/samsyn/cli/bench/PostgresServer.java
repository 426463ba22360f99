package se.samsyn.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own with its settings as they come, in a temporary folder, on a Unix socket there and no network. As it
 * refuses to run as root, there it runs as the system's user {@code postgres}.
 */
final class PostgresServer implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final long START_SECONDS = 60;
    private static final Pattern TIME = Pattern.compile("Time: ([0-9.]+) ms");

    /** There is no server, or it does not run. */
    static final class NotThereException extends Exception {
        private static final long serialVersionUID = 1L;

        NotThereException(String message) {
            super(message);
        }
    }

    private final Path binaries;
    private final Path folder;
    private final List<String> asUser;

    private PostgresServer(Path binaries, Path folder, List<String> asUser) {
        this.binaries = binaries;
        this.folder = folder;
        this.asUser = asUser;
    }

    /**
     * Starts one.
     *
     * @param named the folder of its programs; else the newest version in Debian's place
     * @param folder is made, in one that others may look into then, and whoever asks deletes it after {@link #close}
     * @throws NotThereException if there is none, saying what to do
     */
    static PostgresServer start(Optional<Path> named, Path folder)
            throws NotThereException, IOException, InterruptedException {
        Path binaries = named.or(PostgresServer::find)
                .filter(found -> Files.isExecutable(found.resolve("initdb")))
                .orElseThrow(() -> new NotThereException("there is no PostgreSQL server"
                        + named.map(given -> " in " + given).orElse(" in " + DEBIAN)
                        + ": install it (`apt-get install postgresql`), or name the folder of initdb with --postgres"));
        Files.createDirectory(folder);
        for (Path each : List.of(folder, folder.resolveSibling("."))) {
            // the server reads there as a user of its own
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        boolean isRoot = System.getProperty("user.name").equals("root");
        if (isRoot) {
            run(List.of("chown", "postgres", folder.toString()));
        }
        PostgresServer server = new PostgresServer(
                binaries,
                folder,
                isRoot
                        ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--")
                        : List.of());
        server.program("initdb", "-D", server.data(), "-U", "samsyn", "-A", "trust", "-E", "UTF8", "--no-locale");
        // its messages go to a file, so that nothing waits for them to be read
        server.program(
                "pg_ctl",
                "-D",
                server.data(),
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-k " + folder + " -c listen_addresses=''",
                "-w",
                "-t",
                Long.toString(START_SECONDS),
                "start");
        return server;
    }

    /** Its version, in one line. */
    String version() throws NotThereException, IOException, InterruptedException {
        return program("postgres", "--version").strip();
    }

    /**
     * Runs one statement after the other, each in a transaction of its own.
     *
     * @return how long each took, in milliseconds, as its own client measures it
     */
    List<Double> run(String... statements) throws NotThereException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(binaries.resolve("psql").toString(), "-X", "-v", "ON_ERROR_STOP=1", "-h", folder.toString()));
        command.addAll(List.of("-U", "samsyn", "-d", "postgres", "-c", "\\timing on"));
        for (String statement : statements) {
            command.addAll(List.of("-c", statement));
        }
        Matcher times = TIME.matcher(run(command));
        List<Double> millis = new ArrayList<>();
        while (times.find()) {
            millis.add(Double.parseDouble(times.group(1)));
        }
        return millis;
    }

    @Override
    public void close() throws NotThereException {
        try {
            program("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotThereException("interrupted while the server stopped");
        } catch (IOException e) {
            throw new NotThereException("the server could not be stopped: " + e.getMessage());
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private String program(String name, String... arguments)
            throws NotThereException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(asUser);
        command.add(binaries.resolve(name).toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static Optional<Path> find() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                    .max(Comparator.comparingInt(PostgresServer::version));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int version(Path binaries) {
        String name = String.valueOf(binaries.getName(binaries.getNameCount() - 2));
        return name.matches("[0-9]{1,3}") ? Integer.parseInt(name) : 0;
    }

    private static String run(List<String> command) throws NotThereException, IOException, InterruptedException {
        Path output = Files.createTempFile("samsyn-bench-", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(Path.of("/").toFile())
                    .start();
            process.getOutputStream().close();
            int exitCode = process.waitFor();
            String answer = Files.readString(output, StandardCharsets.UTF_8);
            if (exitCode != 0) {
                throw new NotThereException("`" + command.get(0) + "` ends with " + exitCode + ": "
                        + answer.strip().replace('\n', ' '));
            }
            return answer;
        } catch (IOException e) {
            throw new NotThereException("`" + command.get(0) + "` cannot be run: " + e.getMessage());
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
