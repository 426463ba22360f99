package se.samsyn.cli.audit;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.audit.EvidenceAudit;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.witness.Evidence;

/** {@code samsyn audit evidence}: verifies a proof that a key signed two histories of a log. */
@Command(
        name = "evidence",
        description = {
            "Verify evidence that a key of the network signed two histories of one log.",
            "Exit code 0 means that it proves so, 1 that it proves nothing, 2 that it could not be checked."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: samsyn audit evidence evidence.json --root root.note"
                    + " --root-hash 3b1f4c0e9a7d52686f0e1d2c3b4a59687766554433221100ffeeddccbbaa9988"
        })
final class AuditEvidenceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The evidence, as JSON.")
    private Path file = Path.of("");

    @Option(
            names = "--root",
            paramLabel = "FILE",
            required = true,
            arity = "1..*",
            description = "Every version of the federation root, the first one first.")
    private List<Path> roots = List.of();

    @Option(
            names = "--root-hash",
            paramLabel = "SHA256",
            required = true,
            converter = RootHash.class,
            description =
                    "The hash of version 1 of the federation root: 64 hexadecimal digits, obtained on another channel.")
    private Hash rootHash = Hash.sha256();

    @Override
    public Integer call() {
        List<SignedNote> notes =
                roots.stream().map(AuditFiles::bytes).map(SignedNote::parse).toList();
        RootChain chain = RootChain.verify(notes, rootHash);
        Evidence evidence = Evidence.of(CanonicalJson.parse(AuditFiles.bytes(file)));
        List<Evidence.Accusation> accusations = EvidenceAudit.verify(evidence, chain);
        PrintWriter out = spec.commandLine().getOut();
        accusations.forEach(accusation -> out.println(accusation.text()));
        out.println("verified: " + accusations.size() + (accusations.size() == 1 ? " key is" : " keys are")
                + " proven to have signed two histories");
        out.flush();
        return 0;
    }
}
