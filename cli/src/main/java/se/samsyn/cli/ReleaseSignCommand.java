package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.release.SignedRelease;
import se.samsyn.node.release.SignedRetractions;
import se.samsyn.node.release.UnsignedRelease;
import se.samsyn.node.release.UnsignedRetractions;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.node.setup.PrivateFiles;
import se.samsyn.node.setup.SetupException;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;

/** {@code samsyn release sign}: the officer's signature, on any machine. */
@Command(
        name = "sign",
        description = {
            "Show all that a draft would release, or a retraction withdraw, and sign it with a release officer's key. No node and no"
                    + " network is needed.",
            "What is shown is worked out from the file itself, so that nothing else is signed."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: samsyn release sign costs-2025-Q3.draft.json --key officer/officer.p12 -o costs-2025-Q3.signed.json"
        })
final class ReleaseSignCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DRAFT",
            description = "The file that `samsyn release export` or `samsyn release retract -o` wrote.")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The officer's key, as `samsyn release key` made it.")
    private Path key = Path.of("");

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The key's password (default: the file `password` beside the key).")
    private @Nullable Path passwordFile;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The signed file to be written; an existing one is not overwritten.")
    private Path output = Path.of("");

    @Option(
            names = "--network-dir",
            paramLabel = "DIR",
            description =
                    "A folder with datasets/ and code-lists/, if the network uses other definitions than this program ships with.")
    private @Nullable Path networkDirectory;

    @Override
    public Integer call() {
        NewFile.requireAbsent(output);
        PrintWriter out = spec.commandLine().getOut();
        byte[] bytes = RootFiles.readBytes(file);
        try {
            byte[] signed = UnsignedRetractions.isIn(bytes)
                    ? signed(UnsignedRetractions.parse(bytes), out)
                    : signed(UnsignedRelease.parse(bytes), out);
            NewFile.write(output, signed);
        } catch (MalformedException e) {
            throw new MalformedException(
                    file + " is no draft: " + e.getMessage()
                            + "; make one with `samsyn release export` or `samsyn release retract -o`",
                    e);
        }
        out.println("bring it to the node:");
        out.println("  samsyn release import " + output);
        out.flush();
        return 0;
    }

    private byte[] signed(UnsignedRelease draft, PrintWriter out) {
        SummaryStatement statement = draft.statement();
        DatasetDefinition definition = definition(statement);
        draft.summary(definition); // refuses a body that receivers would refuse
        out.printf(
                Locale.ROOT,
                "%s releases %s %s, %s%n",
                statement.node(),
                statement.dataset(),
                statement.period(),
                statement
                        .supersedes()
                        .map(before -> "in place of the release in entry " + before)
                        .orElse("for the first time"));
        new DraftPrinter(out).printBody(CanonicalJson.parse(draft.body()), definition);
        SigningKey officer = openKey(statement.node(), out);
        return new SignedRelease(SignedStatement.sign(statement, officer), draft.body()).encode();
    }

    private byte[] signed(UnsignedRetractions retractions, PrintWriter out) {
        String node = retractions.withdrawals().get(0).statement().node();
        for (UnsignedRetractions.Withdrawal each : retractions.withdrawals()) {
            SummaryStatement released = each.released();
            out.printf(
                    Locale.ROOT,
                    "%s withdraws its release of %s %s with body %s%n",
                    released.node(),
                    released.dataset(),
                    released.period(),
                    released.sha256());
        }
        SigningKey officer = openKey(node, out);
        return new SignedRetractions(retractions.withdrawals().stream()
                        .map(each -> SignedStatement.sign(each.statement(), officer))
                        .toList())
                .encode();
    }

    private SigningKey openKey(String node, PrintWriter out) {
        SigningKey officer = openKey();
        if (!officer.verifierKey().name().startsWith(node + "/")) {
            throw new RefutedException("the key " + officer.verifierKey().ref() + " is not of " + node
                    + ", whose draft this is; nothing was signed");
        }
        out.println("signed by " + officer.verifierKey().ref() + " in " + output);
        return officer;
    }

    private SigningKey openKey() {
        Path password =
                passwordFile == null ? key.toAbsolutePath().resolveSibling(NodeSetup.PASSWORD_FILE) : passwordFile;
        return KeyFile.openOfficerKey(key, PrivateFiles.readSecret(password).toCharArray());
    }

    private DatasetDefinition definition(SummaryStatement statement) {
        NetworkFiles files = networkDirectory == null ? NetworkFiles.shipped() : NetworkFiles.in(networkDirectory);
        return files.definitions().stream()
                .filter(definition -> definition.hash().equals(statement.definition()))
                .findFirst()
                .orElseThrow(() -> new SetupException("the definition " + statement.definition() + " of dataset "
                        + statement.dataset() + " is not here, so that nobody can tell what the figures are;"
                        + " name the network's definitions with --network-dir"));
    }
}
