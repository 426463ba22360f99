package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import se.samsyn.node.setup.SetupException;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.AuthorisedDataset;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootDiff;
import se.samsyn.protocol.root.RootProposal;
import se.samsyn.protocol.root.RootSignatures;
import se.samsyn.protocol.root.Scope;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/** {@code samsyn root propose}: the next version of a federation root, with what is to change. */
@Command(
        name = "propose",
        description = "Make the next version of the federation root from the newest one and what is to change, sign it,"
                + " and say whose signatures it needs.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A key is rotated in two versions: first the new one beside the old one (--add), and once every log has"
                    + " accepted that, without the old one (--remove).",
            "Example: samsyn root propose --add-member kronoberg/member.txt --key skane/root-key/root-key.p12"
                    + " --out root-2.note root-1.note"
        })
final class RootProposeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--add-member",
            paramLabel = "FILE",
            description = "A new member's lines, as `samsyn init` made them.")
    private List<Path> addedMembers = List.of();

    @Option(
            names = "--add-observer",
            paramLabel = "FILE",
            description = "A new observer's lines, as `samsyn init --observer` made them.")
    private List<Path> addedObservers = List.of();

    @Option(
            names = "--remove-member",
            paramLabel = "NODE=FILE",
            description = "A member that leaves, and the final checkpoint of its log with the others' cosignatures.")
    private Map<String, Path> removedMembers = new LinkedHashMap<>();

    @Option(
            names = "--end",
            paramLabel = "KEY=FILE",
            description = "A key (name+ID) that is revoked, and the last checkpoint for which its word counts.")
    private Map<String, Path> ends = new LinkedHashMap<>();

    @Option(names = "--scope", paramLabel = "NODE=PLACES", description = "A member's new places, commas between.")
    private Map<String, String> scopes = new LinkedHashMap<>();

    @Option(
            names = "--dataset",
            paramLabel = "NAME=HASH",
            description = "A definition that summaries may be made under from now on, beside the older ones.")
    private Map<String, String> datasets = new LinkedHashMap<>();

    @Option(
            names = "--network-dir",
            paramLabel = "DIR",
            description =
                    "A folder with datasets/ and code-lists/, of which every definition that is not listed yet is added,"
                            + " beside the older versions.")
    private @Nullable Path networkDirectory;

    @Option(names = "--shipped-datasets", description = "Likewise the definitions that this program ships with.")
    private boolean shippedDatasets;

    @Option(
            names = "--add",
            paramLabel = "LINE",
            description = "A line to add, for instance 'witness NAME+ID+KEY' or 'observer NODE URL'.")
    private List<String> addedLines = List.of();

    @Option(
            names = "--remove",
            paramLabel = "LINE",
            description = "A line to take out, as it is there; of a key 'witness NAME+ID' will do.")
    private List<String> removedLines = List.of();

    @Option(names = "--threshold", paramLabel = "N", description = "How many root keys sign a version.")
    private @Nullable Integer threshold;

    @Option(
            names = "--quorum",
            paramLabel = "N",
            description = "How many other members' witnesses make a checkpoint count (default: as it is; where the"
                    + " number of members changes, the least that is allowed).")
    private @Nullable Integer quorum;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "For how many days from now it is valid (default: until the newest one expires).")
    private @Nullable Integer days;

    @Mixin
    private RootKeyOptions keys = new RootKeyOptions();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to make.")
    private Path out = Path.of("");

    @Parameters(paramLabel = "ROOT-FILE", description = "The newest version of the root.")
    private Path newest = Path.of("");

    @Override
    public Integer call() {
        if (Files.exists(out)) {
            throw new SetupException(out + " exists already and is not overwritten");
        }
        FederationRoot previous = RootFiles.readRoot(newest);
        FederationRoot root = propose(previous);
        if (RootDiff.between(previous, root).changes().isEmpty()) {
            throw new SetupException("nothing would change from version " + previous.version()
                    + ": say what, see `samsyn root propose --help`");
        }
        Optional<FederationRoot> before = Optional.of(previous);
        SignedNote note = RootSignatures.sign(root, before, List.of(), keys.open());
        RootFiles.write(out, note.encode());
        PrintWriter print = spec.commandLine().getOut();
        RootDiffCommand.print(print, previous, root);
        RootReport.print(print, root, RootSignatures.of(note, root, before), out);
        return 0;
    }

    private FederationRoot propose(FederationRoot previous) {
        Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        RootProposal proposal = new RootProposal(previous);
        removedLines.forEach(proposal::removeLine);
        removedMembers.forEach((node, file) -> proposal.removeMember(
                node, finalCheckpoint(previous, node, file, now).head()));
        addedMembers.forEach(file -> proposal.addMember(RootFiles.readMemberLines(file)));
        addedObservers.forEach(file -> RootFiles.readText(file).lines().forEach(proposal::addLine));
        scopes.forEach((node, places) -> proposal.scope(node, Scope.parse(places)));
        datasets.forEach((name, hash) -> proposal.addLine("dataset " + name + " " + hash));
        if (networkDirectory != null) {
            addDefinitions(NetworkFiles.in(networkDirectory), previous, proposal);
        }
        if (shippedDatasets) {
            addDefinitions(NetworkFiles.shipped(), previous, proposal);
        }
        addedLines.forEach(proposal::addLine);
        ends.forEach((key, file) -> proposal.addLine(end(previous, key, file, now)));
        if (threshold != null) {
            proposal.threshold(threshold);
        }
        if (quorum != null) {
            proposal.quorum(quorum);
        }
        validity(previous, now).ifPresent(until -> proposal.valid(now, until));
        return proposal.build();
    }

    private static void addDefinitions(NetworkFiles files, FederationRoot previous, RootProposal proposal) {
        files.definitions().stream()
                .map(definition -> new AuthorisedDataset(definition.dataset(), definition.hash()))
                .filter(dataset -> !previous.datasets().contains(dataset))
                .forEach(dataset -> proposal.addLine("dataset " + dataset.name() + " " + dataset.definition()));
    }

    private Optional<Instant> validity(FederationRoot previous, Instant now) {
        if (days != null) {
            return Optional.of(now.plus(days, ChronoUnit.DAYS));
        }
        if (previous.expires().filter(until -> !until.isAfter(now)).isPresent()) {
            throw new SetupException("version " + previous.version() + " expired at "
                    + previous.expires().get() + ": say with --days for how long the next one is valid");
        }
        return previous.expires();
    }

    /** A checkpoint that counts by the newest version, so that nobody's word ends where no quorum has seen it. */
    private static Checkpoint finalCheckpoint(FederationRoot root, String node, Path file, Instant now) {
        try {
            CosignedCheckpoint cosigned = root.verifyCheckpoint(RootFiles.readNote(file), node, now.getEpochSecond());
            cosigned.requireQuorum();
            return cosigned.checkpoint();
        } catch (MalformedException e) {
            throw new MalformedException(file + ": " + e.getMessage(), e);
        } catch (RefutedException e) {
            throw new RefutedException(file + ": " + e.getMessage());
        }
    }

    private static String end(FederationRoot root, String key, Path file, Instant now) {
        String origin = Checkpoint.parse(RootFiles.readNote(file).text()).origin();
        String node = root.members().stream()
                .filter(member -> member.origin().equals(origin))
                .findFirst()
                .orElseThrow(() -> new RefutedException(file + ": it is of " + origin + ", which is no member's log"))
                .node();
        Checkpoint last = finalCheckpoint(root, node, file, now);
        return "end " + key + " " + origin + " size " + last.head().size() + " root "
                + last.head().root().toBase64();
    }
}
