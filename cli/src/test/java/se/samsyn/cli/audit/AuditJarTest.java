package se.samsyn.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.protocol.Hash;

/** The auditor's jar, as it was packaged: it runs alone, and there is no node in it. */
class AuditJarTest {
    private static final Path JAR = Path.of("target", "samsyn-audit.jar");

    @TempDir
    private Path folder = Path.of("");

    private record Run(int exitCode, String text) {}

    @Test
    void holdsTheCommandsOfTheAuditorAndNothingOfANode() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> classes = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();
            assertThat(classes)
                    .contains("se/samsyn/cli/audit/AuditMain.class", "se/samsyn/protocol/audit/BundleVerifier.class")
                    .noneMatch(name -> name.startsWith("io/"))
                    .noneMatch(name -> name.startsWith("org/rocksdb/"))
                    .noneMatch(name -> name.startsWith("se/samsyn/node/"));
            assertThat(classes.stream().filter(name -> name.startsWith("se/samsyn/cli/")))
                    .allMatch(name -> name.startsWith("se/samsyn/cli/audit/"));
        }
    }

    @Test
    void runsInAProcessOfItsOwnWithThatJarAlone() throws IOException, InterruptedException {
        Run help = run("verify", "--help");
        assertThat(help.exitCode()).as(help.text()).isZero();
        assertThat(help.text()).contains("samsyn-audit verify", "--root-hash");

        Run empty =
                run("verify", folder.toString(), "--root-hash", Hash.sha256().toHex());
        assertThat(empty.exitCode()).as(empty.text()).isEqualTo(2);
        assertThat(empty.text()).contains("OPEN root.note: root: there is no federation root here");

        Files.writeString(folder.resolve("root.note"), "no note");
        Run refuted = run(
                "verify",
                folder.toString(),
                "--format",
                "json",
                "--root-hash",
                Hash.sha256().toHex());
        assertThat(refuted.exitCode()).as(refuted.text()).isEqualTo(1);
        assertThat(refuted.text()).startsWith("{").contains("\"verdict\" : \"refuted\"");
    }

    @Test
    void saysWhatIsMissingInOneLine() throws IOException, InterruptedException {
        Run run = run("verify", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.text())
                .startsWith("samsyn-audit: Missing required option")
                .hasLineCount(1);
    }

    private static Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), text);
    }
}
