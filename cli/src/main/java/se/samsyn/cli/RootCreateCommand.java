package se.samsyn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.network.Places;
import se.samsyn.node.setup.FirstRoot;
import se.samsyn.node.setup.SetupException;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.MemberLines;
import se.samsyn.protocol.root.RootSignatures;

/** {@code samsyn root create}: version 1 of a federation root from several members' lines, signed by their root keys. */
@Command(
        name = "create",
        description = "Put version 1 of a federation root together from members' lines, and sign it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: samsyn root create --network swetrial.example --key skane/root-key/root-key.p12 --out root.note"
                    + " skane/member.txt uppsala/member.txt norrbotten/member.txt dalarna/member.txt"
        })
final class RootCreateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--network", required = true, paramLabel = "NAME", description = "The network's name.")
    private String network = "";

    @Option(
            names = "--threshold",
            paramLabel = "N",
            description = "How many root keys sign a version (default: more than half).")
    private @Nullable Integer threshold;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "For how many days the root is valid (default: ${DEFAULT-VALUE}).",
            defaultValue = "365")
    private int days;

    @Mixin
    private RootKeyOptions keys = new RootKeyOptions();

    @Option(
            names = "--network-dir",
            paramLabel = "DIR",
            description = "A folder with datasets/ and code-lists/ (default: what this program ships with).")
    private @Nullable Path networkDirectory;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to make.")
    private Path out = Path.of("");

    @Parameters(
            arity = "2..*",
            paramLabel = "MEMBER-FILE",
            description = "Each member's lines, as `samsyn init` made them.")
    private List<Path> members = List.of();

    @Override
    public Integer call() {
        if (Files.exists(out)) {
            throw new SetupException(out + " exists already and is not overwritten");
        }
        NetworkFiles files = networkDirectory == null ? NetworkFiles.shipped() : NetworkFiles.in(networkDirectory);
        Places places = Places.of(files);
        List<MemberLines> lines =
                members.stream().map(file -> memberLines(file, places)).toList();
        int needed = threshold == null ? lines.size() / 2 + 1 : threshold;
        Instant issued = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        FederationRoot root =
                FirstRoot.of(network, lines, needed, files.definitions(), issued, issued.plus(days, ChronoUnit.DAYS));
        SignedNote note = RootSignatures.sign(root, Optional.empty(), List.of(), keys.open());
        RootFiles.write(out, note.encode());
        RootReport.print(spec.commandLine().getOut(), root, note, out);
        return 0;
    }

    private static MemberLines memberLines(Path file, Places places) {
        try {
            MemberLines lines = MemberLines.parse(RootFiles.readText(file));
            places.check(lines.member().scope());
            return lines;
        } catch (MalformedException e) {
            throw new MalformedException(file + ": " + e.getMessage(), e);
        }
    }
}
