package se.samsyn.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;

/**
 * {@code audit verify} gives the verdict of a verifier that shares no code with this project, on every sample that its generator makes, and
 * names the same fault: {@code audit-samples.tsv} says which words of theirs are which of ours, and why the two differ where they do.
 *
 * <p>They lie in {@code verify/} of {@code samsyn.shared}, by default {@code ../../shared}. Where they do not, or Go is not installed,
 * one line
 * says so, and with {@code SAMSYN_REQUIRE_SHARED=true} the test fails.
 */
class AuditSamplesTest {
    private static final Path PROGRAMS = Path.of(System.getProperty("samsyn.shared", "../../shared"), "verify");
    private static final boolean REQUIRED = "true".equals(System.getenv("SAMSYN_REQUIRE_SHARED"));

    @TempDir
    private Path folder = Path.of("");

    /** What is expected of a sample here. */
    private record Expected(String verdict, String fault, String difference) {}

    private record Run(int exitCode, String text) {}

    @Test
    void givesTheVerdictOfTheIndependentVerifierAndNamesTheSameFault() throws IOException, InterruptedException {
        String generator = build("gen");
        String verifier = build("verify");
        run(generator, "valid", "3", folder.resolve("valid3").toString());
        run(generator, "valid", "7", folder.resolve("valid7").toString());
        run(generator, "variants", folder.resolve("variants").toString());
        Map<String, Expected> table = table();
        Map<String, Path> samples = new LinkedHashMap<>();
        for (String line : Files.readAllLines(folder.resolve("variants/variants.tsv"), UTF_8)) {
            String name = line.substring(0, line.indexOf('\t'));
            samples.put(name, folder.resolve("variants").resolve(name));
        }
        assertThat(samples.keySet())
                .as("a sample that the table does not know, or the other way")
                .isEqualTo(table.keySet());
        samples.put("valid3", folder.resolve("valid3"));
        samples.put("valid7", folder.resolve("valid7"));
        Expected valid = new Expected("verified", "", "");

        SoftAssertions all = new SoftAssertions();
        for (Map.Entry<String, Path> sample : samples.entrySet()) {
            Expected expected = table.getOrDefault(sample.getKey(), valid);
            Hash root = rootHash(sample.getValue());
            Run theirs = run(verifier, sample.getValue().toString(), root.toHex());
            Run ours = audit(sample.getValue(), root);
            all.assertThat(verdict(ours))
                    .as("%s: %s", sample.getKey(), ours.text())
                    .isEqualTo(expected.verdict());
            if (!expected.difference().startsWith("other verdict: ")) {
                all.assertThat(verdict(ours))
                        .as("%s: theirs: %s", sample.getKey(), theirs.text())
                        .isEqualTo(verdict(theirs));
            } else {
                all.assertThat(verdict(ours))
                        .as("%s: no difference any more", sample.getKey())
                        .isNotEqualTo(verdict(theirs));
            }
            Pattern fault = pattern(expected.fault());
            all.assertThat(ours.text()
                            .lines()
                            .filter(line -> line.startsWith("FAIL "))
                            .toList())
                    .as("%s: names the fault %s", sample.getKey(), expected.fault())
                    .matches(
                            fails -> expected.fault().isEmpty()
                                    ? fails.isEmpty()
                                    : fails.stream()
                                            .anyMatch(
                                                    line -> fault.matcher(line).find()),
                            "has such a line");
        }
        all.assertAll();
        System.out.println("independent verification: the same verdict on " + samples.size() + " samples, but for "
                + table.values().stream()
                        .filter(one -> one.difference().startsWith("other verdict: "))
                        .count()
                + " explained");
    }

    private static Map<String, Expected> table() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                AuditSamplesTest.class.getResourceAsStream("/audit-samples.tsv"), "audit-samples.tsv")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .collect(Collectors.toMap(
                            words -> words[0],
                            words -> new Expected(words[1], words[2], words[3]),
                            (one, other) -> one,
                            LinkedHashMap::new));
        }
    }

    private static Pattern pattern(String part) {
        return Pattern.compile(
                Stream.of(part.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    private static String verdict(Run run) {
        return switch (run.exitCode()) {
            case 0 -> "verified";
            case 1 -> "refuted";
            default -> "could-not-check";
        };
    }

    private static Run audit(Path sample, Hash root) {
        StringWriter out = new StringWriter();
        CommandLine line = AuditMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        int exitCode = line.execute("verify", sample.toString(), "--root-hash", root.toHex());
        return new Run(exitCode, out.toString());
    }

    private static Hash rootHash(Path sample) throws IOException {
        String text = SignedNote.parse(Files.readAllBytes(sample.resolve("root.note")))
                .text();
        return Hash.sha256(text.getBytes(UTF_8));
    }

    private static String build(String program) throws IOException, InterruptedException {
        Path script = PROGRAMS.resolve("build.sh");
        if (!Files.exists(script)) {
            skip("there is no " + script);
        }
        Run built = run(script.toAbsolutePath().toString(), program);
        if (built.exitCode() != 0) {
            skip(built.text().strip());
        }
        return built.text().strip();
    }

    private static void skip(String why) {
        String message = "comparison with the independent verifier skipped: " + why + " (set -Dsamsyn.shared=FOLDER)";
        if (REQUIRED) {
            fail(message);
        }
        System.out.println(message);
        Assumptions.abort(message);
    }

    private static Run run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), text);
    }
}
