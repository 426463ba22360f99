package se.samsyn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import se.samsyn.cli.demo.Demo;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.setup.SetupException;

/** {@code samsyn demo}: a whole network in one process, from imported records to the national view. */
@Command(
        name = "demo",
        description = {
            "Run a whole network in one process and show the national view.",
            "Seven nodes import real trials and synthetic costs, release, exchange and cosign summaries over TLS, and agree."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without --once the nodes keep running until they are stopped, and their addresses are printed.",
            "Example: samsyn demo --once --out demo-out"
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--once", description = "End as soon as the national view is shown.")
    private boolean once;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Leave in this new folder what anybody can verify: the federation root, policies, every log as"
                            + " served, and the views.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path target = out;
        if (target != null && Files.exists(target)) {
            throw new ParameterException(
                    spec.commandLine(), "--out: " + target + " exists already and is not overwritten");
        }
        if (target != null) {
            // now, and not after a minute's work
            makeFolder(target);
        }
        PrintWriter print = spec.commandLine().getOut();
        Path work = Files.createTempDirectory("samsyn-demo");
        CountDownLatch stop = new CountDownLatch(1);
        Ending ending = new Ending(new Demo(work, InstantSource.system(), print), work);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.countDown();
                            ending.run();
                        },
                        "stop"));
        try {
            ending.demo.run();
            if (target != null) {
                ending.demo.export(target);
            }
            if (!once) {
                ending.demo.printAddresses();
                stop.await();
            }
        } finally {
            ending.run();
        }
        return 0;
    }

    /** Stops the nodes and deletes their files, once, whoever comes first: the end of the story or a signal. */
    private static final class Ending {
        private final Demo demo;
        private final Path work;
        private boolean over;

        Ending(Demo demo, Path work) {
            this.demo = demo;
            this.work = work;
        }

        synchronized void run() {
            if (!over) {
                over = true;
                demo.close();
                delete(work);
            }
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new SetupException("--out: cannot make the folder " + folder + ": " + FileTrouble.reason(e), e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new SetupException("cannot delete " + folder + ": " + FileTrouble.reason(e), e);
        }
    }
}
