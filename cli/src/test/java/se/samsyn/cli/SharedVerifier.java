package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import se.samsyn.protocol.Hash;

/**
 * A verifier of exported logs that shares no code with this project, where it lies beside it: {@code samsyn.shared}, by default {@code
 * ../../shared}. Where it does not, or cannot run, one line says so, and with {@code SAMSYN_REQUIRE_SHARED=true} the test fails.
 */
final class SharedVerifier {
    private static final Path PROGRAM =
            Path.of(System.getProperty("samsyn.shared", "../../shared"), "verify", "run.sh");
    private static final boolean REQUIRED = "true".equals(System.getenv("SAMSYN_REQUIRE_SHARED"));
    private static final int COULD_NOT_CHECK = 2;

    private SharedVerifier() {}

    /**
     * Has an export verified.
     *
     * @param export a folder as {@code samsyn demo --out} leaves it
     */
    static void verify(Path export, Hash root) throws IOException, InterruptedException {
        if (!Files.exists(PROGRAM)) {
            skipped("there is no " + PROGRAM);
            return;
        }
        Process process = new ProcessBuilder(
                        PROGRAM.toAbsolutePath().toString(),
                        export.toAbsolutePath().toString(),
                        root.toHex())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() == COULD_NOT_CHECK) {
            skipped(said.strip());
            return;
        }
        assertThat(process.exitValue()).as(said).isZero();
        System.out.println("independent verification: "
                + said.strip().lines().reduce((a, b) -> b).orElse(""));
    }

    private static void skipped(String why) {
        String message = "independent verification skipped: " + why + " (set -Dsamsyn.shared=FOLDER)";
        if (REQUIRED) {
            fail(message);
        }
        System.out.println(message);
    }
}
