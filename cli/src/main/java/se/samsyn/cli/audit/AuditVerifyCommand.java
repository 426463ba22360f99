package se.samsyn.cli.audit;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.audit.BundleVerifier;
import se.samsyn.protocol.audit.VerificationReport;

/** {@code samsyn audit verify}: verifies an audit bundle, or a folder with the same files. */
@Command(
        name = "verify",
        description = {
            "Verify an audit bundle, or a folder with the same files such as `samsyn demo --once --out DIR` leaves: every"
                    + " version of the federation root, every log with all its entries and bodies, and every claimed view.",
            "Keys are taken from the federation root alone, and that one from the hash of its first version, which you were told on"
                    + " another channel. Exit code 0 means verified, 1 refuted, 2 that it could not be checked."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: samsyn audit verify demo-out"
                    + " --root-hash 3b1f4c0e9a7d52686f0e1d2c3b4a59687766554433221100ffeeddccbbaa9988"
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private static final int VERIFIED = 0;
    private static final int REFUTED = 1;
    private static final int COULD_NOT_CHECK = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE|DIR", description = "The bundle, or the folder.")
    private Path path = Path.of("");

    @Option(
            names = "--root-hash",
            paramLabel = "SHA256",
            required = true,
            converter = RootHash.class,
            description =
                    "The hash of version 1 of the federation root: 64 hexadecimal digits, obtained on another channel.")
    private Hash rootHash = Hash.sha256();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "text")
    private ReportFormat format = ReportFormat.text;

    /** How the report is printed. */
    enum ReportFormat {
        text,
        json
    }

    @Override
    public Integer call() {
        long now = InstantSource.system().instant().getEpochSecond();
        VerificationReport report = new BundleVerifier(AuditFiles.bundle(path), rootHash, now).verify();
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> out.print(report.text());
            case json -> out.println(report.json().toPrettyString());
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        AuditFiles.others(path).forEach(name -> err.println("not looked at: " + name + ", no part of a bundle"));
        err.flush();
        return switch (report.verdict()) {
            case VERIFIED -> VERIFIED;
            case REFUTED -> REFUTED;
            case COULD_NOT_CHECK -> COULD_NOT_CHECK;
        };
    }
}
