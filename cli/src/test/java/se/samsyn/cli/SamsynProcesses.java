package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * The command {@code samsyn} as processes of the operating system. What they print is kept, and shown if a test fails; none of them
 * outlives its test class.
 */
final class SamsynProcesses implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {
    private static final long PATIENCE_SECONDS = 120;
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;

    private final Thread killer = new Thread(this::killAll, "kill-samsyn");
    private final Map<String, Process> running = new TreeMap<>();
    private final List<Path> outputs = new ArrayList<>();
    private Path directory = Path.of("");
    private String classPath = "";
    private Path archive = Path.of("");

    @Override
    public void beforeAll(ExtensionContext test) throws IOException {
        directory = Files.createTempDirectory("samsyn-processes");
        archive = directory.resolve("classes.jsa");
        classPath = jars();
        unpackDatabase();
        Runtime.getRuntime().addShutdownHook(killer);
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        if (test.getExecutionException().isPresent()) {
            outputs.stream()
                    .filter(output -> output.toFile().length() > 0)
                    .forEach(output -> System.out.printf("---- %s%n%s%n", output.getFileName(), read(output)));
        }
    }

    @Override
    public void afterAll(ExtensionContext test) throws IOException {
        killAll();
        Runtime.getRuntime().removeShutdownHook(killer);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Starts a command that goes on, under a name that no running one has. */
    void start(String name, String... arguments) {
        start(Samsyn.class, name, arguments);
    }

    /** As {@link #start(String, String...)}, of another program than the command. */
    void start(Class<?> program, String name, String... arguments) {
        synchronized (running) {
            assertThat(running).doesNotContainKey(name);
            running.put(name, spawn(program, name, shared(), arguments).process());
        }
    }

    /**
     * Starts a command that goes on, tells it to end once it is up, and keeps the classes that it loaded as every later process's start:
     * what is started a hundred times is started a third quicker.
     */
    void rehearse(Supplier<Boolean> isUp, String... arguments) throws InterruptedException {
        Spawned spawned = spawn(Samsyn.class, "rehearsal", "-XX:ArchiveClassesAtExit=" + archive, arguments);
        try {
            await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(isUp::get);
            spawned.process.destroy();
            assertThat(spawned.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("it ends when it is told to")
                    .isTrue();
        } finally {
            spawned.process.destroyForcibly();
        }
    }

    /** The database's own code, which every process would unpack for itself at each start. */
    private void unpackDatabase() throws IOException {
        String library = Environment.getJniLibraryFileName("rocksdb");
        try (InputStream packed =
                Objects.requireNonNull(RocksDB.class.getClassLoader().getResourceAsStream(library), library)) {
            Files.copy(packed, directory.resolve(library));
        }
    }

    /** The class path without folders: of those no classes can be kept. */
    private String jars() throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            entries.add(Files.isDirectory(path) ? jar(path).toString() : entry);
        }
        return String.join(File.pathSeparator, entries);
    }

    private Path jar(Path folder) throws IOException {
        Path jar = Files.createTempFile(directory, "classes", ".jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.skip(1).toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (Files.isDirectory(file)) {
                    out.putNextEntry(new ZipEntry(name + "/"));
                } else {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(file, out);
                }
            }
        }
        return jar;
    }

    /** Tells whether a process was started, and neither killed nor waited for. */
    boolean isStarted(String name) {
        synchronized (running) {
            return running.containsKey(name);
        }
    }

    /** Waits until a process ends by itself, and forgets it. */
    int awaitExit(String name) throws InterruptedException {
        Process process = process(name);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("%s has ended by itself", name)
                .isTrue();
        synchronized (running) {
            running.remove(name);
        }
        return process.exitValue();
    }

    /** Waits for some time; true if the process has not ended by itself. */
    boolean outlives(String name, long millis) throws InterruptedException {
        return !process(name).waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Writes a line to a process's standard input, if there is such a process. */
    void tell(String name, String line) {
        Process process;
        synchronized (running) {
            process = running.get(name);
        }
        try {
            if (process != null) {
                process.getOutputStream().write((line + "\n").getBytes(UTF_8));
                process.getOutputStream().flush();
            }
        } catch (IOException e) {
            // it has just ended
        }
    }

    private Process process(String name) {
        synchronized (running) {
            return running.get(name);
        }
    }

    /** Kills without a warning (SIGKILL), and waits until the process is gone. */
    void kill(String name) throws InterruptedException {
        Process process;
        synchronized (running) {
            process = running.remove(name);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("%s has been killed", name)
                .isTrue();
    }

    /** Tells whether a command that was started, and not killed, has ended. */
    boolean hasLostOne() {
        synchronized (running) {
            return running.values().stream().anyMatch(process -> !process.isAlive());
        }
    }

    /** Runs a command to its end. */
    CommandRun run(String... arguments) throws InterruptedException {
        Spawned spawned = spawn(Samsyn.class, arguments[0], shared(), arguments);
        try {
            assertThat(spawned.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("samsyn %s has ended", String.join(" ", arguments))
                    .isTrue();
        } finally {
            spawned.process.destroyForcibly();
        }
        return new CommandRun(spawned.process.exitValue(), read(spawned.out), read(spawned.err));
    }

    private record Spawned(Process process, Path out, Path err) {}

    private String shared() {
        return Files.exists(archive) ? "-XX:SharedArchiveFile=" + archive : "-Xshare:auto";
    }

    private Spawned spawn(Class<?> program, String name, String sharing, String... arguments) {
        Path temporary = temporary(name);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                sharing,
                // these live for seconds: what compiles quickly is quicker
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + temporary,
                "-Djava.library.path=" + directory,
                program.getName()));
        command.addAll(List.of(arguments));
        Path out = output(name, "out");
        Path err = output(name, "err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new Spawned(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path temporary(String name) {
        try {
            return Files.createDirectories(directory.resolve("temporary").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output(String name, String stream) {
        synchronized (outputs) {
            Path file = directory.resolve(String.format("%02d-%s.%s", outputs.size() / 2 + 1, name, stream));
            outputs.add(file);
            return file;
        }
    }

    private void killAll() {
        synchronized (running) {
            running.values().forEach(Process::destroyForcibly);
            running.clear();
        }
    }

    /** Free ports below those that the system gives to outgoing connections: a node that was killed finds its own free again. */
    static List<Integer> freePorts(int count) {
        List<Integer> ports = new ArrayList<>();
        int from = FIRST_PORT + (int) (ProcessHandle.current().pid() * 31 % (LAST_PORT - FIRST_PORT - 1_000));
        for (int port = from; ports.size() < count && port < LAST_PORT; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                ports.add(socket.getLocalPort());
            } catch (IOException e) {
                // somebody has it
            }
        }
        assertThat(ports).hasSize(count);
        return ports;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
