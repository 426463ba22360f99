package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The command {@code samsyn} as processes of the operating system. What they print is kept, and shown if a test fails; none of them
 * outlives its test class.
 */
final class SamsynProcesses implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {
    private static final long PATIENCE_SECONDS = 120;

    private final Thread killer = new Thread(this::killAll, "kill-samsyn");
    private final Map<String, Process> running = new TreeMap<>();
    private final List<Path> outputs = new ArrayList<>();
    private Path directory = Path.of("");

    @Override
    public void beforeAll(ExtensionContext test) throws IOException {
        directory = Files.createTempDirectory("samsyn-processes");
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
        outputs.forEach(output -> output.toFile().delete());
        Files.delete(directory);
    }

    /** Starts a command that goes on, under a name that no running one has. */
    void start(String name, String... arguments) {
        synchronized (running) {
            assertThat(running).doesNotContainKey(name);
            running.put(name, spawn(name, arguments).process());
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
        Spawned spawned = spawn(arguments[0], arguments);
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

    private Spawned spawn(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                // these live for seconds: what compiles quickly is quicker
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                Samsyn.class.getName()));
        command.addAll(List.of(arguments));
        Path out = output(name, "out");
        Path err = output(name, "err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new Spawned(process, out, err);
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

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
