package se.samsyn.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code openssl speed ed25519} finds on one core. */
final class OpensslSpeed {
    private static final Pattern RESULT =
            Pattern.compile("EdDSA \\(Ed25519\\) +[0-9.]+s +[0-9.]+s +[0-9.]+ +([0-9.]+)");

    /** There is no such program, or it does not measure Ed25519. */
    static final class NotThereException extends Exception {
        private static final long serialVersionUID = 1L;

        NotThereException(String message) {
            super(message);
        }
    }

    private final String program;

    OpensslSpeed(String program) {
        this.program = program;
    }

    /** Its version, in one line. */
    String version() throws NotThereException, InterruptedException {
        return run(List.of(program, "version")).strip();
    }

    /** Verifications a second of processor time, over so many seconds. */
    double verifiesPerSecond(int seconds) throws NotThereException, InterruptedException {
        String answer = run(List.of(program, "speed", "-seconds", Integer.toString(seconds), "ed25519"));
        Matcher result = RESULT.matcher(answer);
        if (!result.find()) {
            throw new NotThereException("`" + program + " speed ed25519` prints no line for EdDSA (Ed25519)");
        }
        return Double.parseDouble(result.group(1));
    }

    private static String run(List<String> command) throws NotThereException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new NotThereException("`" + String.join(" ", command) + "` ends with " + exitCode + ": "
                        + answer.lines().findFirst().orElse("nothing printed"));
            }
            return answer;
        } catch (IOException e) {
            throw new NotThereException(
                    "`" + command.get(0) + "` cannot be run: name the program with --openssl, or install it");
        }
    }
}
